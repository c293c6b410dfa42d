import { unitPlotLengthMetres } from '../parameters/unit-plot.ts';
import { cellFactorMethod } from './factor-method.ts';
import { slopeInput } from './slope-input.ts';
import { type ExponentChoice, exponentParameters, slopeLengthExponent } from './slope-length-exponent.ts';

/**
 * L = (λ/22.13)^m.
 * @param lengthMetres λ, horizontal slope length, m; not positive gives 0, also where m is 0
 * @param exponent m
 */
export function slopeLengthWhole(lengthMetres: number, exponent: number): number {
  if (lengthMetres <= 0) return Number.isNaN(exponent) ? Number.NaN : 0;
  return (lengthMetres / unitPlotLengthMetres) ** exponent;
}

/**
 * Slope length factor of USLE and RUSLE for a whole slope; the exponent decides which of the two.
 * Wischmeier W.H., Smith D.D. 1978. USDA Agriculture Handbook 537; Renard K.G. et al. 1997. USDA Agriculture Handbook 703.
 */
export const rusleWischmeierSmith1978 = cellFactorMethod(
  {
    id: 'rusle-wischmeier-smith1978',
    version: 1,
    factor: 'slopeLength',
    name: { zh: 'USLE/RUSLE 坡长因子', en: 'USLE and RUSLE, whole slope' },
    citation: 'Wischmeier & Smith 1978, Agriculture Handbook 537; Renard et al. 1997, Agriculture Handbook 703',
    formula: 'L = (λ/22.13)^m',
    unit: '1',
    validRange: { zh: 'λ 0–122 m，不宜超过 305 m', en: 'λ 0–122 m, not beyond 305 m' },
    inputs: [{ name: 'lengthMetres', unit: 'm', meaning: { zh: '坡长', en: 'slope length' } }, slopeInput],
    confidence: 'seen',
    defaults: {
      exponent: 'mccool1989' as ExponentChoice,
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
    return (lengthMetres: number, slopeDegrees: number) =>
      slopeLengthWhole(
        maxLengthMetres === null ? lengthMetres : Math.min(lengthMetres, maxLengthMetres),
        exponent(slopeDegrees),
      );
  },
);
