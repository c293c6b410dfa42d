import type { GridSpec } from '../../models/grid/grid-spec.ts';

/** Longest side of a picture of the whole grid, cells. */
const longestSide = 1500;

/** Size of a picture of a grid: the grid itself when small, else its cells thinned out evenly. */
export function overviewGrid({ width, height }: GridSpec): { readonly width: number; readonly height: number } {
  const shrink = Math.min(1, longestSide / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * shrink)), height: Math.max(1, Math.round(height * shrink)) };
}

/** Row (or column) of the grid whose middle a row of the picture shows. */
export const overviewSource = (row: number, rows: number, gridRows: number): number =>
  Math.min(gridRows - 1, Math.floor(((row + 0.5) * gridRows) / rows));

/** Rows of the picture that show a part of the grid's rows. */
export function* overviewRows(
  rows: number,
  gridRows: number,
  first: number,
  count: number,
): Generator<{ readonly row: number; readonly sourceRow: number }> {
  for (let row = Math.max(0, Math.floor((first * rows) / gridRows) - 1); row < rows; row++) {
    const sourceRow = overviewSource(row, rows, gridRows);
    if (sourceRow >= first + count) return;
    if (sourceRow >= first) yield { row, sourceRow };
  }
}
