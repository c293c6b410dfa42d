import type { Cube } from './cube.ts';

/** Whole-number sums over a group of cells. */
export interface Tally {
  /** Cells by intensity class; entry 0 counts the cells without a class inside the area of interest. */
  readonly classCells: Float64Array;
  /** Cells without a class by cause of nodata; entry 1 counts the cells outside the area of interest. */
  readonly causeCells: Float64Array;
  /** Sum of the modulus in thousandths of t/(km²·a) over the cells with a class. */
  modulusThousandths: bigint;
}

/** Cause of nodata of cells that do not belong to the area of interest; they are no gap in the result. */
export const outsideCause = 1;

export function emptyTally(): Tally {
  return { classCells: new Float64Array(7), causeCells: new Float64Array(32), modulusThousandths: 0n };
}

export function addTally(into: Tally, from: Tally): void {
  for (let i = 0; i < into.classCells.length; i++) into.classCells[i] += from.classCells[i];
  for (let i = 0; i < into.causeCells.length; i++) into.causeCells[i] += from.causeCells[i];
  into.modulusThousandths += from.modulusThousandths;
}

/** Cells of the area of interest, with or without a class. */
export function tallyCells(tally: Tally): number {
  let cells = 0;
  for (const count of tally.classCells) cells += count;
  return cells;
}

/** Cells with a class. */
export function tallyValidCells(tally: Tally): number {
  return tallyCells(tally) - tally.classCells[0];
}

/** Adds one row of a cube. */
export function addCubeRow(into: Tally, cube: Cube, row: number): void {
  const cells = cube.cells[row];
  const grade = cube.intensity[row];
  if (grade === 0) into.causeCells[cube.cause[row]] += cells;
  if (grade !== 0 || cube.cause[row] !== outsideCause) into.classCells[grade] += cells;
  into.modulusThousandths += cube.modulusThousandths[row];
}
