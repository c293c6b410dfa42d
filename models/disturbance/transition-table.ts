import { type Change, change } from '../statistics/change.ts';
import type { TransitionCounts } from './transitions.ts';

/** Transition matrix (转移矩阵) of one zone or of the whole region: rows = class before, columns = class now. */
export interface TransitionTable {
  /** Classes that occur in either year, ascending; they head rows and columns alike. */
  readonly classes: readonly number[];
  /** Cells valid in both years, `classes.length²`, row-major. */
  readonly cells: Float64Array;
  /** Sum of each row: cells of the class before, among those valid in both years. */
  readonly before: Float64Array;
  /** Sum of each column: cells of the class now, among those valid in both years. */
  readonly now: Float64Array;
  /** Cells valid in both years. */
  readonly valid: number;
  /** Cells with a class before and none now. */
  readonly lost: number;
  /** Cells with a class now and none before. */
  readonly gained: number;
  /** Cells without a class in both years. */
  readonly absent: number;
}

/**
 * Transition matrix over the cells valid in both years. Row sums are the classes before, column sums those now; cells valid
 * in one year only are counted aside, never silently dropped.
 *
 * @param zone the zone wanted; all zones together when left out
 * @param headed classes that shall have a row and column even if they do not occur, such as the six intensities
 */
export function transitionTable(
  counts: TransitionCounts,
  zone?: number,
  headed: readonly number[] = [],
): TransitionTable {
  const present = new Set(headed);
  const wanted = (row: number): boolean => zone === undefined || counts.zone[row] === zone;
  for (let row = 0; row < counts.cells.length; row++)
    if (wanted(row) && counts.from[row] !== 0 && counts.to[row] !== 0) {
      present.add(counts.from[row]);
      present.add(counts.to[row]);
    }
  const classes = [...present].sort((a, b) => a - b);
  const place = new Map(classes.map((code, at) => [code, at]));
  const size = classes.length;
  const cells = new Float64Array(size * size);
  const before = new Float64Array(size);
  const now = new Float64Array(size);
  const aside = { valid: 0, lost: 0, gained: 0, absent: 0 };
  for (let row = 0; row < counts.cells.length; row++) {
    if (!wanted(row)) continue;
    const [from, to, count] = [counts.from[row], counts.to[row], counts.cells[row]];
    if (from === 0 || to === 0) {
      aside[from === to ? 'absent' : from === 0 ? 'gained' : 'lost'] += count;
      continue;
    }
    const [i, j] = [place.get(from)!, place.get(to)!];
    cells[i * size + j] += count;
    before[i] += count;
    now[j] += count;
    aside.valid += count;
  }
  return { classes, cells, before, now, ...aside };
}

/** Cells that rose, fell or stayed, for classes that have an order. */
export interface Movement {
  /** 强度降低: below the diagonal. */
  readonly improved: number;
  /** 强度升高: above the diagonal. */
  readonly worsened: number;
  readonly unchanged: number;
}

export function movement({ classes, cells }: TransitionTable): Movement {
  const sums = { improved: 0, worsened: 0, unchanged: 0 };
  const size = classes.length;
  cells.forEach((count, at) => {
    const [from, to] = [Math.floor(at / size), at % size];
    sums[to < from ? 'improved' : to > from ? 'worsened' : 'unchanged'] += count;
  });
  return sums;
}

/** Change of the eroded area (水土流失面积, 轻度 and worse) among cells valid in both years, in cells. */
export function erodedChange({
  classes,
  before,
  now,
}: TransitionTable): Change & { previous: number; current: number } {
  const eroded = (sums: Float64Array): number =>
    sums.reduce((sum, cells, at) => sum + (classes[at] > 1 ? cells : 0), 0);
  const [previous, current] = [eroded(before), eroded(now)];
  return { previous, current, ...change(previous, current) };
}
