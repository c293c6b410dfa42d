import { power } from '../arithmetic/power.ts';
import { unitPlotLengthMetres } from '../parameters/unit-plot.ts';
import { cellFactorMethod } from './factor-method.ts';
import { slopeInput } from './slope-input.ts';
import { type ExponentChoice, exponentParameters, slopeLengthExponent } from './slope-length-exponent.ts';

/**
 * L_i = (λ_out^(m+1) − λ_in^(m+1)) / ((λ_out − λ_in)·22.13^m).
 *
 * @param inletMetres λ_in, horizontal slope length where the flow path enters the cell, m
 * @param outletMetres λ_out, slope length where it leaves, m; not positive (a channel cell) gives 0
 * @param exponent m
 * @param maxLengthMetres slope length counts up to here: a segment that ends beyond is moved up so that it ends here
 */
export function slopeLengthSegment(
  inletMetres: number,
  outletMetres: number,
  exponent: number,
  maxLengthMetres: number | null = null,
): number {
  if (outletMetres <= 0) return Number.isNaN(inletMetres) || Number.isNaN(exponent) ? Number.NaN : 0;
  let outlet = outletMetres;
  let inlet = inletMetres;
  if (maxLengthMetres !== null && outlet > maxLengthMetres) {
    inlet = Math.max(0, inlet - (outlet - maxLengthMetres));
    outlet = maxLengthMetres;
  }
  const steps = power(outlet, exponent + 1) - power(inlet, exponent + 1);
  return steps / ((outlet - inlet) * power(unitPlotLengthMetres, exponent));
}

/**
 * Slope length factor of CSLE: the mean over a segment of the slope. Summed over the segments of a uniform slope it gives
 * (λ/22.13)^m.
 * Foster G.R., Wischmeier W.H. 1974. Evaluating irregular slopes for soil loss prediction. Transactions of the ASAE 17(2):
 * 305–309.
 */
export const csleFosterWischmeier1974 = cellFactorMethod(
  {
    id: 'csle-foster-wischmeier1974',
    version: 1,
    factor: 'slopeLength',
    name: { zh: 'CSLE 坡长因子（分段）', en: 'CSLE, segment form of Foster & Wischmeier 1974' },
    citation: 'Foster & Wischmeier 1974, Transactions of the ASAE 17(2): 305–309; Liu et al. 2000',
    formula: 'L = (λ_out^(m+1) − λ_in^(m+1)) / ((λ_out − λ_in)·22.13^m)',
    unit: '1',
    validRange: { zh: 'λ 0–300 m', en: 'λ 0–300 m' },
    inputs: [
      { name: 'inletMetres', unit: 'm', meaning: { zh: '入口坡长', en: 'slope length at the inlet' } },
      { name: 'outletMetres', unit: 'm', meaning: { zh: '出口坡长', en: 'slope length at the outlet' } },
      slopeInput,
    ],
    confidence: 'seen',
    defaults: {
      exponent: 'csle-1-3-5-degrees' as ExponentChoice,
      rillSusceptibility: 1,
      maxLengthMetres: null as number | null,
    },
    parameters: {
      ...exponentParameters,
      maxLengthMetres: {
        unit: 'm',
        meaning: { zh: '坡长上限（空为不限）', en: 'largest slope length; null for no limit' },
        confidence: 'uncertain',
      },
    },
  },
  ({ maxLengthMetres, ...choice }) => {
    const exponent = slopeLengthExponent(choice);
    return (inletMetres: number, outletMetres: number, slopeDegrees: number) =>
      slopeLengthSegment(inletMetres, outletMetres, exponent(slopeDegrees), maxLengthMetres);
  },
);
