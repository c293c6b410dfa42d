/** A small grid written row by row; `·` and `.` are nodata in the text form. */
export interface LiteralGrid {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** Reads a grid drawn as text: one row a line, words apart; `.` is nodata. */
export function drawnGrid(text: string): LiteralGrid {
  const rows = text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const values = Float32Array.from(rows.flat(), (word) => (word === '.' ? Number.NaN : Number(word)));
  return { width: rows[0]!.length, height: rows.length, values };
}

/** The same values turned by quarter turns clockwise, or mirrored west to east. */
export function turned<A extends Float32Array | Uint8Array | Uint32Array>(
  values: A,
  width: number,
  height: number,
  turn: GridTurn,
): { values: A; width: number; height: number } {
  const swaps = turn.quarters % 2 === 1;
  const [newWidth, newHeight] = swaps ? [height, width] : [width, height];
  const out = new (values.constructor as new (length: number) => A)(values.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let [u, v, w, h] = [turn.mirror ? width - 1 - x : x, y, width, height];
      for (let quarter = 0; quarter < turn.quarters; quarter++) [u, v, w, h] = [h - 1 - v, u, h, w];
      out[v * newWidth + u] = values[y * width + x]!;
    }
  return { values: out, width: newWidth, height: newHeight };
}

export interface GridTurn {
  readonly quarters: number;
  readonly mirror: boolean;
}

/** The seven symmetries of the square besides doing nothing. */
export const gridTurns: readonly GridTurn[] = [0, 1, 2, 3]
  .flatMap((quarters) => [false, true].map((mirror) => ({ quarters, mirror })))
  .filter(({ quarters, mirror }) => quarters > 0 || mirror);

/** Number of cells whose bytes differ, or the difference in length; far quicker than deep equality. */
export function differingCells(
  a: Float32Array | Uint8Array | Uint32Array,
  b: Float32Array | Uint8Array | Uint32Array,
): number {
  if (a.length !== b.length) return Math.abs(a.length - b.length);
  let count = 0;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) count++;
  return count;
}

/** Cells for which a condition does not hold; the first few, for the message. */
export function offendingCells(cells: number, holds: (cell: number) => boolean): number[] {
  const offending: number[] = [];
  for (let i = 0; i < cells && offending.length < 5; i++) if (!holds(i)) offending.push(i);
  return offending;
}
