import { erosivityFromUsCustomary } from '../erosion/units.ts';
import type { MonthlyRainFactorMethod } from './factor-method.ts';
import { meanMonths } from './monthly-rain.ts';

/**
 * R = Σ_{i=1..12} 1.735·10^(1.5·log10(P_i²/P) − 0.8188), in US customary units.
 * @param monthlyRainMillimetres P_i, twelve values or whole years from which the mean months are taken, mm; P is their sum
 * @returns hundred foot·tonf·inch·acre⁻¹·h⁻¹·a⁻¹; months without rain add nothing
 */
export function erosivityMonthlyUsWischmeierSmith1978(monthlyRainMillimetres: ArrayLike<number>): number {
  const months = meanMonths(monthlyRainMillimetres);
  const annual = months.reduce((sum, rain) => sum + rain, 0);
  if (annual === 0) return 0;
  // A dry month would need log10(0): its power of ten is 0, so it is passed over.
  return months.reduce(
    (sum, rain) => (rain === 0 ? sum : sum + 1.735 * 10 ** (1.5 * Math.log10((rain * rain) / annual) - 0.8188)),
    0,
  );
}

/** The same in MJ·mm·hm⁻²·h⁻¹·a⁻¹. */
export function erosivityMonthlyWischmeierSmith1978(monthlyRainMillimetres: ArrayLike<number>): number {
  return erosivityFromUsCustomary(erosivityMonthlyUsWischmeierSmith1978(monthlyRainMillimetres));
}

/**
 * Wischmeier's monthly formula, converted to SI. Many papers use the US value as if it were SI, a factor of 17.02 too low.
 * Wischmeier W.H., Smith D.D. 1978. Predicting rainfall erosion losses. USDA Agriculture Handbook 537.
 */
export const wischmeierSmith1978Monthly: MonthlyRainFactorMethod<'wischmeier-smith1978-monthly', 'rainfallErosivity'> =
  {
    kind: 'monthlyRain',
    id: 'wischmeier-smith1978-monthly',
    version: 1,
    factor: 'rainfallErosivity',
    name: { zh: 'Wischmeier 月雨量公式', en: 'Wischmeier & Smith 1978, monthly rain' },
    citation: 'Wischmeier & Smith 1978, USDA Agriculture Handbook 537',
    formula: 'R = 17.02·Σ1.735·10^(1.5·log10(P_i²/P) − 0.8188)',
    unit: 'MJ·mm·hm⁻²·h⁻¹·a⁻¹',
    validRange: { zh: '年雨量 100–3000 mm', en: 'annual rain 100–3000 mm' },
    inputs: [{ name: 'monthlyRain', unit: 'mm/month', meaning: { zh: '月雨量', en: 'monthly rain' } }],
    confidence: 'seen',
    evaluate: erosivityMonthlyWischmeierSmith1978,
  };
