import gdal from 'gdal-async';
import { type PixelArray, type PixelType, pixelArray, pixelTypeOf } from '../../pipeline/formats/pixel-type.ts';
import { type Codec, codecOptions } from '../../pipeline/formats/raster-write.ts';

/** Decodes every band of a raster with GDAL and does nothing with it. */
export function decode(path: string): void {
  const dataset = gdal.open(path);
  const { x, y } = dataset.rasterSize;
  for (let band = 1; band <= dataset.bands.count(); band++) {
    const { dataType, pixels } = dataset.bands.get(band);
    pixels.read(0, 0, x, y, pixelArray(dataType!, x * y) as never);
  }
  dataset.close();
}

/** A raster of one band held in memory, to be encoded again. */
export interface HeldRaster {
  readonly width: number;
  readonly height: number;
  readonly data: PixelArray;
}

/** Reads a raster of one band. */
export function hold(path: string): HeldRaster {
  const dataset = gdal.open(path);
  const { x, y } = dataset.rasterSize;
  const { dataType, pixels } = dataset.bands.get(1);
  const data = pixelArray(dataType!, x * y);
  pixels.read(0, 0, x, y, data as never);
  dataset.close();
  return { width: x, height: y, data };
}

/** Encodes a raster with GDAL as those of a codec are, without position, names or nodata. */
export function encode(path: string, { width, height, data }: HeldRaster, codec: Codec = 'working'): void {
  const type: PixelType = pixelTypeOf(data);
  const options = ['TILED=YES', 'BLOCKXSIZE=512', 'BLOCKYSIZE=512', ...codecOptions(codec, type)];
  const dataset = gdal.drivers.get('GTiff').create(path, width, height, 1, type, options);
  dataset.bands.get(1).pixels.write(0, 0, width, height, data.subarray() as never);
  dataset.close();
}

/** Reads all bands of a raster. */
export function holdBands(path: string): HeldRaster[] {
  const dataset = gdal.open(path);
  const { x, y } = dataset.rasterSize;
  const bands = Array.from({ length: dataset.bands.count() }, (_, band) => {
    const { dataType, pixels } = dataset.bands.get(band + 1);
    const data = pixelArray(dataType!, x * y);
    pixels.read(0, 0, x, y, data as never);
    return { width: x, height: y, data };
  });
  dataset.close();
  return bands;
}

/** Encodes rasters of one band each, one after the other, in the same place. */
export function encodeBands(path: string, bands: readonly HeldRaster[]): void {
  for (const band of bands) encode(path, band);
}
