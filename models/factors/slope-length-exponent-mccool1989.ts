import { sineOfDegrees } from '../erosion/slope-units.ts';
import { cellFactorMethod } from './factor-method.ts';
import { slopeInput } from './slope-input.ts';

/**
 * Ratio of rill to interrill erosion, β = (sinθ/0.0896)/(3·(sinθ)^0.8 + 0.56).
 * @param slopeDegrees θ, 0–90°; 0 on flat land
 */
export function rillRatioFoster1977(slopeDegrees: number): number {
  const sine = sineOfDegrees(slopeDegrees);
  return sine / 0.0896 / (3 * sine ** 0.8 + 0.56);
}

/**
 * m = r·β/(1 + r·β).
 * @param slopeDegrees θ, 0–90°
 * @param rillSusceptibility r: 0.5 low (rangeland), 1 moderate, 2 high (freshly disturbed)
 */
export function slopeLengthExponentMccool1989(slopeDegrees: number, rillSusceptibility = 1): number {
  const ratio = rillSusceptibility * rillRatioFoster1977(slopeDegrees);
  return ratio / (1 + ratio);
}

/**
 * Exponent of slope length in RUSLE, continuous in slope; 0 on flat land, where L is then 1.
 * Foster G.R., Meyer L.D., Onstad C.A. 1977. Transactions of the ASAE 20: 678–682, 683–687; McCool D.K., Foster G.R., Mutchler
 * C.K., Meyer L.D. 1989. Revised slope length factor for the Universal Soil Loss Equation. Transactions of the ASAE 32:
 * 1571–1576.
 */
export const mccool1989 = cellFactorMethod(
  {
    id: 'mccool1989',
    version: 1,
    factor: 'slopeLengthExponent',
    name: { zh: 'RUSLE 坡长指数 β/(1+β)', en: 'RUSLE, β/(1 + β)' },
    citation: 'McCool, Foster, Mutchler, Meyer 1989, Transactions of the ASAE 32: 1571–1576; Foster et al. 1977',
    formula: 'm = rβ/(1 + rβ); β = (sinθ/0.0896)/(3·sin^0.8θ + 0.56)',
    unit: '1',
    validRange: { zh: '0–60 %', en: '0–60 %' },
    inputs: [slopeInput],
    confidence: 'seen',
    defaults: { rillSusceptibility: 1 },
    parameters: {
      rillSusceptibility: {
        unit: '1',
        meaning: {
          zh: '细沟侵蚀敏感性 0.5 低、1 中、2 高',
          en: 'susceptibility to rills: 0.5 low, 1 moderate, 2 high',
        },
        confidence: 'seen',
      },
    },
  },
  ({ rillSusceptibility }) =>
    (slopeDegrees: number) =>
      slopeLengthExponentMccool1989(slopeDegrees, rillSusceptibility),
);
