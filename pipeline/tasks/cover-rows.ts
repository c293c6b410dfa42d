import type { CoverParameters } from './erosion-parameters.ts';
import type { RowPlace } from './strip-inputs.ts';

/** Vegetation cover of rows, fractions 0–1, one array per band; NDVI becomes cover between its end members. */
export function readCover(cover: CoverParameters, { strip, first, count }: RowPlace): Float32Array[] {
  const bands = strip.layers.get('cover')!.read(first, count);
  if (cover.kind === 'cover') return bands;
  const { soil, vegetation } = cover;
  for (const band of bands)
    for (let i = 0; i < band.length; i++) band[i] = Math.min(1, Math.max(0, (band[i]! - soil) / (vegetation - soil)));
  return bands;
}
