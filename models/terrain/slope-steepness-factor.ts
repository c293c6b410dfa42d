/** S as a function of the slope angle, degrees. */
export type SlopeSteepnessMethod = (slopeDegrees: number) => number;

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
