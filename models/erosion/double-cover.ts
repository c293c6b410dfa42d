import { requireSameLength } from '../errors.ts';

/**
 * Cells on which both B and T are below 1. CSLE lets vegetation act through B outside cropland and tillage through T on
 * cropland, never both on one cell; any such cell is counted twice.
 */
export function doublyCoveredCells(biologicalPractice: Float32Array, tillagePractice: Float32Array): number {
  requireSameLength(biologicalPractice.length, { tillagePractice });
  let cells = 0;
  for (let cell = 0; cell < biologicalPractice.length; cell++)
    if (biologicalPractice[cell] < 1 && tillagePractice[cell] < 1) cells++;
  return cells;
}
