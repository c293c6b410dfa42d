import { erodibilityFromUsCustomary } from '../erosion/units.ts';
import { cellFactorMethod } from './factor-method.ts';

/**
 * K_US = [2.1·10⁻⁴·M^1.14·(12 − OM) + 3.25·(s − 2) + 2.5·(p − 3)]/100, M = (silt + very fine sand)·(100 − clay).
 *
 * @param siltAndVeryFineSandPercent 0.002–0.1 mm, %, up to 70
 * @param clayPercent under 0.002 mm, %
 * @param organicMatterPercent OM, %; more than 4 counts as 4
 * @param structureClass s, 1 very fine granular … 4 blocky, platy or massive
 * @param permeabilityClass p, 1 rapid … 6 very slow
 * @returns US customary units, not below 0
 */
export function erodibilityUsNomographWischmeier1971(
  siltAndVeryFineSandPercent: number,
  clayPercent: number,
  organicMatterPercent: number,
  structureClass: number,
  permeabilityClass: number,
): number {
  const particleSize = siltAndVeryFineSandPercent * (100 - clayPercent);
  const organicMatter = Math.min(organicMatterPercent, 4);
  const erodibility =
    (2.1e-4 * particleSize ** 1.14 * (12 - organicMatter) +
      3.25 * (structureClass - 2) +
      2.5 * (permeabilityClass - 3)) /
    100;
  return Math.max(0, erodibility);
}

/**
 * The soil erodibility nomograph as an equation, in SI. Above 70 % silt and very fine sand the nomograph bends away from the
 * equation.
 * Wischmeier W.H., Johnson C.B., Cross B.V. 1971. A soil erodibility nomograph for farmland and construction sites. Journal of
 * Soil and Water Conservation 26: 189–193.
 */
export const nomographWischmeier1971 = cellFactorMethod(
  {
    id: 'nomograph-wischmeier1971',
    version: 1,
    factor: 'soilErodibility',
    name: { zh: 'Wischmeier 诺谟图公式', en: 'nomograph equation, Wischmeier et al. 1971' },
    citation: 'Wischmeier, Johnson, Cross 1971, Journal of Soil and Water Conservation 26: 189–193',
    formula: 'K = 0.1317·[2.1e−4·M^1.14·(12 − OM) + 3.25·(s − 2) + 2.5·(p − 3)]/100',
    unit: 't·hm²·h·hm⁻²·MJ⁻¹·mm⁻¹',
    validRange: {
      zh: '粉粒与极细砂合计 ≤ 70 %，有机质 > 4 % 按 4 % 计',
      en: 'silt and very fine sand ≤ 70 %, organic matter above 4 % counts as 4 %',
    },
    inputs: [
      { name: 'siltAndVeryFineSand', unit: '%', meaning: { zh: '粉粒与极细砂', en: 'silt and very fine sand' } },
      { name: 'clay', unit: '%', meaning: { zh: '黏粒含量', en: 'clay' } },
      { name: 'organicMatter', unit: '%', meaning: { zh: '有机质含量', en: 'organic matter' } },
      { name: 'structureClass', unit: '1', meaning: { zh: '结构等级 1–4', en: 'structure class 1–4' } },
      { name: 'permeabilityClass', unit: '1', meaning: { zh: '渗透等级 1–6', en: 'permeability class 1–6' } },
    ],
    confidence: 'recalled',
    defaults: {},
    parameters: {},
  },
  () => (silt: number, clay: number, organicMatter: number, structureClass: number, permeabilityClass: number) =>
    erodibilityFromUsCustomary(
      erodibilityUsNomographWischmeier1971(silt, clay, organicMatter, structureClass, permeabilityClass),
    ),
);
