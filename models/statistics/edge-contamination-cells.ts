import { noDirection } from '../grid/d8.ts';
import { accumulationContaminated, slopeLengthContaminated } from '../terrain/edge-contamination.ts';

/** Cells of a zone by what of their terrain may depend on land outside the data. */
export interface ContaminatedCells {
  /** Cells with terrain, contaminated or not. */
  readonly valid: number;
  /** Their accumulation alone is a lower bound: channels. */
  readonly accumulation: number;
  /** Their slope length may be longer, too. */
  readonly slopeLength: number;
}

/**
 * Adds up the cells of a tile by zone.
 * @param marks see `edgeContamination`: 0–2, 255 nodata
 * @param zones index of the zone of each cell, 0 in none
 * @returns the sums with this tile, by index of the zone
 */
export function addContaminatedCells(
  sums: ReadonlyMap<number, ContaminatedCells>,
  marks: Uint8Array,
  zones: Uint16Array,
): Map<number, ContaminatedCells> {
  const total = new Map(sums);
  // Neighbours are of one zone as a rule: a run of cells is looked up once.
  for (let first = 0; first < zones.length; ) {
    const zone = zones[first]!;
    let { valid, accumulation, slopeLength } = total.get(zone) ?? { valid: 0, accumulation: 0, slopeLength: 0 };
    let cell = first;
    for (; cell < zones.length && zones[cell] === zone; cell++) {
      const mark = marks[cell];
      if (mark === noDirection) continue;
      valid++;
      if (mark === accumulationContaminated) accumulation++;
      else if (mark === slopeLengthContaminated) slopeLength++;
    }
    total.set(zone, { valid, accumulation, slopeLength });
    first = cell;
  }
  return total;
}

/** Sum over zones; those in none (index 0) are left out. */
export function contaminatedRegion(byZone: ReadonlyMap<number, ContaminatedCells>): ContaminatedCells {
  const region = { valid: 0, accumulation: 0, slopeLength: 0 };
  for (const [zone, cells] of byZone) {
    if (zone === 0) continue;
    region.valid += cells.valid;
    region.accumulation += cells.accumulation;
    region.slopeLength += cells.slopeLength;
  }
  return region;
}
