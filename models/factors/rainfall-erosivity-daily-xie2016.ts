import { dailyRainFactorMethod } from './factor-method.ts';
import { halfMonthTotals, missingDaysParameter } from './half-month-totals.ts';

/** Coefficient of the warm season, May to September. */
export const warmSeasonCoefficient = 0.3937;
/** Coefficient of the cool season, October to April. */
export const coolSeasonCoefficient = 0.3101;
const exponent = 1.7265;
/** Least rain of an erosive day, mm; a day of exactly this depth counts. */
export const erosiveRainXie2016 = 10;

/** Season coefficient α of a month 1–12. */
export function seasonCoefficient(month: number): number {
  return month >= 5 && month <= 9 ? warmSeasonCoefficient : coolSeasonCoefficient;
}

/**
 * Erosivity of one day, R_d = α·P^1.7265 for P ≥ 10 mm, else 0.
 * @param rainMillimetres daily rain P, mm; NaN gives NaN
 * @param month 1–12, chooses α: 0.3937 from May to September, 0.3101 otherwise
 * @returns MJ·mm·hm⁻²·h⁻¹
 */
export function dailyErosivityXie2016(rainMillimetres: number, month: number): number {
  if (rainMillimetres < erosiveRainXie2016) return 0;
  return seasonCoefficient(month) * rainMillimetres ** exponent;
}

/**
 * Daily erosivity model of the monitoring programme, two seasons.
 *
 * R_k = (1/N)·Σ_years Σ_days∈k α·P_d^1.7265 over days with P_d ≥ 10 mm; R = Σ_k R_k.
 * P_d daily rain, mm; α season coefficient; k half-month 1…24; N years; R in MJ·mm·hm⁻²·h⁻¹·a⁻¹.
 * Valid for the rainfall-erosion regions of China; fitted on days up to about 200 mm.
 * Xie Y., Yin S., Liu B., Nearing M.A., Zhao Y. 2016. Models for estimating daily rainfall erosivity in China.
 * Journal of Hydrology 535: 547–558.
 */
export const xie2016Daily = dailyRainFactorMethod(
  {
    id: 'xie2016-daily',
    version: 1,
    factor: 'rainfallErosivity',
    name: { zh: '谢云等(2016)日雨量模型（冷暖季）', en: 'Xie et al. 2016, daily rain, two seasons' },
    citation: 'Xie, Yin, Liu, Nearing, Zhao 2016, Journal of Hydrology 535: 547–558',
    formula: 'R_d = α·P_d^1.7265 (P_d ≥ 10 mm); α = 0.3937 (5–9月), 0.3101 (10–4月)',
    unit: 'MJ·mm·hm⁻²·h⁻¹·a⁻¹',
    validRange: { zh: '日雨量 0–500 mm；中国', en: 'daily rain 0–500 mm; China' },
    inputs: [{ name: 'dailyRain', unit: 'mm/d', meaning: { zh: '日雨量', en: 'daily rain' } }],
    confidence: 'recalled',
    ...missingDaysParameter,
  },
  ({ maxMissingDays }) =>
    (rain, calendar) =>
      halfMonthTotals(rain, calendar, erosiveRainXie2016, maxMissingDays, dailyErosivityXie2016),
);
