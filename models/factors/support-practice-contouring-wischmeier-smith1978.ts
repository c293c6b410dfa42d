import { slopePercentFromDegrees } from '../erosion/slope-units.ts';
import { contouringBands } from '../parameters/support-practice.ts';
import { cellFactorMethod } from './factor-method.ts';
import { slopeInput } from './slope-input.ts';

/** P of contour farming by slope; 1 above 25 %. @param slopePercent percent; NaN gives NaN */
export function supportPracticeContouring(slopePercent: number): number {
  if (Number.isNaN(slopePercent)) return Number.NaN;
  return contouringBands.find(({ upToPercent }) => slopePercent <= upToPercent)?.value ?? 1;
}

/**
 * Support practice factor of contour farming.
 * Wischmeier W.H., Smith D.D. 1978. USDA Agriculture Handbook 537, table 13.
 */
export const contouringWischmeierSmith1978 = cellFactorMethod(
  {
    id: 'contouring-wischmeier-smith1978',
    version: 1,
    factor: 'supportPractice',
    name: { zh: '等高耕作 P 值（手册 537）', en: 'contouring, Handbook 537' },
    citation: 'Wischmeier & Smith 1978, USDA Agriculture Handbook 537, table 13',
    formula: 'P = 0.60 (≤2 %), 0.50 (≤8 %), 0.60 (≤12 %), 0.70 (≤16 %), 0.80 (≤20 %), 0.90 (≤25 %), 1',
    unit: '1',
    validRange: { zh: '等高耕作坡耕地 0–25 %', en: 'contoured fields, 0–25 %' },
    inputs: [slopeInput],
    confidence: 'recalled',
    defaults: {},
    parameters: {},
  },
  () => (slopeDegrees: number) => supportPracticeContouring(slopePercentFromDegrees(slopeDegrees)),
);
