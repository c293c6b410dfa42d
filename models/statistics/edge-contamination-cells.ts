import { accumulationContaminated, slopeLengthContaminated, uncontaminated } from '../terrain/edge-contamination.ts';

/** Cells of a zone by what of their terrain may depend on land outside the data. */
export interface ContaminatedCells {
  /** Cells with terrain, contaminated or not. */
  readonly valid: number;
  /** Their accumulation alone is a lower bound: channels. */
  readonly accumulation: number;
  /** Their slope length may be longer, too. */
  readonly slopeLength: number;
}

/** Of a zone that no tile has cells of. */
export const noCells: ContaminatedCells = { valid: 0, accumulation: 0, slopeLength: 0 };

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
  const marked = new Uint32Array(256);
  // Neighbours are of one zone as a rule: a run of cells is looked up once.
  for (let first = 0; first < zones.length; ) {
    const zone = zones[first];
    marked.fill(0, 0, slopeLengthContaminated + 1);
    let cell = first;
    for (; cell < zones.length && zones[cell] === zone; cell++) marked[marks[cell]]++;
    const before = total.get(zone) ?? noCells;
    const accumulation = marked[accumulationContaminated];
    const slopeLength = marked[slopeLengthContaminated];
    total.set(zone, {
      valid: before.valid + marked[uncontaminated] + accumulation + slopeLength,
      accumulation: before.accumulation + accumulation,
      slopeLength: before.slopeLength + slopeLength,
    });
    first = cell;
  }
  return total;
}

/** Sum over zones; those in none (index 0) are left out. */
export function contaminatedRegion(byZone: ReadonlyMap<number, ContaminatedCells>): ContaminatedCells {
  const region = { ...noCells };
  for (const [zone, cells] of byZone) {
    if (zone === 0) continue;
    region.valid += cells.valid;
    region.accumulation += cells.accumulation;
    region.slopeLength += cells.slopeLength;
  }
  return region;
}
