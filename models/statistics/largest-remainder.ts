/**
 * Shares of a whole, rounded to `decimals` so that the printed digits sum to 100 exactly: every share is rounded down, and the units
 * left over go to the largest remainders, to the earlier share on a tie. Hamilton's method (1792).
 *
 * All zero when the values sum to 0. @throws RangeError for negative or non-finite values.
 */
export function largestRemainderPercents(values: readonly number[], decimals = 2): number[] {
  const unitsPerPercent = 10 ** decimals;
  let sum = 0;
  for (const value of values) {
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) throw new RangeError(`cannot share out ${value}`);
    sum += value;
  }
  if (sum === 0) return values.map(() => 0);
  const exact = values.map((value) => (value / sum) * 100 * unitsPerPercent);
  // A hair above the whole number keeps a share such as 62.92 from losing a unit to binary fractions.
  const units = exact.map((share) => Math.floor(share + 1e-9));
  let left = 100 * unitsPerPercent - units.reduce((total, unit) => total + unit, 0);
  const order = exact.map((_, index) => index).sort((a, b) => exact[b] - units[b] - (exact[a] - units[a]) || a - b);
  for (const index of order) {
    if (left <= 0) break;
    units[index]++;
    left--;
  }
  return units.map((unit) => unit / unitsPerPercent);
}
