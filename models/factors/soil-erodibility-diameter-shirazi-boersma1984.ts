import { erodibilityFromUsCustomary } from '../erosion/units.ts';
import { cellFactorMethod } from './factor-method.ts';
import { isTexture, textureInputs } from './soil-texture.ts';

/** Mean of the limits of each fraction, mm: clay 0–0.002, silt 0.002–0.05, sand 0.05–2. */
const meanDiameter = { clay: 0.001, silt: 0.026, sand: 1.025 } as const;

/**
 * Geometric mean particle diameter, D_g = exp(0.01·Σf_i·ln m_i).
 * @param sandPercent f of sand, %; likewise silt and clay
 * @returns mm; NaN where the fractions do not add up to 100 ± 1 %
 */
export function geometricMeanDiameterMillimetres(
  sandPercent: number,
  siltPercent: number,
  clayPercent: number,
): number {
  if (!isTexture(sandPercent, siltPercent, clayPercent)) return Number.NaN;
  return Math.exp(
    0.01 *
      (clayPercent * Math.log(meanDiameter.clay) +
        siltPercent * Math.log(meanDiameter.silt) +
        sandPercent * Math.log(meanDiameter.sand)),
  );
}

/**
 * K_US = 7.594·{0.0034 + 0.0405·exp[−½·((log10 D_g + 1.659)/0.7101)²]}.
 * @param diameterMillimetres D_g, mm
 * @returns US customary units
 */
export function erodibilityUsDiameter(diameterMillimetres: number): number {
  const deviation = (Math.log10(diameterMillimetres) + 1.659) / 0.7101;
  return 7.594 * (0.0034 + 0.0405 * Math.exp(-0.5 * deviation * deviation));
}

/**
 * Erodibility from texture alone, through the geometric mean diameter, in SI.
 * Shirazi M.A., Boersma L. 1984. A unifying quantitative analysis of soil texture. Soil Science Society of America Journal 48:
 * 142–147; regression of Römkens et al. in USDA Agriculture Handbook 703, chapter 3.
 */
export const shiraziBoersma1984 = cellFactorMethod(
  {
    id: 'shirazi-boersma1984',
    version: 1,
    factor: 'soilErodibility',
    name: { zh: '几何平均粒径法 (Dg)', en: 'geometric mean diameter, Shirazi & Boersma 1984' },
    citation: 'Shirazi & Boersma 1984, Soil Science Society of America Journal 48: 142–147; Handbook 703',
    formula: 'K = 0.1317·7.594·{0.0034 + 0.0405·exp[−½·((log10 Dg + 1.659)/0.7101)²]}',
    unit: 't·hm²·h·hm⁻²·MJ⁻¹·mm⁻¹',
    validRange: { zh: '三种粒级合计 100 ± 1 %，砾石 < 10 %', en: 'fractions sum to 100 ± 1 %, rock fragments < 10 %' },
    inputs: [...textureInputs],
    confidence: 'seen',
    defaults: {},
    parameters: {},
  },
  () => (sandPercent: number, siltPercent: number, clayPercent: number) =>
    erodibilityFromUsCustomary(
      erodibilityUsDiameter(geometricMeanDiameterMillimetres(sandPercent, siltPercent, clayPercent)),
    ),
);
