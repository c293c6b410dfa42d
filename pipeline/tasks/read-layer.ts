import type { GridSpec } from '../../models/grid/grid-spec.ts';
import { alignRaster } from '../formats/align.ts';
import type { LayerParameters } from './erosion-parameters.ts';

/** Values of a layer on a target grid, bilinear or averaged where the layer is finer: float32 per band, NaN for nodata and for values outside the layer's range. */
export async function readContinuous(path: string, layer: LayerParameters, target: GridSpec): Promise<Float32Array[]> {
  const aligned = await alignRaster({
    path,
    bands: [...layer.bands],
    target,
    resampling: 'area',
    ...overrides(layer),
    scale: layer.scale,
    offset: layer.offset,
    validRange: layer.range,
  });
  return aligned.data.map((band) => (band instanceof Float32Array ? band : Float32Array.from(band)));
}

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
