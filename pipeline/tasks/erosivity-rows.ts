import type { RowPlace } from './tile-inputs.ts';

/**
 * Reads rainfall erosivity of rows, MJ·mm·hm⁻²·h⁻¹·a⁻¹; the annual value of half-months is their sum.
 * @param annual receives the annual value
 * @returns the 24 half-months, where the rain data allow them
 */
export function readErosivity({ strip, first, count }: RowPlace, annual: Float32Array): Float32Array[] | undefined {
  const bands = strip.layers.get('erosivity')!.read(first, count);
  if (bands.length === 1) {
    annual.set(bands[0]!);
    return undefined;
  }
  const sums = new Float64Array(annual.length);
  for (const band of bands) for (let cell = 0; cell < sums.length; cell++) sums[cell]! += band[cell]!;
  annual.set(sums);
  return bands;
}
