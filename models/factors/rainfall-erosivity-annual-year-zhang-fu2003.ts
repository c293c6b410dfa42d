import { cellFactorMethod } from './factor-method.ts';

/** R = 0.0534·P^1.6548. @param annualRainMillimetres P, rain of one year, mm. @returns MJ·mm·hm⁻²·h⁻¹·a⁻¹ */
export function erosivityAnnualYearZhangFu2003(annualRainMillimetres: number): number {
  return 0.0534 * annualRainMillimetres ** 1.6548;
}

/**
 * Erosivity of one year from its total rain. The coarsest fallback: no half-month distribution can follow from it, so B needs
 * an annual value.
 * Zhang W., Fu J. 2003. Rainfall erosivity estimation under different rainfall amount. Resources Science 25(1): 35–41.
 */
export const zhangFu2003AnnualYear = cellFactorMethod(
  {
    id: 'zhang-fu2003-annual-year',
    version: 1,
    factor: 'rainfallErosivity',
    name: { zh: '章文波、付金生(2003)年雨量模型', en: 'Zhang & Fu 2003, rain of one year' },
    citation: '章文波, 付金生 2003, 资源科学 25(1): 35–41',
    formula: 'R = 0.0534·P^1.6548',
    unit: 'MJ·mm·hm⁻²·h⁻¹·a⁻¹',
    validRange: { zh: '年雨量 100–3000 mm', en: 'annual rain 100–3000 mm' },
    inputs: [{ name: 'annualRain', unit: 'mm/a', meaning: { zh: '年雨量', en: 'rain of the year' } }],
    confidence: 'recalled',
    defaults: {},
    parameters: {},
  },
  () => erosivityAnnualYearZhangFu2003,
);
