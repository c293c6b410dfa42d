import type { AnnualKernels } from '../../models/kernels/annual-kernels.ts';
import type { ErosivityLines } from '../../models/kernels/half-month-kernels.ts';
import type { RowPlace } from './strip-inputs.ts';

/**
 * Reads rainfall erosivity of rows, MJ·mm·hm⁻²·h⁻¹·a⁻¹. The annual value of half-months is their sum, taken at the places of
 * their lines: between them it is as straight as they are.
 * @param yearLine receives the lines of the year
 * @param annual receives the annual value
 * @returns the 24 half-months, where the rain data allow them
 */
export function readErosivity(
  { strip, first, count }: RowPlace,
  kernels: AnnualKernels,
  yearLine: Float64Array,
  annual: Float32Array,
): ErosivityLines | undefined {
  const layer = strip.layers.get('erosivity')!;
  if (layer.bandCount === 1) {
    layer.readInto(first, count, annual);
    return undefined;
  }
  const halfMonths = layer.allLines(first, count);
  kernels.sumLines(halfMonths, yearLine);
  const year = { ...halfMonths, bands: 1, line: yearLine };
  kernels.alongLines(year, [annual], 0);
  return { halfMonths, year };
}
