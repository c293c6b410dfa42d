import { sineOfDegrees } from '../erosion/slope-units.ts';
import type { SineLogistic } from '../terrain/single-steepness.ts';
import { cellFactorMethod } from './factor-method.ts';
import { slopeInput } from './slope-input.ts';

/** S = −1.5 + 17/(1 + exp(2.3 − 6.1·sinθ)); S(0) = 0.049090. @param slopeDegrees θ, 0–90°; NaN gives NaN */
export function slopeSteepnessNearing1997(slopeDegrees: number): number {
  return -1.5 + 17 / (1 + Math.exp(2.3 - 6.1 * sineOfDegrees(slopeDegrees)));
}

/** Constants of `slopeSteepnessNearing1997`. */
export const slopeSteepnessNearing1997Logistic: SineLogistic = {
  kind: 'logistic',
  least: -1.5,
  range: 17,
  start: 2.3,
  rate: 6.1,
};

/**
 * One smooth function for all slopes, fitted to plots up to about 55 %.
 * Nearing M.A. 1997. A single, continuous function for slope steepness influence on soil loss. Soil Science Society of America
 * Journal 61: 917–919.
 */
export const nearing1997 = cellFactorMethod(
  {
    id: 'nearing1997',
    version: 1,
    factor: 'slopeSteepness',
    name: { zh: 'Nearing 连续坡度因子', en: 'continuous function, Nearing 1997' },
    citation: 'Nearing 1997, Soil Science Society of America Journal 61: 917–919',
    formula: 'S = −1.5 + 17/(1 + exp(2.3 − 6.1·sinθ))',
    unit: '1',
    validRange: { zh: '0–55 %', en: '0–55 %' },
    inputs: [slopeInput],
    confidence: 'seen',
    defaults: {},
    parameters: {},
  },
  () => slopeSteepnessNearing1997,
);
