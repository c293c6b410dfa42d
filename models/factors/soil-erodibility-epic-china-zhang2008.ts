import { erodibilityFromUsCustomary } from '../erosion/units.ts';
import { cellFactorMethod } from './factor-method.ts';
import { erodibilityUsEpicWilliams1990 } from './soil-erodibility-epic-williams1990.ts';
import { organicCarbonInput, textureInputs } from './soil-texture.ts';

/** The line fitted to Chinese runoff plots. */
export const correctionZhang2008 = { intercept: -0.01383, slope: 0.51575 } as const;

/**
 * K = 0.1317·max(0, −0.01383 + 0.51575·K_EPIC), the EPIC value fitted to Chinese runoff plots.
 * @param erodibilityUsEpic K_EPIC in US customary units; below 0.026815 the line is negative and 0 is given
 * @returns t·hm²·h·hm⁻²·MJ⁻¹·mm⁻¹
 */
export function correctErodibilityZhang2008(erodibilityUsEpic: number): number {
  const { intercept, slope } = correctionZhang2008;
  return erodibilityFromUsCustomary(Math.max(0, intercept + slope * erodibilityUsEpic));
}

/**
 * EPIC erodibility with the correction for China, from texture (%) and organic carbon (%).
 * Zhang K.L., Shu A.P., Xu X.L., Yang Q.K., Yu B. 2008. Soil erodibility and its estimation for agricultural soils in China.
 * Journal of Arid Environments 72: 1002–1011.
 */
export const epicZhang2008China = cellFactorMethod(
  {
    id: 'epic-zhang2008-china',
    version: 2,
    factor: 'soilErodibility',
    name: { zh: 'EPIC 模型（张科利中国修正）', en: 'EPIC with the correction for China, Zhang et al. 2008' },
    citation: 'Zhang, Shu, Xu, Yang, Yu 2008, Journal of Arid Environments 72: 1002–1011',
    formula: 'K = 0.1317·max(0, −0.01383 + 0.51575·K_EPIC)',
    unit: 't·hm²·h·hm⁻²·MJ⁻¹·mm⁻¹',
    validRange: { zh: '三种粒级合计 100 ± 1 %；中国农地土壤', en: 'fractions sum to 100 ± 1 %; soils of China' },
    inputs: [...textureInputs, organicCarbonInput],
    confidence: 'recalled',
    defaults: {},
    parameters: {},
  },
  () => (sandPercent: number, siltPercent: number, clayPercent: number, organicCarbonPercent: number) =>
    correctErodibilityZhang2008(
      erodibilityUsEpicWilliams1990(sandPercent, siltPercent, clayPercent, organicCarbonPercent),
    ),
);
