import { slopeDegreesFromPercent } from '../erosion/slope-units.ts';
import type { ExponentTable } from '../parameters/slope-length-exponents.ts';
import { exponentOfTable } from './exponent-table.ts';
import { cellFactorMethod } from './factor-method.ts';
import { slopeInput } from './slope-input.ts';
import { slopeLengthExponentMccool1989 } from './slope-length-exponent-mccool1989.ts';

/** Up to 9 %; steeper slopes have m of McCool 1989. */
export const investExponentBands: Pick<ExponentTable, 'unit' | 'bands'> = {
  unit: 'percent',
  bands: [
    { upTo: 1, inclusive: true, exponent: 0.2 },
    { upTo: 3.5, inclusive: true, exponent: 0.3 },
    { upTo: 5, inclusive: true, exponent: 0.4 },
    { upTo: 9, inclusive: true, exponent: 0.5 },
  ],
};
const exponentUpToNine = exponentOfTable({ ...investExponentBands, beyond: Number.NaN });
const ninePercent = slopeDegreesFromPercent(9);

/** m = 0.2 (s ≤ 1 %), 0.3 (≤ 3.5 %), 0.4 (≤ 5 %), 0.5 (≤ 9 %), β/(1 + β) above. @param slopeDegrees slope angle, 0–90° */
export function slopeLengthExponentInvest(slopeDegrees: number): number {
  return slopeDegrees <= ninePercent ? exponentUpToNine(slopeDegrees) : slopeLengthExponentMccool1989(slopeDegrees);
}

/**
 * The mixed exponent of the InVEST sediment delivery model, for comparison with its results.
 * Oliveira A.H. et al. 2013. Development of topographic factor modeling for application in soil erosion models, in: Soil
 * Processes and Current Trends in Quality Assessment; InVEST User's Guide, Sediment Delivery Ratio.
 */
export const investExponent = cellFactorMethod(
  {
    id: 'invest-oliveira2013',
    version: 1,
    factor: 'slopeLengthExponent',
    name: { zh: 'InVEST 坡长指数', en: 'InVEST SDR exponent' },
    citation: "InVEST User's Guide, Sediment Delivery Ratio; Oliveira et al. 2013",
    formula: 'm = 0.2 (s≤1 %), 0.3 (≤3.5 %), 0.4 (≤5 %), 0.5 (≤9 %), β/(1+β)',
    unit: '1',
    validRange: { zh: '0–60 %', en: '0–60 %' },
    inputs: [slopeInput],
    confidence: 'seen',
    defaults: {},
    parameters: {},
  },
  () => slopeLengthExponentInvest,
);
