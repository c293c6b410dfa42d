import type { GridSpec } from '../../models/grid/grid-spec.ts';
import { alignRaster } from '../formats/align.ts';
import type { LayerParameters } from './erosion-parameters.ts';

/** Stored class codes on a target grid by the nearest cell: float64-exact numbers, NaN for nodata. */
export async function readClasses(path: string, layer: LayerParameters, target: GridSpec): Promise<Float32Array> {
  const aligned = await alignRaster({
    path,
    bands: [...layer.bands],
    target,
    resampling: 'nearest',
    ...overrides(layer),
    validRange: layer.range,
  });
  const [band] = aligned.data;
  return band instanceof Float32Array ? band : Float32Array.from(band!);
}

function overrides(layer: LayerParameters): { sourceCrs?: string; sourceNodata?: number } {
  return {
    ...(layer.crs === null ? {} : { sourceCrs: layer.crs }),
    ...(layer.nodata === null ? {} : { sourceNodata: layer.nodata }),
  };
}
