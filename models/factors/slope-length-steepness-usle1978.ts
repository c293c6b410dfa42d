import { cellFactorMethod } from './factor-method.ts';
import { slopeInput } from './slope-input.ts';
import { slopeLengthExponentUsle1978 } from './slope-length-exponent-usle1978.ts';
import { slopeLengthWhole } from './slope-length-whole-wischmeier-smith1978.ts';
import { slopeSteepnessUsle1978 } from './slope-steepness-usle1978.ts';

/**
 * LS = (λ/22.13)^m·(65.41·sin²θ + 4.56·sinθ + 0.065).
 * @param lengthMetres λ, horizontal slope length, m; not positive gives 0
 * @param slopeDegrees θ, 0–90°
 */
export function slopeLengthSteepnessUsle1978(lengthMetres: number, slopeDegrees: number): number {
  return (
    slopeLengthWhole(lengthMetres, slopeLengthExponentUsle1978(slopeDegrees)) * slopeSteepnessUsle1978(slopeDegrees)
  );
}

/**
 * Topographic factor of the USLE.
 * Wischmeier W.H., Smith D.D. 1978. Predicting rainfall erosion losses. USDA Agriculture Handbook 537.
 */
export const usle1978LengthSteepness = cellFactorMethod(
  {
    id: 'usle1978',
    version: 1,
    factor: 'slopeLengthSteepness',
    name: { zh: 'USLE 地形因子', en: 'USLE, Handbook 537' },
    citation: 'Wischmeier & Smith 1978, USDA Agriculture Handbook 537',
    formula: 'LS = (λ/22.13)^m·(65.41·sin²θ + 4.56·sinθ + 0.065)',
    unit: '1',
    validRange: { zh: '0–20 %，λ 0–122 m', en: '0–20 %, λ 0–122 m' },
    inputs: [{ name: 'lengthMetres', unit: 'm', meaning: { zh: '坡长', en: 'slope length' } }, slopeInput],
    confidence: 'seen',
    defaults: {},
    parameters: {},
  },
  () => slopeLengthSteepnessUsle1978,
);
