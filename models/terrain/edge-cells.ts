import { d8Neighbour, d8Offsets } from '../grid/d8.ts';

/** A valid cell whose eight neighbours are all valid. */
export const interiorCell = 0;
/** A valid cell on the map edge or beside a nodata cell: its surroundings are partly unknown. */
export const edgeCell = 1;
/** A nodata cell. */
export const nodataCell = 255;

/**
 * Where the data end. Land outside the map and inside nodata holes is equally unknown, so both count as outside:
 * water may leave there, and may arrive from there.
 *
 * @param elevation metres, NaN = nodata, row-major
 * @returns uint8 per cell: 0 interior, 1 edge cell, 255 nodata. An interior cell always has eight valid neighbours,
 *   which lets kernels skip every bounds and nodata test on it.
 */
export function edgeCells(
  elevation: Float32Array,
  width: number,
  height: number,
  out: Uint8Array = new Uint8Array(elevation.length),
): Uint8Array {
  for (let i = 0; i < elevation.length; i++) out[i] = Number.isNaN(elevation[i]) ? nodataCell : interiorCell;
  markMapEdge(out, width, height);
  const offsets = d8Offsets(width);
  for (let i = 0; i < out.length; i++) {
    if (out[i] !== nodataCell) continue;
    const column = i % width;
    const row = (i - column) / width;
    const inside = column > 0 && row > 0 && column < width - 1 && row < height - 1;
    for (let k = 0; k < 8; k++) {
      const neighbour = inside ? i + offsets[k] : d8Neighbour(i, k, width, height);
      if (neighbour >= 0 && out[neighbour] === interiorCell) out[neighbour] = edgeCell;
    }
  }
  return out;
}

function markMapEdge(out: Uint8Array, width: number, height: number): void {
  const mark = (i: number): void => {
    if (out[i] === interiorCell) out[i] = edgeCell;
  };
  for (let column = 0; column < width; column++) {
    mark(column);
    mark((height - 1) * width + column);
  }
  for (let row = 0; row < height; row++) {
    mark(row * width);
    mark(row * width + width - 1);
  }
}
