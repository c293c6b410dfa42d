import { readFile } from 'node:fs/promises';
import { fromArrayBuffer } from 'geotiff';

/** A band read for comparison in tests. */
export interface TestRaster {
  readonly width: number;
  readonly height: number;
  readonly cellSize: number;
  readonly values: Float64Array;
}

/** First band of a GeoTIFF; nodata becomes NaN. */
export async function readTestRaster(path: string): Promise<TestRaster> {
  const file = await readFile(path);
  const tiff = await fromArrayBuffer(
    file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer,
  );
  const image = await tiff.getImage();
  const band = (await image.readRasters({ samples: [0] }))[0] as Float32Array;
  const nodata = image.getGDALNoData();
  const values = Float64Array.from(band, (value) => (isNodata(value, nodata) ? Number.NaN : value));
  return { width: image.getWidth(), height: image.getHeight(), cellSize: image.getResolution()[0]!, values };
}

// Files spell nodata in decimal; the stored value is the float32 nearest to it.
function isNodata(value: number, nodata: number | null): boolean {
  return (
    Number.isNaN(value) || (nodata !== null && (value === nodata || value === Math.fround(nodata))) || value < -1e38
  );
}

/** An Esri ASCII grid. */
export async function readAsciiGrid(path: string): Promise<TestRaster> {
  const words = (await readFile(path, 'latin1')).split(/\s+/).filter((word) => word !== '');
  const header: Record<string, number> = {};
  let at = 0;
  while (/^[a-z_]+$/i.test(words[at]!)) {
    header[words[at]!.toLowerCase()] = Number(words[at + 1]);
    at += 2;
  }
  const values = Float64Array.from(words.slice(at), (word) => {
    const value = Number(word);
    return value === header.nodata_value ? Number.NaN : value;
  });
  return { width: header.ncols!, height: header.nrows!, cellSize: header.cellsize!, values };
}
