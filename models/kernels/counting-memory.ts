import type { Allocator } from './allocator.ts';

export const classes = 6;
export const greatestCause = 31;
/** Outcomes of a cell: the six classes, then one per cause of nodata. */
export const outcomes = classes + 1 + greatestCause;
export const landUseCodes = 256;

/** Cells count in turns in so many places, so that none waits for the sum of the one before it. */
export const turns = 4;

/** Numbers of a slot. */
export const slotNumbers = 2 * turns;

/** Counters of a run or of a scenario. */
export interface CountingSums {
  /** By slot and turn: cells, then Σ modulus in thousandths of t/(km²·a). Whole numbers, so they add up in any order. */
  readonly sums: Float64Array;
  /** Room for what is carried over from as many blocks, by slot: cells, and Σ modulus. */
  readonly counts: Float64Array;
  readonly losses: Float64Array;
}

/**
 * Counters of some zone tuples and land uses: a block of slope bands × outcomes for each of the two that meet. A run and its
 * scenarios have zones, land use and slope in common, and so the places of their blocks.
 */
export interface CountingMemory {
  /** Upper edges of the slope bands, degrees: for each the greatest float not above it, which parts floats alike. */
  readonly edges: Float32Array;
  /** Slots of a block. */
  readonly blockSlots: number;
  readonly blocks: number;
  readonly tuples: number;
  /** Bits of the zones of each tuple, one after another. */
  readonly zones: Int32Array;
  /** First slot of the block of each land use of each tuple; −1 = none. */
  readonly starts: Int32Array;
  /** First slot of the band of each of the cells that are counted at once. */
  readonly slots: Int32Array;
  /** Of the run, then of each scenario. */
  readonly variants: readonly CountingSums[];
}

/** Sizes of a {@link CountingMemory}. */
export interface CountingSizes {
  /** Zones of a tuple. */
  readonly zoneSets: number;
  /** Upper edges of the slope bands, ascending. */
  readonly slopeEdgesDegrees: readonly number[];
  /** Pairs of zone tuple and land use that are counted before totals are carried over, and zone tuples. */
  readonly blocks: number;
  readonly tuples: number;
  /** Cells that are counted at once. */
  readonly cells: number;
  /** The run and its scenarios. */
  readonly variants: number;
}

/** The greatest float that is not above a number. */
function floatBelow(value: number): number {
  const float = Float32Array.of(value);
  if (float[0] <= value) return float[0];
  const bits = new Int32Array(float.buffer);
  bits[0] += value > 0 ? -1 : 1;
  return float[0];
}

export function countingMemory(allocator: Allocator, sizes: CountingSizes): CountingMemory {
  const { zoneSets, slopeEdgesDegrees, blocks, tuples, cells } = sizes;
  const blockSlots = (slopeEdgesDegrees.length + 2) * outcomes;
  const edges = allocator.float32(slopeEdgesDegrees.length);
  // An array of no length is one whose size is only being measured.
  if (edges.length > 0) edges.set(slopeEdgesDegrees.map(floatBelow));
  const sums = (): CountingSums => ({
    sums: allocator.float64(blocks * blockSlots * slotNumbers),
    counts: allocator.float64(blocks * blockSlots),
    losses: allocator.float64(blocks * blockSlots),
  });
  return {
    edges,
    blockSlots,
    blocks,
    tuples,
    zones: allocator.int32(tuples * zoneSets),
    starts: allocator.int32(tuples * landUseCodes),
    slots: allocator.int32(cells),
    variants: Array.from({ length: sizes.variants }, sums),
  };
}
