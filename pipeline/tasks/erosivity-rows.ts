import type { AnnualKernels } from '../../models/kernels/annual-kernels.ts';
import type { RowPlace } from './strip-inputs.ts';

/**
 * Reads rainfall erosivity of rows, MJ·mm·hm⁻²·h⁻¹·a⁻¹; the annual value of half-months is their sum.
 * @param annual receives the annual value
 * @returns the 24 half-months, where the rain data allow them
 */
export function readErosivity(
  { strip, first, count }: RowPlace,
  kernels: AnnualKernels,
  annual: Float32Array,
): Float32Array[] | undefined {
  const layer = strip.layers.get('erosivity')!;
  if (layer.bandCount === 1) {
    layer.readInto(first, count, annual);
    return undefined;
  }
  const bands = layer.values(first, count);
  kernels.sumBands(bands, annual);
  return bands;
}
