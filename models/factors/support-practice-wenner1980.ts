import { slopePercentFromDegrees } from '../erosion/slope-units.ts';
import { cellFactorMethod } from './factor-method.ts';
import { slopeInput } from './slope-input.ts';

/** P = 0.2 + 0.03·s, at most 1. @param slopePercent s, percent; NaN gives NaN */
export function supportPracticeWenner(slopePercent: number): number {
  return Math.min(1, 0.2 + 0.03 * slopePercent);
}

/**
 * Support practice factor of farmed slopes, a straight line in slope.
 * Wenner C.G. 1980. Soil conservation in Kenya. Ministry of Agriculture, Nairobi; as used by Lufafa et al. 2003.
 */
export const wenner1980 = cellFactorMethod(
  {
    id: 'wenner1980',
    version: 1,
    factor: 'supportPractice',
    name: { zh: 'Wenner 坡度公式', en: 'linear in slope, Wenner 1980' },
    citation: 'Wenner 1980, Soil conservation in Kenya',
    formula: 'P = min(1, 0.2 + 0.03·s)',
    unit: '1',
    validRange: { zh: '坡耕地', en: 'farmed slopes' },
    inputs: [slopeInput],
    confidence: 'recalled',
    defaults: {},
    parameters: {},
  },
  () => (slopeDegrees: number) => supportPracticeWenner(slopePercentFromDegrees(slopeDegrees)),
);
