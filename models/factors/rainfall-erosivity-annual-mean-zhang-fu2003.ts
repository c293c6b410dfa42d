import { cellFactorMethod } from './factor-method.ts';

/** R = 0.0668·P^1.6266. @param meanAnnualRainMillimetres P, mean annual rain, mm. @returns MJ·mm·hm⁻²·h⁻¹·a⁻¹ */
export function erosivityAnnualMeanZhangFu2003(meanAnnualRainMillimetres: number): number {
  return 0.0668 * meanAnnualRainMillimetres ** 1.6266;
}

/**
 * Mean annual erosivity from mean annual rain. The coarsest fallback: no half-month distribution can follow from it.
 * Zhang W., Fu J. 2003. Rainfall erosivity estimation under different rainfall amount. Resources Science 25(1): 35–41.
 */
export const zhangFu2003AnnualMean = cellFactorMethod(
  {
    id: 'zhang-fu2003-annual-mean',
    version: 1,
    factor: 'rainfallErosivity',
    name: { zh: '章文波、付金生(2003)多年平均年雨量模型', en: 'Zhang & Fu 2003, mean annual rain' },
    citation: '章文波, 付金生 2003, 资源科学 25(1): 35–41',
    formula: 'R = 0.0668·P^1.6266',
    unit: 'MJ·mm·hm⁻²·h⁻¹·a⁻¹',
    validRange: { zh: '年雨量 100–3000 mm', en: 'annual rain 100–3000 mm' },
    inputs: [{ name: 'meanAnnualRain', unit: 'mm/a', meaning: { zh: '多年平均年雨量', en: 'mean annual rain' } }],
    confidence: 'recalled',
    defaults: {},
    parameters: {},
  },
  () => erosivityAnnualMeanZhangFu2003,
);
