import type { Allocator } from './allocator.ts';

/** Layers whose cells are counted, one entry per cell. */
export interface CountedCells {
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

/** Counters of some zone tuples and land uses: a block of slope bands × outcomes for each of the two that meet. */
export interface CountingMemory {
  /** Upper edges of the slope bands, degrees: for each the greatest float not above it, which parts floats alike. */
  readonly edges: Float32Array;
  /** Slots of a block. */
  readonly blockSlots: number;
  readonly blocks: number;
  readonly tuples: number;
  /** First slot of the block of each land use of each tuple; −1 = none. */
  readonly starts: Int32Array;
  /** Cells by slot, and the same again: cells count in turns, so that none waits for the one before it. */
  readonly counts: Int32Array;
  /** Σ modulus in thousandths of t/(km²·a), likewise. */
  readonly losses: Float64Array;
}

/** The greatest float that is not above a number. */
function floatBelow(value: number): number {
  const float = Float32Array.of(value);
  if (float[0] <= value) return float[0];
  const bits = new Int32Array(float.buffer);
  bits[0] += value > 0 ? -1 : 1;
  return float[0];
}

/**
 * @param slopeEdgesDegrees upper edges of the slope bands, ascending
 * @param blocks pairs of zone tuple and land use that are counted before totals are carried over
 */
export function countingMemory(
  allocator: Allocator,
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
    starts: allocator.int32(tuples * landUseCodes),
    counts: allocator.int32(2 * blocks * blockSlots),
    losses: allocator.float64(2 * blocks * blockSlots),
  };
}

/** Counts cells from `from` on, before `to`. @returns the first that could not be counted, `to` when all were */
export function countCells(
  { landUse, slopeDegrees, intensity, modulus, cause }: CountedCells,
  from: number,
  to: number,
  { edges, starts, counts, losses }: CountingMemory,
  tuple: number,
): number {
  const second = counts.length / 2;
  for (let cell = from; cell < to; cell++) {
    const start = starts[tuple * landUseCodes + landUse[cell]];
    const outcome = outcomeOf(intensity[cell], modulus[cell], cause[cell]);
    if (start < 0 || outcome < 0) return cell;
    const slope = slopeDegrees[cell];
    let band = Number.isNaN(slope) ? 0 : 1;
    for (let edge = 0; edge < edges.length; edge++) if (slope > edges[edge]) band++;
    const slot = start + band * outcomes + outcome + (cell & 1) * second;
    counts[slot]++;
    if (outcome < classes) losses[slot] += Math.floor(modulus[cell] * 1000 + 0.5);
  }
  return to;
}

/** Number of the outcome of a cell, from 0; −1 for a class, modulus or cause that cannot be. */
export function outcomeOf(intensity: number, modulus: number, cause: number): number {
  if (intensity === 0) return cause === 0 || cause > greatestCause ? -1 : classes + cause;
  const isFit = modulus * 1000 + 0.5 >= 0 && modulus < Number.POSITIVE_INFINITY;
  return intensity > classes || !isFit ? -1 : intensity - 1;
}
