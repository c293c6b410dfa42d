import { slopeLengthExponentTable } from '../parameters/slope-length-exponents.ts';
import { exponentOfTable } from './exponent-table.ts';
import { cellFactorMethod } from './factor-method.ts';
import { slopeInput } from './slope-input.ts';

/** Exponent from the 21-row table of the AML program. @param slopeDegrees slope angle, 0–90° */
export const slopeLengthExponentVanRemortel2001 = exponentOfTable(slopeLengthExponentTable('van-remortel2001')!);

/**
 * β/(1 + β) tabulated for a low to moderate rill ratio, as the RUSLE_LS program reads it.
 * Van Remortel R., Hamilton M., Hickey R. 2001. Estimating the LS factor for RUSLE through iterative slope length processing of
 * digital elevation data within ArcInfo Grid. Cartography 30(1): 27–35.
 */
export const vanRemortel2001 = cellFactorMethod(
  {
    id: 'van-remortel2001',
    version: 1,
    factor: 'slopeLengthExponent',
    name: { zh: 'Van Remortel 坡长指数表', en: 'table of Van Remortel et al. 2001' },
    citation: 'Van Remortel, Hamilton, Hickey 2001, Cartography 30(1): 27–35',
    formula: 'm = 0.01 (θ≤0.1°) … 0.56 (θ≥37.2°)',
    unit: '1',
    validRange: { zh: '0–60 %', en: '0–60 %' },
    inputs: [slopeInput],
    confidence: 'seen',
    defaults: {},
    parameters: {},
  },
  () => slopeLengthExponentVanRemortel2001,
);
