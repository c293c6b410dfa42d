import type { DailyErosivity, FactorParameter } from './factor-method.ts';
import { type RainCalendar, requireCalendarLength } from './rain-calendar.ts';

/** The one constant every daily method shares. */
export const missingDaysParameter = {
  defaults: { maxMissingDays: 2 as number },
  parameters: {
    maxMissingDays: {
      unit: 'd',
      meaning: { zh: '每个半月允许缺测日数', en: 'missing days tolerated in a half-month' },
      confidence: 'design',
    },
  },
} as const satisfies { defaults: { maxMissingDays: number }; parameters: { maxMissingDays: FactorParameter } };

/**
 * Sums a daily quantity into the 24 half-months and averages over the years.
 *
 * A missing day (NaN or negative) is not a dry day. A half-month of a year with more missing days than allowed is left out of
 * the mean of that half-month; where no year is left the half-month and the annual value are NaN. Up to the allowed number,
 * missing days add nothing and are counted.
 *
 * @param rain millimetres per day
 * @param threshold least rain of an erosive day, inclusive
 * @param maxMissingDays missing days tolerated in one half-month of one year
 * @param erosivity erosivity of an erosive day from its rain and month
 */
export function halfMonthTotals(
  rain: ArrayLike<number>,
  calendar: RainCalendar,
  threshold: number,
  maxMissingDays: number,
  erosivity: (rainMillimetres: number, month: number) => number,
): DailyErosivity {
  requireCalendarLength(rain, calendar);
  const slots = calendar.years.length * 24;
  const sums = new Float64Array(slots);
  const missing = new Uint8Array(slots);
  let missingDays = 0;
  let erosiveDays = 0;
  for (let day = 0; day < calendar.length; day++) {
    const depth = rain[day];
    const slot = calendar.yearIndex[day] * 24 + calendar.halfMonth[day] - 1;
    if (!(depth >= 0)) {
      missing[slot]++;
      missingDays++;
    } else if (depth >= threshold) {
      sums[slot] += erosivity(depth, calendar.month[day]);
      erosiveDays++;
    }
  }

  const halfMonth = new Float64Array(24);
  let annual = 0;
  for (let k = 0; k < 24; k++) {
    let total = 0;
    let years = 0;
    for (let slot = k; slot < slots; slot += 24)
      if (missing[slot] <= maxMissingDays) {
        total += sums[slot];
        years++;
      }
    halfMonth[k] = years > 0 ? total / years : Number.NaN;
    annual += halfMonth[k];
  }
  return { annual, halfMonth, missingDays, erosiveDays };
}
