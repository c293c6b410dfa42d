import { d8Neighbour } from '../../grid/d8.ts';

/** Which cells of a tile water gathers from before anything is filled. */
export interface Basins {
  /** Per cell: 0 = nodata, 1 = drains into nodata inside the tile, 2 … count = the pit its water comes to rest in. */
  readonly basin: Uint32Array;
  readonly count: number;
  /** Per basin the cell of its pit; 0 for basins without one. */
  readonly pit: Uint32Array;
}

/** Basin of everything that drains into nodata cells of the tile. */
export const drainedBasin = 1;

/**
 * Basins of a tile taken alone. A valid cell beside a nodata cell of the tile drains for good. Any other cell hands its
 * water to its lowest neighbour (the first in D8 order); on level ground to the first neighbour in D8 order that is as
 * high and comes before it row by row; without either it is a pit. Pits are numbered row by row.
 *
 * Going down, elevation never rises, and where it stays the cell number falls: no cycle.
 *
 * @param elevation metres, NaN = nodata; beyond the tile nothing is known, and nothing flows there
 */
export function basins(elevation: Float32Array, width: number, height: number): Basins {
  const basin = new Uint32Array(elevation.length);
  const receiver = new Int32Array(elevation.length);
  const pits = [0, 0];
  for (let i = 0; i < elevation.length; i++) {
    if (Number.isNaN(elevation[i])) continue;
    receiver[i] = receiverOf(elevation, i, width, height);
    if (receiver[i] === besideNodata) basin[i] = drainedBasin;
    else if (receiver[i] === isPit) basin[i] = pits.push(i) - 1;
  }
  for (let i = 0; i < elevation.length; i++) {
    if (Number.isNaN(elevation[i])) continue;
    let end = i;
    while (basin[end] === 0) end = receiver[end]!;
    for (let cell = i; basin[cell] === 0; cell = receiver[cell]!) basin[cell] = basin[end]!;
  }
  return { basin, count: pits.length - 1, pit: Uint32Array.from(pits) };
}

const isPit = -1;
const besideNodata = -2;

function receiverOf(elevation: Float32Array, cell: number, width: number, height: number): number {
  let receiver = isPit;
  let lowest = elevation[cell]!;
  let levelBefore = isPit;
  for (let k = 0; k < 8; k++) {
    const neighbour = d8Neighbour(cell, k, width, height);
    if (neighbour < 0) continue;
    const level = elevation[neighbour]!;
    if (Number.isNaN(level)) return besideNodata;
    if (level < lowest) {
      lowest = level;
      receiver = neighbour;
    } else if (level === elevation[cell] && neighbour < cell && levelBefore === isPit) levelBefore = neighbour;
  }
  return receiver === isPit ? levelBefore : receiver;
}
