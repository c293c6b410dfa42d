import { type CountingMemory, landUseCodes, outcomes } from './counting-memory.ts';

/** Layers that say where cells count, one entry per cell. */
export interface CountedGround {
  /** One array per zone set, in the order of the run; 0 = in no zone of the set. */
  readonly zones: readonly (Uint8Array | Uint16Array | Uint32Array)[];
  /** Land-use codes. */
  readonly landUse: Uint8Array;
  /** Slope in degrees; NaN = none. */
  readonly slopeDegrees: Float32Array;
}

/** Place of the zone tuple of a cell among those held; −1 = none. */
function placeOfTuple(zones: CountedGround['zones'], cell: number, held: Int32Array, tuples: number): number {
  const isAt = (place: number): boolean =>
    zones.every((values, set) => (values[cell] | 0) === held[place * zones.length + set]);
  for (let place = 0; place < tuples; place++) if (isAt(place)) return place;
  return -1;
}

/**
 * Finds where cells count, from `from` on, before `to`: by zones and land use the block, by slope the band. The slot of the
 * first of them is the first of `slots`.
 * @param tuples how many the memory holds
 * @returns the first cell whose zones or land use have no block; `to` when all have
 */
export function slotsOfCells(
  { zones, landUse, slopeDegrees }: CountedGround,
  from: number,
  to: number,
  { zones: held, edges, starts, slots }: CountingMemory,
  tuples: number,
): number {
  let tuple = -1;
  for (let cell = from; cell < to; cell++) {
    const isAsBefore = cell > from && zones.every((values) => values[cell] === values[cell - 1]);
    if (!isAsBefore) tuple = placeOfTuple(zones, cell, held, tuples);
    if (tuple < 0) return cell;
    const start = starts[tuple * landUseCodes + landUse[cell]];
    if (start < 0) return cell;
    const slope = slopeDegrees[cell];
    let band = Number.isNaN(slope) ? 0 : 1;
    for (let edge = 0; edge < edges.length; edge++) if (slope > edges[edge]) band++;
    slots[cell - from] = start + band * outcomes;
  }
  return to;
}
