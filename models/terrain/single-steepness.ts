import { power } from '../arithmetic/power.ts';
import { singleGrowth } from '../arithmetic/single-power.ts';
import { singleSine } from '../arithmetic/single-sine.ts';

/** S as polynomials of the sine by bands of slope. */
export interface SineBands {
  readonly kind: 'bands';
  /** Slopes below this (degrees, from band to band higher, ∞ in the last) have S = (square·sinθ + factor)·sinθ + summand. */
  readonly bands: readonly {
    readonly below: number;
    readonly square: number;
    readonly factor: number;
    readonly summand: number;
  }[];
  /** Steeper slopes count as this. */
  readonly maxSlopeDegrees: number | null;
}

/** S as a logistic function of the sine, S = least + range/(1 + exp(start − rate·sinθ)); −least < range. */
export interface SineLogistic {
  readonly kind: 'logistic';
  readonly least: number;
  readonly range: number;
  readonly start: number;
  readonly rate: number;
}

/** An account of an S formula that rasters are computed from. */
export type SingleSteepness = SineBands | SineLogistic;

const { fround } = Math;

/**
 * S raster in single precision: within 10⁻⁶ of the formula in double. Each step is rounded to float32, so that a compiled
 * kernel on four cells at once gives the same bits.
 *
 * @param slope degrees, float32, NaN = nodata
 * @returns float32, NaN = nodata
 */
export function singleSteepnessFactor(
  slope: Float32Array,
  steepness: SingleSteepness,
  out: Float32Array = new Float32Array(slope.length),
): Float32Array {
  const formula = steepness.kind === 'bands' ? bandFormula(steepness) : logisticFormula(steepness);
  for (let i = 0; i < out.length; i++) out[i] = Number.isNaN(slope[i]) ? Number.NaN : formula(slope[i]);
  return out;
}

function bandFormula(bands: SineBands): (slopeDegrees: number) => number {
  const { below, square, factor, summand, maxSlopeDegrees } = singleBands(bands);
  return (slopeDegrees) => {
    const degrees = Math.min(slopeDegrees, maxSlopeDegrees);
    let band = 0;
    while (!(degrees < below[band]) && band < below.length - 1) band++;
    const sine = singleSine(degrees);
    return fround(fround(fround(fround(square[band] * sine) + factor[band]) * sine) + summand[band]);
  };
}

/** Bands in single precision; a float32 slope falls in the same band. */
export function singleBands({ bands, maxSlopeDegrees }: SineBands) {
  return {
    below: Float32Array.from(bands, ({ below }) => leastFloatFrom(below)),
    square: Float32Array.from(bands, ({ square }) => square),
    factor: Float32Array.from(bands, ({ factor }) => factor),
    summand: Float32Array.from(bands, ({ summand }) => summand),
    maxSlopeDegrees: fround(maxSlopeDegrees ?? Number.POSITIVE_INFINITY),
  };
}

/** The least float32 that is not below a positive number. */
function leastFloatFrom(limit: number): number {
  const float = Float32Array.of(limit);
  if (float[0]! < limit) new Int32Array(float.buffer)[0]! += 1;
  return float[0]!;
}

/**
 * With e₀ = exp(start) and w = exp(−rate·sinθ) − 1 it is (S₀ + least·e₀·w)/(1 + e₀·(1 + w)), S₀ = least + range + least·e₀:
 * near level ground, where least and the quotient nearly cancel, no digits are lost.
 */
function logisticFormula(logistic: SineLogistic): (slopeDegrees: number) => number {
  const { growthPerSine, level, tilt, odds } = singleLogistic(logistic);
  return (slopeDegrees) => {
    const growth = singleGrowth(fround(growthPerSine * singleSine(slopeDegrees)));
    const numerator = fround(level + fround(tilt * growth));
    return fround(numerator / fround(1 + fround(odds * fround(1 + growth))));
  };
}

/** Constants of the logistic function in single precision: −rate/ln 2, S₀, least·e₀ and e₀. */
export function singleLogistic({ least, range, start, rate }: SineLogistic) {
  const odds = power(Math.E, start);
  return {
    growthPerSine: fround(-rate / Math.LN2),
    level: fround(least + range + least * odds),
    tilt: fround(least * odds),
    odds: fround(odds),
  };
}
