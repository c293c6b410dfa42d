import { type LineRows, valueOfLine } from './line-rows.ts';
import { singleLossRatio } from './single-loss-ratio.ts';

/** Half-months of a year. */
export const halfMonthCount = 24;

/** Erosivity of the half-months of rows of cells, and of the year, which is their sum in their order. */
export interface ErosivityLines {
  readonly halfMonths: LineRows;
  /** One band, with the places and shares of the half-months. */
  readonly year: LineRows;
}

/** Rows of cells of which some have B of their half-months. */
interface HalfMonthCells {
  readonly landUse: Uint8Array;
  readonly erosivity: ErosivityLines;
  /** Pairs of a place where half-months weigh alike: 1, 0 of each. */
  readonly even: Float64Array;
}

/** Cells whose B follows bytes of cover, among others. */
export interface TabledCells extends HalfMonthCells {
  /** By land-use code where the tables of the land use start; below 0 where it has none. */
  readonly starts: Int32Array;
  /** By code how much further on the table of each byte of understorey starts. */
  readonly steps: Int32Array;
  /** Bytes of understorey; undefined where it is the same everywhere. */
  readonly ground: Uint8Array | undefined;
  /** Cover of the half-months, bytes. */
  readonly cover: readonly Uint8Array[];
  /** SLR of each byte of cover, 256 numbers a table. */
  readonly ratios: Float64Array;
}

/** Cells whose B follows fractions of cover, among others. */
export interface SeasonalCells extends HalfMonthCells {
  /** By land-use code 0 where it keeps its B, else the number of its group, counted from 1. */
  readonly group: Uint8Array;
  /** FVC of the half-months, fractions 0–1: layers, or lines with as many cells a row as those of erosivity. */
  readonly cover: readonly Float32Array[] | LineRows;
  /** GD, fractions; read for forest alone. */
  readonly ground: Float32Array;
  /** Coefficients of the ratios. */
  readonly coefficients: Float32Array;
}

/**
 * Σ SLR_k·R_k/Σ R_k of one cell. A ratio is multiplied with value and step of its half-month's line, sums are taken in the
 * order of the half-months, and the cell's share of the way goes to the sums: Σ SLR_k·R_k = Σ SLR_k·west_k + share·Σ SLR_k·step_k.
 * Without erosive rain R is 0 and so is A, whatever B: the half-months then weigh alike.
 */
function weightedMean(
  { halfMonths, year }: ErosivityLines,
  row: number,
  column: number,
  ratio: (k: number) => number,
): number {
  const { line, place, share, shareStep, places } = halfMonths;
  const total = valueOfLine(year, 0, row, column);
  let [west, step] = [0, 0];
  if (!(total > 0)) {
    for (let k = 0; k < halfMonthCount; k++) west += ratio(k);
    return west / halfMonthCount;
  }
  const at = 2 * halfMonthCount * (row * places + place[column]);
  for (let k = 0; k < halfMonthCount; k++) {
    west += ratio(k) * line[at + 2 * k];
    step += ratio(k) * line[at + 2 * k + 1];
  }
  return (west + share[row * shareStep + column] * step) / total;
}

/** Fills B of the cells that have ratios; true when any of them has none. */
function practice(
  { landUse, erosivity }: HalfMonthCells,
  ratioOf: (cell: number, row: number, column: number) => ((k: number) => number) | undefined,
  out: Float32Array,
): boolean {
  const { width } = erosivity.halfMonths;
  let isMissing = false;
  for (let cell = 0; cell < landUse.length; cell++) {
    const row = Math.floor(cell / width);
    const ratio = ratioOf(cell, row, cell - row * width);
    if (ratio === undefined) continue;
    const value = weightedMean(erosivity, row, cell - row * width, ratio);
    // Kernels differ in the sign bit of NaN.
    out[cell] = Number.isNaN(value) ? Number.NaN : value;
    if (Number.isNaN(value)) isMissing = true;
  }
  return isMissing;
}

/** B of cells whose land use has tables of SLR, rounded to float32; others keep what they have. True when any has none. */
export function tabledPractice(at: TabledCells, out: Float32Array): boolean {
  const { landUse, starts, steps, ground, cover, ratios } = at;
  const ratioOf = (cell: number) => {
    const code = landUse[cell];
    if (starts[code] < 0) return undefined;
    const table = starts[code] + (ground === undefined ? 0 : steps[code] * ground[cell]);
    return (k: number): number => ratios[table + cover[k][cell]];
  };
  return practice(at, ratioOf, out);
}

/** B of cells of a group of SLR, rounded to float32; others keep what they have. True when any has none. */
export function seasonalPractice(at: SeasonalCells, out: Float32Array): boolean {
  const { landUse, group, cover, ground } = at;
  const { width } = at.erosivity.halfMonths;
  const ratioOf = (cell: number) => {
    const ofLand = group[landUse[cell]];
    return ofLand === 0
      ? undefined
      : (k: number): number => singleLossRatio(ofLand - 1, coverAt(cover, k, cell, width), ground[cell]);
  };
  return practice(at, ratioOf, out);
}

/** FVC of a half-month of a cell. */
export function coverAt(cover: readonly Float32Array[] | LineRows, k: number, cell: number, width: number): number {
  if (!('line' in cover)) return cover[k][cell];
  const row = Math.floor(cell / width);
  return Math.fround(valueOfLine(cover, k, row, cell - row * width));
}
