import { slopeLengthExponentTable } from '../parameters/slope-length-exponents.ts';
import { exponentOfTable } from './exponent-table.ts';
import { cellFactorMethod } from './factor-method.ts';
import { slopeInput } from './slope-input.ts';

/** m = 0.2 (s < 1 %), 0.3 (1–3.5 %), 0.4 (3.5–5 %), 0.5 (s ≥ 5 %). @param slopeDegrees slope angle, 0–90° */
export const slopeLengthExponentUsle1978 = exponentOfTable(slopeLengthExponentTable('usle1978')!);

/**
 * Stepwise exponent of the USLE.
 * Wischmeier W.H., Smith D.D. 1978. Predicting rainfall erosion losses. USDA Agriculture Handbook 537.
 */
export const usle1978Exponent = cellFactorMethod(
  {
    id: 'usle1978',
    version: 1,
    factor: 'slopeLengthExponent',
    name: { zh: 'USLE 坡长指数', en: 'USLE, Handbook 537' },
    citation: 'Wischmeier & Smith 1978, USDA Agriculture Handbook 537',
    formula: 'm = 0.2 (s<1 %), 0.3 (<3.5 %), 0.4 (<5 %), 0.5 (≥5 %)',
    unit: '1',
    validRange: { zh: '0–20 %', en: '0–20 %' },
    inputs: [slopeInput],
    confidence: 'recalled',
    defaults: {},
    parameters: {},
  },
  () => slopeLengthExponentUsle1978,
);
