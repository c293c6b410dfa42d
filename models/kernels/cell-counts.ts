import type { EquationLayers } from '../erosion/annual-erosion.ts';
import { classes, greatestCause, slotNumbers, turns } from './counting-memory.ts';

/**
 * Counts cells from `from` on, before `to`.
 * @param slots of these cells, as `slotsOfCells` found them
 * @param sums of a CountingMemory
 * @returns the first cell that is not as {@link EquationLayers} says, after which the sums are of no use; `to` when all are
 */
export function countCells(
  { intensity, modulus, cause }: EquationLayers,
  from: number,
  to: number,
  slots: Int32Array,
  sums: Float64Array,
): number {
  for (let cell = from; cell < to; cell++) {
    const outcome = outcomeOf(intensity[cell], modulus[cell], cause[cell]);
    if (outcome < 0) return cell;
    const at = (slots[cell - from] + outcome) * slotNumbers + 2 * ((cell - from) % turns);
    sums[at]++;
    if (outcome < classes) sums[at + 1] += Math.floor(modulus[cell] * 1000 + 0.5);
  }
  return to;
}

/** Number of the outcome of a cell, from 0; −1 for a class, modulus or cause that cannot be. */
export function outcomeOf(intensity: number, modulus: number, cause: number): number {
  if (intensity === 0) return cause === 0 || cause > greatestCause ? -1 : classes + cause;
  const isFit = modulus * 1000 + 0.5 >= 0 && modulus < Number.POSITIVE_INFINITY;
  return intensity > classes || !isFit ? -1 : intensity - 1;
}
