import { singlePower } from '../arithmetic/single-power.ts';
import { unitPlotLengthMetres } from '../parameters/unit-plot.ts';

const { fround } = Math;
const [term1, term2, term3] = [fround(1 / 24), fround(1 / 80), fround(1 / 168)] as const;

/** Unit plots in a metre of slope length, float32. */
export const perUnitPlot = fround(1 / unitPlotLengthMetres);

/**
 * Mean of L over the segment of a length that ends at the outlet, or begins at the divide, in single precision: each step
 * is rounded to float32.
 *
 * Near the divide, where the inlet lies before the middle of the way from the divide to the outlet, the formula as it stands:
 * (λ_out·(λ_out/22.13)^m − λ_in·(λ_in/22.13)^m)/(λ_out − λ_in). Beyond, where that difference would lose digits, the series
 * of the same mean about the middle λ̄ of the segment, with t = ((λ_out − λ_in)/λ̄)²:
 * (1 + m)·(λ̄/22.13)^m·(1 + m(m−1)/24·t·(1 + (m−2)(m−3)/80·t·(1 + (m−4)(m−5)/168·t))).
 *
 * @param outlet λ_out, metres, float32
 * @param length λ_out − λ_in, metres, float32
 * @param exponent m, float32, 0 … 1
 */
export function segmentMean(outlet: number, length: number, exponent: number): number {
  const inlet = Math.max(0, fround(outlet - length));
  if (inlet > length) {
    const middle = fround(outlet - fround(length * 0.5));
    const ratio = fround(length / middle);
    const t = fround(ratio * ratio);
    const q1 = fround(fround(exponent * fround(exponent - 1)) * term1);
    const q2 = fround(fround(fround(exponent - 2) * fround(exponent - 3)) * term2);
    const q3 = fround(fround(fround(exponent - 4) * fround(exponent - 5)) * term3);
    const a = fround(q1 * t);
    const series = fround(fround(1 + a) + fround(fround(a * fround(q2 * t)) * fround(1 + fround(q3 * t))));
    return fround(fround(fround(exponent + 1) * singlePower(fround(middle * perUnitPlot), exponent)) * series);
  }
  const toOutlet = singlePower(fround(outlet * perUnitPlot), exponent);
  if (inlet === 0) return toOutlet;
  const toInlet = singlePower(fround(inlet * perUnitPlot), exponent);
  return fround(fround(fround(outlet * toOutlet) - fround(inlet * toInlet)) / fround(outlet - inlet));
}
