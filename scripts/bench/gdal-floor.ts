import gdal from 'gdal-async';
import { type PixelArray, type PixelType, pixelArray, pixelTypeOf } from '../../pipeline/formats/pixel-type.ts';
import { type Codec, codecOptions } from '../../pipeline/formats/raster-write.ts';

/** Side of the windows in which rasters are decoded: whole blocks. */
const side = 2048;

/* One array for all windows of a type: new memory would cost time of its own. */
const rooms = new Map<string, PixelArray>();

/** Decodes every band of a raster with GDAL, window by window, and does nothing with it. */
export function decode(path: string): void {
  const dataset = gdal.open(path);
  const { x, y } = dataset.rasterSize;
  for (let band = 1; band <= dataset.bands.count(); band++) {
    const { dataType, pixels } = dataset.bands.get(band);
    const room = rooms.get(dataType!) ?? pixelArray(dataType!, side * side);
    rooms.set(dataType!, room);
    for (let y0 = 0; y0 < y; y0 += side)
      for (let x0 = 0; x0 < x; x0 += side) {
        const [width, height] = [Math.min(side, x - x0), Math.min(side, y - y0)];
        pixels.read(x0, y0, width, height, room.subarray(0, width * height) as never);
      }
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
