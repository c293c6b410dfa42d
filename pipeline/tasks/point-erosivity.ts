import type { FactorMethod } from '../../models/factors/factor-method.ts';
import { rainCalendar } from '../../models/factors/rain-calendar.ts';
import { userError } from '../messages/user-error.ts';

export type RainKind = 'daily' | 'monthly' | 'annual';

/** One year of rain as it comes: how many values it has says how the days are counted. */
export interface RainYear {
  readonly year: number;
  readonly bands: number;
  readonly shown: string;
}

/** Values erosivity has for a kind of rain: 24 half-months where the seasonal course is known, else one. */
export const halfMonthCount = (kind: RainKind): number => (kind === 'annual' ? 1 : 24);

/**
 * Erosivity of one point by a named method, as 24 half-months (daily rain; monthly rain with the weights the Fournier index
 * implies) or one annual value.
 * @throws UserError when a year has not the number of values its kind of rain needs
 */
export function pointErosivity(
  kind: RainKind,
  method: FactorMethod,
  years: readonly RainYear[],
): (series: ArrayLike<number>) => ArrayLike<number> {
  const expected = { daily: [365, 366], monthly: [12], annual: [1] }[kind];
  for (const { bands, shown, year } of years)
    if (!expected.includes(bands))
      throw userError(
        'rain-band-count',
        shown,
        { zh: `${year} 年有 ${bands} 个波段`, en: `${bands} bands for ${year}` },
        { zh: `应为 ${expected.join(' 或 ')} 个`, en: `expected ${expected.join(' or ')}` },
        { zh: '请核对降雨数据的种类与年份', en: 'check the kind of rain data and its year' },
      );
  if (kind === 'daily' && method.kind === 'dailyRain') {
    const calendar = rainCalendar(years.map(({ year, bands }) => ({ year, days: bands as 365 | 366 })));
    return (series) => method.evaluate(series, calendar).halfMonth;
  }
  if (kind === 'monthly' && method.kind === 'monthlyRain')
    return (series) => {
      const annual = method.evaluate(series);
      const means = new Float64Array(12);
      for (let i = 0; i < series.length; i++) means[i % 12]! += series[i]! / (series.length / 12);
      const squares = means.map((rain) => rain * rain);
      const total = squares.reduce((sum, square) => sum + square, 0);
      return Float64Array.from({ length: 24 }, (_, k) =>
        total > 0 ? (annual * squares[k >> 1]!) / total / 2 : annual / 24,
      );
    };
  if (kind === 'annual' && method.kind === 'cell') {
    const evaluate = method.evaluate as (rain: number) => number;
    return (series) => {
      let sum = 0;
      for (let i = 0; i < series.length; i++) sum += series[i]!;
      return [evaluate(sum / series.length)];
    };
  }
  throw userError(
    'method-wrong-rain',
    'methods.rainfallErosivity',
    { zh: `方法“${method.id}”不适用于${kind}降雨`, en: `method “${method.id}” does not take ${kind} rain` },
    { zh: '应与降雨数据的种类一致', en: 'expected a method for that kind of rain' },
    { zh: '请更换方法或降雨数据', en: 'choose another method or other rain data' },
  );
}
