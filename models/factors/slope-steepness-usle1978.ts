import { sineOfDegrees } from '../erosion/slope-units.ts';
import type { SineBands } from '../terrain/single-steepness.ts';
import { cellFactorMethod } from './factor-method.ts';
import { slopeInput } from './slope-input.ts';

/** S = 65.41·sin²θ + 4.56·sinθ + 0.065. @param slopeDegrees θ, 0–90°; NaN gives NaN */
export function slopeSteepnessUsle1978(slopeDegrees: number): number {
  const sine = sineOfDegrees(slopeDegrees);
  return 65.41 * sine * sine + 4.56 * sine + 0.065;
}

/** `slopeSteepnessUsle1978` as a band. */
export const slopeSteepnessUsle1978Bands: SineBands = {
  kind: 'bands',
  bands: [{ below: Number.POSITIVE_INFINITY, square: 65.41, factor: 4.56, summand: 0.065 }],
  maxSlopeDegrees: null,
};

/**
 * Slope steepness factor of the USLE; too high on slopes above about 20 %.
 * Wischmeier W.H., Smith D.D. 1978. Predicting rainfall erosion losses. USDA Agriculture Handbook 537.
 */
export const usle1978SlopeSteepness = cellFactorMethod(
  {
    id: 'usle1978',
    version: 1,
    factor: 'slopeSteepness',
    name: { zh: 'USLE 坡度因子', en: 'USLE, Handbook 537' },
    citation: 'Wischmeier & Smith 1978, USDA Agriculture Handbook 537',
    formula: 'S = 65.41·sin²θ + 4.56·sinθ + 0.065',
    unit: '1',
    validRange: { zh: '0–20 %', en: '0–20 %' },
    inputs: [slopeInput],
    confidence: 'seen',
    defaults: {},
    parameters: {},
  },
  () => slopeSteepnessUsle1978,
);
