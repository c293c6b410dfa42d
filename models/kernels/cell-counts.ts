import type { Allocator } from './allocator.ts';

/** Layers whose cells are counted, one entry per cell. */
export interface CountedCells {
  /** One array per zone set, in the order of the run; 0 = in no zone of the set. */
  readonly zones: readonly (Uint8Array | Uint16Array | Uint32Array)[];
  /** Land-use codes. */
  readonly landUse: Uint8Array;
  /** Slope in degrees; NaN = none. */
  readonly slopeDegrees: Float32Array;
  /** Erosion intensity class 1–6; 0 = nodata. */
  readonly intensity: Uint8Array;
  /** Erosion modulus, t/(km²·a), finite and ≥ 0 wherever there is a class. */
  readonly modulus: Float32Array;
  /** Cause of nodata, 1–31 wherever there is no class. */
  readonly cause: Uint8Array;
}

export const classes = 6;
export const greatestCause = 31;
/** Outcomes of a cell: the six classes, then one per cause of nodata. */
export const outcomes = classes + 1 + greatestCause;
export const landUseCodes = 256;

/** Cells count in turns in so many places, so that none waits for the sum of the one before it. */
export const turns = 4;

/** Counters of some zone tuples and land uses: a block of slope bands × outcomes for each of the two that meet. */
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
  /** By slot and turn: cells, then Σ modulus in thousandths of t/(km²·a). Whole numbers, so they add up in any order. */
  readonly sums: Float64Array;
  /** Room for what is carried over from as many blocks, by slot: cells, and Σ modulus. */
  readonly counts: Float64Array;
  readonly losses: Float64Array;
}

/** Numbers of a slot. */
export const slotNumbers = 2 * turns;

/** The greatest float that is not above a number. */
function floatBelow(value: number): number {
  const float = Float32Array.of(value);
  if (float[0] <= value) return float[0];
  const bits = new Int32Array(float.buffer);
  bits[0] += value > 0 ? -1 : 1;
  return float[0];
}

/**
 * @param zoneSets zones of a tuple
 * @param slopeEdgesDegrees upper edges of the slope bands, ascending
 * @param blocks pairs of zone tuple and land use that are counted before totals are carried over
 */
export function countingMemory(
  allocator: Allocator,
  zoneSets: number,
  slopeEdgesDegrees: readonly number[],
  blocks: number,
  tuples: number,
): CountingMemory {
  const blockSlots = (slopeEdgesDegrees.length + 2) * outcomes;
  const edges = allocator.float32(slopeEdgesDegrees.length);
  // An array of no length is one whose size is only being measured.
  if (edges.length > 0) edges.set(slopeEdgesDegrees.map(floatBelow));
  return {
    edges,
    blockSlots,
    blocks,
    tuples,
    zones: allocator.int32(tuples * zoneSets),
    starts: allocator.int32(tuples * landUseCodes),
    sums: allocator.float64(blocks * blockSlots * slotNumbers),
    counts: allocator.float64(blocks * blockSlots),
    losses: allocator.float64(blocks * blockSlots),
  };
}

/** Place of the zone tuple of a cell among those held; −1 = none. */
function placeOfTuple(zones: CountedCells['zones'], cell: number, held: Int32Array, tuples: number): number {
  const isAt = (place: number): boolean =>
    zones.every((values, set) => (values[cell] | 0) === held[place * zones.length + set]);
  for (let place = 0; place < tuples; place++) if (isAt(place)) return place;
  return -1;
}

/**
 * Counts cells from `from` on, before `to`.
 * @param tuples how many the memory holds
 * @returns the first cell that could not be counted, `to` when all were
 */
export function countCells(
  { zones, landUse, slopeDegrees, intensity, modulus, cause }: CountedCells,
  from: number,
  to: number,
  { zones: held, edges, starts, sums }: CountingMemory,
  tuples: number,
): number {
  let tuple = -1;
  for (let cell = from; cell < to; cell++) {
    const isAsBefore = cell > from && zones.every((values) => values[cell] === values[cell - 1]);
    if (!isAsBefore) tuple = placeOfTuple(zones, cell, held, tuples);
    if (tuple < 0) return cell;
    const start = starts[tuple * landUseCodes + landUse[cell]];
    const outcome = outcomeOf(intensity[cell], modulus[cell], cause[cell]);
    if (start < 0 || outcome < 0) return cell;
    const slope = slopeDegrees[cell];
    let band = Number.isNaN(slope) ? 0 : 1;
    for (let edge = 0; edge < edges.length; edge++) if (slope > edges[edge]) band++;
    const at = (start + band * outcomes + outcome) * slotNumbers + 2 * (cell % turns);
    sums[at]++;
    if (outcome < classes) sums[at + 1] += Math.floor(modulus[cell] * 1000 + 0.5);
  }
  return to;
}

/** Number of the outcome of a cell, from 0; −1 for a class, modulus or cause that cannot be. */
export function outcomeOf(intensity: number, modulus: number, cause: number): number {
  if (intensity === 0) return cause === 0 || cause > greatestCause ? -1 : classes + cause;
  const isFit = modulus * 1000 + 0.5 >= 0 && modulus < Number.POSITIVE_INFINITY;
  return intensity > classes || !isFit ? -1 : intensity - 1;
}
