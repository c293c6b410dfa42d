import { dailyRainFactorMethod } from './factor-method.ts';
import { halfMonthTotals, missingDaysParameter } from './half-month-totals.ts';
import { erosiveRainXie2016 } from './rainfall-erosivity-daily-xie2016.ts';

/**
 * Erosivity of one day with a coefficient that follows the year,
 * R_d = 0.2686·[1 + 0.5412·cos(π·j/6 − 7π/6)]·P^1.7265 for P ≥ 10 mm, else 0.
 * @param rainMillimetres daily rain P, mm
 * @param month j, 1–12; the coefficient peaks in July
 * @returns MJ·mm·hm⁻²·h⁻¹
 */
export function dailyErosivitySinusoidalXie2016(rainMillimetres: number, month: number): number {
  if (rainMillimetres < erosiveRainXie2016) return 0;
  return 0.2686 * (1 + 0.5412 * Math.cos((Math.PI * month) / 6 - (7 * Math.PI) / 6)) * rainMillimetres ** 1.7265;
}

/**
 * Daily erosivity model with a sinusoidal season, an alternative of the same authors. Its constants have not been confirmed in
 * a text: never mix it with the two-season model in one series of years.
 *
 * Symbols and units as in `xie2016-daily`.
 * Xie Y., Yin S., Liu B., Nearing M.A., Zhao Y. 2016. Journal of Hydrology 535: 547–558.
 */
export const xie2016DailySinusoidal = dailyRainFactorMethod(
  {
    id: 'xie2016-daily-sinusoidal',
    version: 1,
    factor: 'rainfallErosivity',
    name: { zh: '谢云等(2016)日雨量模型（余弦季节）', en: 'Xie et al. 2016, daily rain, sinusoidal season' },
    citation: 'Xie, Yin, Liu, Nearing, Zhao 2016, Journal of Hydrology 535: 547–558',
    formula: 'R_d = 0.2686·[1 + 0.5412·cos(π·j/6 − 7π/6)]·P_d^1.7265 (P_d ≥ 10 mm)',
    unit: 'MJ·mm·hm⁻²·h⁻¹·a⁻¹',
    validRange: { zh: '日雨量 0–500 mm；中国', en: 'daily rain 0–500 mm; China' },
    inputs: [{ name: 'dailyRain', unit: 'mm/d', meaning: { zh: '日雨量', en: 'daily rain' } }],
    confidence: 'uncertain',
    ...missingDaysParameter,
  },
  ({ maxMissingDays }) =>
    (rain, calendar) =>
      halfMonthTotals(rain, calendar, erosiveRainXie2016, maxMissingDays, dailyErosivitySinusoidalXie2016),
);
