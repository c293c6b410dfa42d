import type { MonthlyRainFactorMethod } from './factor-method.ts';
import { meanMonths, modifiedFournierIndex } from './monthly-rain.ts';

/**
 * R = 0.3589·F^1.9462, F = Σ_j P̄_j²/ΣP̄_j.
 * @param monthlyRainMillimetres mean monthly rain P̄_j (12 values) or whole years from which the means are taken, mm
 * @returns MJ·mm·hm⁻²·h⁻¹·a⁻¹; NaN where a month is missing
 */
export function erosivityMonthlyMeanZhangFu2003(monthlyRainMillimetres: ArrayLike<number>): number {
  return 0.3589 * modifiedFournierIndex(meanMonths(monthlyRainMillimetres)) ** 1.9462;
}

/**
 * Mean annual erosivity from mean monthly rain. A fallback where neither daily rain nor the months of single years exist.
 * Zhang W., Fu J. 2003. Rainfall erosivity estimation under different rainfall amount. Resources Science 25(1): 35–41.
 */
export const zhangFu2003MonthlyMean: MonthlyRainFactorMethod<'zhang-fu2003-monthly-mean', 'rainfallErosivity'> = {
  kind: 'monthlyRain',
  id: 'zhang-fu2003-monthly-mean',
  version: 1,
  factor: 'rainfallErosivity',
  name: { zh: '章文波、付金生(2003)多年平均月雨量模型', en: 'Zhang & Fu 2003, mean monthly rain' },
  citation: '章文波, 付金生 2003, 资源科学 25(1): 35–41',
  formula: 'R = 0.3589·F^1.9462; F = ΣP̄_j²/ΣP̄_j',
  unit: 'MJ·mm·hm⁻²·h⁻¹·a⁻¹',
  validRange: { zh: '年雨量 100–3000 mm', en: 'annual rain 100–3000 mm' },
  inputs: [{ name: 'monthlyRain', unit: 'mm/month', meaning: { zh: '多年平均月雨量', en: 'mean monthly rain' } }],
  confidence: 'recalled',
  evaluate: erosivityMonthlyMeanZhangFu2003,
};
