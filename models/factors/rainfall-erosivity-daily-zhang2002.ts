import { dailyRainFactorMethod } from './factor-method.ts';
import { halfMonthTotals, missingDaysParameter } from './half-month-totals.ts';
import { type RainCalendar, requireCalendarLength } from './rain-calendar.ts';

/** Least rain of an erosive day, mm; a day of exactly this depth counts. */
export const erosiveRainZhang2002 = 12;

/** Constants of the model at one place. */
export interface ZhangCoefficients {
  readonly alpha: number;
  readonly beta: number;
}

/**
 * β = 0.8363 + 18.144/P_d12 + 24.455/P_y12, α = 21.586·β^−7.1891.
 * @param meanErosiveDayMillimetres P_d12, mean rain of the days with at least 12 mm, mm
 * @param meanErosiveYearMillimetres P_y12, mean annual total of the rain of such days, mm
 */
export function zhangCoefficients(
  meanErosiveDayMillimetres: number,
  meanErosiveYearMillimetres: number,
): ZhangCoefficients {
  const beta = 0.8363 + 18.144 / meanErosiveDayMillimetres + 24.455 / meanErosiveYearMillimetres;
  return { alpha: 21.586 * beta ** -7.1891, beta };
}

/** Coefficients of a daily series, from its own days of at least 12 mm; undefined when there is no such day. */
export function zhangCoefficientsOfSeries(
  rain: ArrayLike<number>,
  calendar: RainCalendar,
): ZhangCoefficients | undefined {
  requireCalendarLength(rain, calendar);
  let total = 0;
  let days = 0;
  for (let day = 0; day < calendar.length; day++)
    if (rain[day] >= erosiveRainZhang2002) {
      total += rain[day];
      days++;
    }
  return days === 0 ? undefined : zhangCoefficients(total / days, total / calendar.years.length);
}

/**
 * The older daily model: R_k = α·Σ P_j^β over days with P_j ≥ 12 mm, mean over the years.
 *
 * P_j daily rain, mm; α, β from the place's own rain ({@link zhangCoefficients}); R in MJ·mm·hm⁻²·h⁻¹·a⁻¹. Differs from
 * `xie2016-daily` by 10–30 %: never mix the two in one series of years. Needs several years for stable coefficients.
 * Zhang W., Xie Y., Liu B. 2002. Rainfall erosivity estimation using daily rainfall amounts. Scientia Geographica Sinica
 * 22(6): 705–711.
 */
export const zhang2002Daily = dailyRainFactorMethod(
  {
    id: 'zhang2002-daily',
    version: 1,
    factor: 'rainfallErosivity',
    name: { zh: '章文波等(2002)日雨量模型', en: 'Zhang et al. 2002, daily rain' },
    citation: '章文波, 谢云, 刘宝元 2002, 地理科学 22(6): 705–711',
    formula: 'R_k = α·ΣP_j^β (P_j ≥ 12 mm); β = 0.8363 + 18.144/P_d12 + 24.455/P_y12; α = 21.586·β^(−7.1891)',
    unit: 'MJ·mm·hm⁻²·h⁻¹·a⁻¹',
    validRange: { zh: '日雨量 0–500 mm；建议多年资料', en: 'daily rain 0–500 mm; several years advised' },
    inputs: [{ name: 'dailyRain', unit: 'mm/d', meaning: { zh: '日雨量', en: 'daily rain' } }],
    confidence: 'seen',
    ...missingDaysParameter,
  },
  ({ maxMissingDays }) =>
    (rain, calendar) => {
      const coefficients = zhangCoefficientsOfSeries(rain, calendar) ?? { alpha: 0, beta: 1 };
      const erosivity = (depth: number) => coefficients.alpha * depth ** coefficients.beta;
      return halfMonthTotals(rain, calendar, erosiveRainZhang2002, maxMissingDays, erosivity);
    },
);
