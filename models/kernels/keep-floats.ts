/** Values that a raster may hold, after scale and offset. */
export interface ValidRange {
  readonly low: number;
  readonly high: number;
  readonly scale: number;
  readonly offset: number;
}

/**
 * Floats from here on mean "no data": writers spell it as the most negative float in many ways (-3.4e38, -3.4028235e38,
 * 1.7e38 …); nothing measured on land comes near.
 */
export const hugeFloat = 1e37;

/**
 * Puts NaN in the place of what is no value.
 * @param values floats as they are stored
 * @param nodata number that stands for "no data"; NaN where there is none
 * @param range values × scale + offset outside low … high are none either
 */
export function keepFloats(values: Float32Array, nodata: number, range: ValidRange): void {
  const { low, high, scale, offset } = range;
  const none = Math.fround(nodata);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    const result = value * scale + offset;
    const isValue = result >= low && result <= high && value !== none && Math.abs(value) < hugeFloat;
    if (!isValue) values[i] = Number.NaN;
  }
}
