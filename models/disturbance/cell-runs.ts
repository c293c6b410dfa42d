import type { CellWindow } from '../grid/grid-spec.ts';

/**
 * Cells of a patch as runs along rows: triples of row, first column and the column after the last, all in the whole grid,
 * ascending, no two of which touch in the same row. Equal patches have equal runs, whatever the tiling.
 */
export type CellRuns = Uint32Array;

/** Runs of every label of a window, by label; 0 is left out. */
export function runsByLabel(labels: Uint32Array, window: CellWindow): Map<number, number[]> {
  const runs = new Map<number, number[]>();
  for (let row = 0; row < window.height; row++) {
    const start = row * window.width;
    for (let column = 0; column < window.width; ) {
      const label = labels[start + column];
      const first = column;
      do column++;
      while (column < window.width && labels[start + column] === label);
      if (label === 0) continue;
      let list = runs.get(label);
      if (list === undefined) runs.set(label, (list = []));
      list.push(window.y0 + row, window.x0 + first, window.x0 + column);
    }
  }
  return runs;
}

/** Joins the runs of a patch that several windows hold; runs that meet at a seam become one. */
export function joinRuns(parts: readonly ArrayLike<number>[]): CellRuns {
  const order: (readonly [number, number, number])[] = [];
  for (const part of parts)
    for (let at = 0; at < part.length; at += 3) order.push([part[at], part[at + 1], part[at + 2]]);
  order.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const joined: number[] = [];
  for (const [row, from, to] of order) {
    const end = joined.length;
    if (end > 0 && joined[end - 3] === row && joined[end - 1] === from) joined[end - 1] = to;
    else joined.push(row, from, to);
  }
  return Uint32Array.from(joined);
}

/** Number of cells in runs. */
export function runCells(runs: CellRuns): number {
  let cells = 0;
  for (let at = 0; at < runs.length; at += 3) cells += runs[at + 2] - runs[at + 1];
  return cells;
}
