/**
 * The eight neighbours of a cell, in the one order that every terrain algorithm uses.
 *
 * ```
 *     name            code           order k
 *   NW  N  NE      32  64 128       5  6  7
 *    W  ·  E       16   ·   1       4  ·  0
 *   SW  S  SE       8   4   2       3  2  1
 * ```
 *
 * Where two neighbours are equally good, the smaller k wins. Odd k are diagonals; the opposite of k is (k + 4) mod 8;
 * the code of k is 2^k (the coding of ESRI flow-direction rasters).
 */

/** Names in tie order. */
export const d8Names = ['E', 'SE', 'S', 'SW', 'W', 'NW', 'N', 'NE'] as const;

/** Column step of neighbour k (east positive). */
export const d8ColumnSteps: readonly number[] = [1, 1, 0, -1, -1, -1, 0, 1];

/** Row step of neighbour k (south positive). */
export const d8RowSteps: readonly number[] = [0, 1, 1, 1, 0, -1, -1, -1];

/** Direction code of neighbour k. */
export const d8Codes: readonly number[] = [1, 2, 4, 8, 16, 32, 64, 128];

/** Direction code of a cell whose water leaves the data: over the map edge or into a nodata cell. */
export const drainsOut = 0;

/** Direction code of a nodata cell. */
export const noDirection = 255;

/** Intermediate direction code of a cell without a lower neighbour, before flats are resolved. */
export const flatCell = 9;

/** True when neighbour k is a diagonal one. */
export function isDiagonal(k: number): boolean {
  return (k & 1) === 1;
}

/** The neighbour index seen from the other side. */
export function oppositeD8(k: number): number {
  return (k + 4) & 7;
}

/** Neighbour index of a direction code that is a power of two. */
export function d8IndexOfCode(code: number): number {
  return 31 - Math.clz32(code);
}

/** Distance to neighbour k in cells: 1 or √2. */
export function d8Distance(k: number): number {
  return isDiagonal(k) ? Math.SQRT2 : 1;
}

/** Array offset from a cell to each neighbour in a row-major array; valid only where the neighbour lies inside. */
export function d8Offsets(width: number): Int32Array {
  return Int32Array.from(d8ColumnSteps, (step, k) => d8RowSteps[k] * width + step);
}

/** Array offset by direction code; 0 for codes that name no neighbour. */
export function d8OffsetsByCode(width: number): Int32Array {
  const offsets = new Int32Array(256);
  d8Offsets(width).forEach((offset, k) => {
    offsets[d8Codes[k]] = offset;
  });
  return offsets;
}

/** Array index of neighbour k of a cell, or −1 outside the array. */
export function d8Neighbour(cell: number, k: number, width: number, height: number): number {
  const column = (cell % width) + d8ColumnSteps[k];
  const row = Math.floor(cell / width) + d8RowSteps[k];
  return column < 0 || row < 0 || column >= width || row >= height ? -1 : row * width + column;
}

/** Array index of the cell that receives a cell's water, or −1 where it leaves the data, is undecided or is nodata. */
export function d8Receiver(cell: number, code: number, width: number, height: number): number {
  if (code === drainsOut || code === noDirection || code === flatCell) return -1;
  return d8Neighbour(cell, d8IndexOfCode(code), width, height);
}
