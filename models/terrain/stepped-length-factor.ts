import { singlePower } from '../arithmetic/single-power.ts';
import { noDirection } from '../grid/d8.ts';
import { unitPlotLengthMetres } from '../parameters/unit-plot.ts';
import { ownPathUnits, unitsPerCell, unitsPerDiagonal } from './slope-length-van-remortel2004.ts';

/** The segment formula with exponents by steps of slope: an account of `formula` that rasters are computed from. */
export interface ExponentSteps {
  /** Largest float32 slope of each step but the last, degrees, ascending. */
  readonly upTo: Float32Array;
  /** m of each step. */
  readonly exponents: readonly number[];
  readonly maxLengthMetres: number | null;
}

const { fround } = Math;
const perUnitPlot = fround(1 / unitPlotLengthMetres);
const [term1, term2, term3] = [fround(1 / 24), fround(1 / 80), fround(1 / 168)] as const;

/**
 * L raster by the segment formula with exponents by steps of slope, in single precision: what `segmentLengthFactor` computes
 * in double, within 2·10⁻⁶ of itself. Each step is rounded to float32, so that a compiled kernel on four cells at once gives
 * the same bits.
 *
 * Near the divide, where the inlet lies before the middle of the way from the divide to the outlet, the formula as it stands:
 * (λ_out·(λ_out/22.13)^m − λ_in·(λ_in/22.13)^m)/(λ_out − λ_in). Beyond, where that difference would lose digits, the series
 * of the same mean about the middle λ̄ of the segment, with t = ((λ_out − λ_in)/λ̄)²:
 * (1 + m)·(λ̄/22.13)^m·(1 + m(m−1)/24·t·(1 + (m−2)(m−3)/80·t·(1 + (m−4)(m−5)/168·t))).
 *
 * @param lengthUnits λ at cell centres, see `slopeLengthUnits`
 * @param slope degrees, float32
 * @param capMetres longest length counted, or Infinity; segments that end beyond are moved up so that they end there
 * @returns float32; 0 on channels, NaN = nodata
 */
export function steppedLengthFactor(
  lengthUnits: Uint32Array,
  direction: Uint8Array,
  slope: Float32Array,
  cellSizeMetres: number,
  capMetres: number,
  steps: ExponentSteps,
  out: Float32Array = new Float32Array(lengthUnits.length),
): Float32Array {
  const metresPerUnit = fround(cellSizeMetres / unitsPerCell);
  const longest = fround(Math.min(capMetres, steps.maxLengthMetres ?? Number.POSITIVE_INFINITY));
  const exponents = Float32Array.from(steps.exponents);
  const sides = { straight: fround(unitsPerCell * metresPerUnit), diagonal: fround(unitsPerDiagonal * metresPerUnit) };
  for (let i = 0; i < out.length; i++) {
    if (direction[i] === noDirection) out[i] = Number.NaN;
    else if (lengthUnits[i] === 0) out[i] = 0;
    else {
      const path = ownPathUnits(direction[i]);
      const outlet = Math.min(fround(fround(fround(lengthUnits[i]) + path / 2) * metresPerUnit), longest);
      let step = 0;
      while (step < steps.upTo.length && slope[i] > steps.upTo[step]) step++;
      out[i] = segmentMean(outlet, path === unitsPerCell ? sides.straight : sides.diagonal, exponents[step]);
    }
  }
  return out;
}

/** L of the segment of a length that ends at the outlet, or begins at the divide; all float32. */
function segmentMean(outlet: number, length: number, exponent: number): number {
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
