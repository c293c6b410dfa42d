import { singleSine } from '../arithmetic/single-sine.ts';

/** S as a function of the slope angle, degrees. */
export type SlopeSteepnessMethod = (slopeDegrees: number) => number;

/** S that is linear in the sine by bands of slope: an account of a formula that rasters are computed from. */
export interface SineBands {
  /** Slopes below this (degrees, from band to band higher, ∞ in the last) have S = factor·sinθ + summand. */
  readonly bands: readonly { readonly below: number; readonly factor: number; readonly summand: number }[];
  /** Steeper slopes count as this. */
  readonly maxSlopeDegrees: number | null;
}

/**
 * S raster by any published steepness formula.
 *
 * @param slope degrees, float32, NaN = nodata
 * @returns float32, NaN = nodata
 */
export function slopeSteepnessFactor(
  slope: Float32Array,
  formula: SlopeSteepnessMethod,
  out: Float32Array = new Float32Array(slope.length),
): Float32Array {
  for (let i = 0; i < out.length; i++) out[i] = Number.isNaN(slope[i]) ? Number.NaN : formula(slope[i]);
  return out;
}

/**
 * S raster by bands, in single precision: within 10⁻⁶ of the formula in double. Each step is rounded to float32, so that a
 * compiled kernel on four cells at once gives the same bits.
 *
 * @param slope degrees, float32, NaN = nodata
 * @returns float32, NaN = nodata
 */
export function bandedSteepnessFactor(
  slope: Float32Array,
  bands: SineBands,
  out: Float32Array = new Float32Array(slope.length),
): Float32Array {
  const single = singleBands(bands);
  for (let i = 0; i < out.length; i++) {
    if (Number.isNaN(slope[i])) {
      out[i] = Number.NaN;
      continue;
    }
    const degrees = Math.min(slope[i], single.maxSlopeDegrees);
    let band = 0;
    while (!(degrees < single.below[band]) && band < single.below.length - 1) band++;
    out[i] = fround(fround(single.factor[band] * singleSine(degrees)) + single.summand[band]);
  }
  return out;
}

const { fround } = Math;

/** Bands in single precision; a float32 slope falls in the same band. */
export function singleBands({ bands, maxSlopeDegrees }: SineBands) {
  return {
    below: Float32Array.from(bands, ({ below }) => leastFloatFrom(below)),
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
