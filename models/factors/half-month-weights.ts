import { ErosionError } from '../errors.ts';

/** Where the weights come from: daily rain, or the approximation from twelve monthly totals. */
export type WeightSource = 'half-month' | 'monthly-approx';

/** Share of the year's erosivity in each half-month, or why there is none. */
export type HalfMonthWeights =
  | { readonly defined: true; readonly source: WeightSource; readonly weights: Float64Array }
  | { readonly defined: false; readonly reason: 'no-erosive-rain' | 'missing-rain' };

/**
 * WR_k = R_k / R, k = 1…24, ΣWR_k = 1.
 *
 * A year without erosive rain has no weights; the answer says so, and the caller takes the weights of the mean of many years.
 * @param halfMonthErosivity R_k, 24 values of any one unit
 */
export function halfMonthWeights(halfMonthErosivity: ArrayLike<number>): HalfMonthWeights {
  requireCount(halfMonthErosivity, 24, 'half-month erosivity');
  return sharesOf(halfMonthErosivity, 'half-month');
}

/**
 * Weights from monthly rain, WR_month = P_i²/ΣP_j², each half-month taking half of its month. This is the weight implied by the
 * modified Fournier index, not a published seasonal distribution: results that use it carry `monthly-approx`.
 * @param monthlyRainMillimetres twelve monthly totals or their means over the years, mm
 */
export function monthlyApproximateWeights(monthlyRainMillimetres: ArrayLike<number>): HalfMonthWeights {
  requireCount(monthlyRainMillimetres, 12, 'monthly rain');
  const squares = Float64Array.from({ length: 24 }, (_, k) => monthlyRainMillimetres[k >> 1] ** 2);
  return sharesOf(squares, 'monthly-approx');
}

function sharesOf(parts: ArrayLike<number>, source: WeightSource): HalfMonthWeights {
  let total = 0;
  for (let k = 0; k < 24; k++) total += parts[k];
  if (Number.isNaN(total)) return { defined: false, reason: 'missing-rain' };
  if (!(total > 0)) return { defined: false, reason: 'no-erosive-rain' };
  return { defined: true, source, weights: Float64Array.from({ length: 24 }, (_, k) => parts[k] / total) };
}

function requireCount(values: ArrayLike<number>, count: number, what: string): void {
  if (values.length !== count)
    throw new ErosionError('half-month-weights', `${what}: expected ${count} values, got ${values.length}`, {
      expected: count,
      received: values.length,
    });
}
