import type { MonthlyRainFactorMethod } from './factor-method.ts';
import { modifiedFournierIndex, yearsOfMonths } from './monthly-rain.ts';

/**
 * R = 0.1833·F^1.9957, F = (1/N)·Σ_i(Σ_j P_ij²/Σ_j P_ij).
 * @param monthlyRainMillimetres P_ij, month j of year i, mm, January first, whole years; NaN gives NaN
 * @returns MJ·mm·hm⁻²·h⁻¹·a⁻¹
 */
export function erosivityMonthlyYearsZhangFu2003(monthlyRainMillimetres: ArrayLike<number>): number {
  const years = yearsOfMonths(monthlyRainMillimetres);
  let sum = 0;
  for (let year = 0; year < years; year++) sum += modifiedFournierIndex(monthlyRainMillimetres, 12 * year);
  return 0.1833 * (sum / years) ** 1.9957;
}

/**
 * Mean annual erosivity from the monthly rain of N years through the modified Fournier index of each year. A fallback where no
 * daily rain exists; it gives no half-month distribution.
 * Zhang W., Fu J. 2003. Rainfall erosivity estimation under different rainfall amount. Resources Science 25(1): 35–41.
 */
export const zhangFu2003MonthlyYears: MonthlyRainFactorMethod<'zhang-fu2003-monthly-years', 'rainfallErosivity'> = {
  kind: 'monthlyRain',
  id: 'zhang-fu2003-monthly-years',
  version: 1,
  factor: 'rainfallErosivity',
  name: { zh: '章文波、付金生(2003)逐年逐月雨量模型', en: 'Zhang & Fu 2003, monthly rain of each year' },
  citation: '章文波, 付金生 2003, 资源科学 25(1): 35–41',
  formula: 'R = 0.1833·F^1.9957; F = (1/N)·Σ_i(Σ_j P_ij²/Σ_j P_ij)',
  unit: 'MJ·mm·hm⁻²·h⁻¹·a⁻¹',
  validRange: { zh: '年雨量 100–3000 mm', en: 'annual rain 100–3000 mm' },
  inputs: [
    { name: 'monthlyRain', unit: 'mm/month', meaning: { zh: '逐年逐月雨量', en: 'rain of each month and year' } },
  ],
  confidence: 'seen',
  evaluate: erosivityMonthlyYearsZhangFu2003,
};
