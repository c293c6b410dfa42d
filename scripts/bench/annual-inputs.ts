import { join } from 'node:path';
import type { GridSpec } from '../../models/grid/grid-spec.ts';
import type { PixelArray } from '../../pipeline/formats/pixel-type.ts';
import { writeRaster } from '../../pipeline/formats/raster-write.ts';
import { codesItem } from '../../pipeline/tasks/tile-inputs.ts';

/** Side of the tile in cells of 10 m. */
export const side = 1024;

export const benchGrid: GridSpec = {
  crs: 'EPSG:4544',
  cellSizeMetres: 10,
  originX: 400_000,
  originY: 3_800_000,
  width: side,
  height: side,
};

/** Whole numbers that look random, the same for the same place. */
const hash = (x: number, y: number, seed: number): number => {
  let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  return (h ^ (h >>> 13)) >>> 0;
};
const noise = (x: number, y: number, seed: number): number => hash(x, y, seed) / 2 ** 32;

/** Smooth hills between 0 and 1 with some noise of each pixel, as soil and cover have it. */
const hills = (x: number, y: number, seed: number, roughness: number): number =>
  (0.5 + 0.25 * Math.sin(x / 97 + seed) + 0.25 * Math.cos(y / 71 - seed) * Math.sin((x + y) / 43)) * (1 - roughness) +
  roughness * noise(x, y, seed);

/** Patches of a side in pixels, each with a number below `count`. */
const patch = (x: number, y: number, size: number, count: number, seed: number): number =>
  hash(Math.floor(x / size), Math.floor(y / size), seed) % count;

const landUses = [11, 13, 13, 21, 31, 31, 32, 41, 41, 42, 52, 71];

/** Writes a raster of a resolution over the tile; two pixels reach beyond it where it is coarser. */
async function layer(
  directory: string,
  name: string,
  metres: number,
  bandCount: number,
  make: (length: number) => PixelArray,
  value: (x: number, y: number, band: number) => number,
  options: { readonly nodata?: number; readonly metadata?: Readonly<Record<string, string>> } = {},
): Promise<void> {
  const margin = metres > 10 ? 2 : 0;
  const width = Math.ceil((side * 10) / metres) + 2 * margin;
  const origin = margin * metres;
  const bands = Array.from({ length: bandCount }, (_, band) => {
    const data = make(width * width);
    for (let y = 0; y < width; y++) for (let x = 0; x < width; x++) data[y * width + x] = value(x, y, band);
    return options.nodata === undefined ? { data } : { data, nodata: options.nodata };
  });
  await writeRaster(join(directory, `${name}.tif`), {
    grid: {
      crs: benchGrid.crs,
      geotransform: [benchGrid.originX - origin, metres, 0, benchGrid.originY + origin, 0, -metres],
      width,
      height: width,
    },
    codec: 'working',
    bands,
    ...(options.metadata ? { metadata: options.metadata } : {}),
  });
}

const floats = (length: number) => new Float32Array(length);
const bytes = (length: number) => new Uint8Array(length);
const words = (length: number) => new Uint16Array(length);

/** Inputs of one tile: terrain, zones, land use, measures; erosivity, soil and cover ready on the grid and coarser. */
export async function writeAnnualInputs(directory: string): Promise<void> {
  const terrain = [60, 6, 12];
  await layer(directory, 'terrain', 10, 3, floats, (x, y, band) => hills(x, y, band, 0.05) * terrain[band]!, {
    nodata: Number.NaN,
  });
  await layer(directory, 'zones', 10, 1, words, (x, y) => 1 + patch(x, y, 256, 9, 3));
  await layer(directory, 'land-use', 10, 1, bytes, (x, y) => landUses[patch(x, y, 12, landUses.length, 4)]!, {
    nodata: 0,
  });
  for (const name of ['engineering', 'tillage'])
    await layer(directory, name, 10, 1, words, (x, y) => patch(x, y, 40, 4, name.length), {
      metadata: { [codesItem]: JSON.stringify(['1', '2', '3']) },
    });
  await layer(directory, 'erosivity-year', 10, 1, floats, (x, y) => 1500 + hills(x, y, 5, 0) * 3000);
  await layer(directory, 'erosivity-24', 1000, 24, floats, (x, y, band) => hills(x * 20, y * 20, band, 0) * 200);
  await layer(directory, 'erodibility', 10, 1, floats, (x, y) => Math.fround(0.02 + patch(x, y, 60, 50, 6) / 2000));
  const texture = { sand: 40, silt: 45, clay: 15 };
  for (const [name, percent] of Object.entries(texture)) await layer(directory, name, 90, 1, floats, () => percent);
  await layer(directory, 'organic', 90, 1, floats, (x, y) => 0.3 + hills(x, y, 8, 0.1) * 2);
  for (const metres of [10, 30]) {
    const cover = (x: number, y: number, band: number) => Math.round(hills(x, y, band / 8, 0.1) * 100);
    await layer(directory, `cover-${metres}`, metres, 24, bytes, cover, { nodata: 255 });
    await layer(directory, `understorey-${metres}`, metres, 1, bytes, (x, y) => Math.round(hills(x, y, 9, 0.1) * 100), {
      nodata: 255,
    });
  }
}
