import { ErosionError } from '../errors.ts';

/** Number of whole years in a series of monthly totals. @throws ErosionError `array-length` */
export function yearsOfMonths(monthlyRain: ArrayLike<number>): number {
  const years = monthlyRain.length / 12;
  if (years < 1 || !Number.isInteger(years))
    throw new ErosionError(
      'array-length',
      `monthly rain: expected whole years of 12 values, got ${monthlyRain.length}`,
      {
        received: monthlyRain.length,
      },
    );
  return years;
}

/**
 * Modified Fournier index of twelve monthly totals, F = ΣP_j²/ΣP_j, mm; 0 for a year without rain.
 * @param first position of January in the series
 */
export function modifiedFournierIndex(monthlyRain: ArrayLike<number>, first = 0): number {
  let total = 0;
  let squares = 0;
  for (let month = first; month < first + 12; month++) {
    total += monthlyRain[month];
    squares += monthlyRain[month] * monthlyRain[month];
  }
  return total === 0 ? 0 : squares / total;
}

/** Mean of each calendar month over the years of a series, mm. */
export function meanMonths(monthlyRain: ArrayLike<number>): Float64Array {
  const years = yearsOfMonths(monthlyRain);
  const means = new Float64Array(12);
  for (let at = 0; at < monthlyRain.length; at++) means[at % 12] += monthlyRain[at];
  return means.map((sum) => sum / years);
}
