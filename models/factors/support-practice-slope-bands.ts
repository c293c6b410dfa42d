import { supportPracticeSlopeBands } from '../parameters/support-practice.ts';
import { cellFactorMethod } from './factor-method.ts';
import { slopeInput } from './slope-input.ts';

/** P by slope band; a limit belongs to the band below it. @param slopeDegrees slope angle; NaN gives NaN */
export function supportPracticeBySlope(slopeDegrees: number): number {
  if (Number.isNaN(slopeDegrees)) return Number.NaN;
  return supportPracticeSlopeBands.find(({ upToDegrees }) => slopeDegrees <= upToDegrees)!.value;
}

/** Support practice factor of sloping cropland by slope band, as many Chinese papers use it; unconfirmed. */
export const slopeBandsSupportPractice = cellFactorMethod(
  {
    id: 'slope-bands',
    version: 1,
    factor: 'supportPractice',
    name: { zh: '坡度分级 P 值', en: 'value by slope band' },
    citation: '国内文献常用坡度分级取值（待核）',
    formula: 'P = 0.11 (≤5°), 0.221 (≤10°), 0.305 (≤15°), 0.575 (≤20°), 0.705 (≤25°), 0.80',
    unit: '1',
    validRange: { zh: '坡耕地', en: 'sloping cropland' },
    inputs: [slopeInput],
    confidence: 'uncertain',
    defaults: {},
    parameters: {},
  },
  () => supportPracticeBySlope,
);
