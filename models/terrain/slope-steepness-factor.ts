/** S as a function of the slope angle, degrees. */
export type SlopeSteepnessMethod = (slopeDegrees: number) => number;

/** S that is linear in the sine by bands of slope, laid out for compiled kernels: an account of a formula. */
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
