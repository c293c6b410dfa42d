/** Change between two years (消长). */
export interface Change {
  /** Current − previous, in the unit of both. */
  readonly difference: number;
  /** Percent of the previous value; undefined, printed as a dash, when that is 0. */
  readonly percent: number | undefined;
}

export function change(previous: number, current: number): Change {
  const difference = current - previous;
  return { difference, percent: previous === 0 ? undefined : (difference / previous) * 100 };
}

/** Part of a whole in percent; undefined, printed as a dash, when the whole is 0. */
export function sharePercent(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : (part / whole) * 100;
}

/** Cells that went from each intensity class (row) to each (column), and the cells left aside. */
export interface TransitionMatrix {
  /** 6 × 6 cells, row-major; row = previous class − 1, column = current class − 1. */
  readonly cells: Float64Array;
  /** Cells of a lower class than before. */
  readonly improved: number;
  readonly worsened: number;
  readonly unchanged: number;
  /** Cells without a class in one of the years or both. */
  readonly skipped: number;
}

/**
 * Transition matrix (强度转移矩阵) of two class rasters over the same cells; 0 = nodata.
 * Row sums are the previous, column sums the current classes of the cells valid in both years.
 */
export function transitionMatrix(previous: Uint8Array, current: Uint8Array): TransitionMatrix {
  if (previous.length !== current.length)
    throw new RangeError(`class rasters of ${previous.length} and ${current.length} cells`);
  const cells = new Float64Array(36);
  let skipped = 0;
  for (let i = 0; i < previous.length; i++) {
    if (previous[i] === 0 || current[i] === 0) skipped++;
    else cells[(previous[i] - 1) * 6 + current[i] - 1]++;
  }
  let improved = 0;
  let worsened = 0;
  let unchanged = 0;
  for (let i = 0; i < 36; i++) {
    const step = (i % 6) - Math.floor(i / 6);
    if (step < 0) improved += cells[i];
    else if (step > 0) worsened += cells[i];
    else unchanged += cells[i];
  }
  return { cells, improved, worsened, unchanged, skipped };
}
