import type { GridSpec } from '../../models/grid/grid-spec.ts';
import type { CoverParameters } from './erosion-parameters.ts';
import { readContinuous } from './read-layer.ts';

/** Vegetation cover of a window, fractions 0–1, one array per band; NDVI becomes cover between its end members. */
export async function readCover(path: string, cover: CoverParameters, target: GridSpec): Promise<Float32Array[]> {
  const bands = await readContinuous(path, cover.layer, target);
  if (cover.kind === 'cover') return bands;
  const { soil, vegetation } = cover;
  return bands.map((band) => band.map((ndvi) => Math.min(1, Math.max(0, (ndvi - soil) / (vegetation - soil)))));
}
