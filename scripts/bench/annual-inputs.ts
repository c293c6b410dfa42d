import { spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type CellWindow, type GridSpec, windowGrid } from '../../models/grid/grid-spec.ts';
import { tileFrames, tileLayout } from '../../models/grid/tile-layout.ts';
import type { PixelArray } from '../../pipeline/formats/pixel-type.ts';
import { writeRaster } from '../../pipeline/formats/raster-write.ts';
import { codesItem } from '../../pipeline/tasks/tile-inputs.ts';

/** Grid of a square region of 10 m cells. */
export const regionGrid = (side: number): GridSpec => ({
  crs: 'EPSG:4544',
  cellSizeMetres: 10,
  originX: 400_000,
  originY: 3_800_000,
  width: side,
  height: side,
});

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

interface Options {
  readonly nodata?: number;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Pixels after which content repeats: blocks are packed one by one, so no codec gains by it, and making it takes no time. */
const period = 1024;

/** A layer of a region: its pixels and what they hold. */
class Layer {
  private readonly metres: number;
  private readonly patterns: readonly PixelArray[];
  private readonly options: Options;

  constructor(
    metres: number,
    bandCount: number,
    make: (length: number) => PixelArray,
    value: (x: number, y: number, band: number) => number,
    options: Options = {},
  ) {
    this.metres = metres;
    this.options = options;
    this.patterns = Array.from({ length: bandCount }, (_, band) => {
      const data = make(period * period);
      for (let y = 0; y < period; y++) for (let x = 0; x < period; x++) data[y * period + x] = value(x, y, band);
      return data;
    });
  }

  /** Writes it over a window of a region; two pixels reach beyond where they are coarser than the cells. */
  async write(path: string, region: GridSpec, window: CellWindow): Promise<void> {
    const { metres, patterns, options } = this;
    const margin = metres > region.cellSizeMetres ? 2 : 0;
    const count = (cells: number) => Math.ceil((cells * region.cellSizeMetres) / metres) + 2 * margin;
    const [width, height] = [count(window.width), count(window.height)];
    const { originX, originY } = windowGrid(region, window);
    const data = (pattern: PixelArray): PixelArray => {
      const band = new (pattern.constructor as new (length: number) => PixelArray)(width * height);
      for (let y = 0; y < height; y++) {
        const row = ((window.y0 + y) % period) * period;
        for (let x = 0; x < width; ) {
          const start = (window.x0 + x) % period;
          const run = Math.min(period - start, width - x);
          band.set(pattern.subarray(row + start, row + start + run) as never, y * width + x);
          x += run;
        }
      }
      return band;
    };
    await writeRaster(path, {
      grid: {
        crs: region.crs,
        geotransform: [originX - margin * metres, metres, 0, originY + margin * metres, 0, -metres],
        width,
        height,
      },
      codec: 'working',
      bands: patterns.map((pattern) => ({
        data: data(pattern),
        ...(options.nodata === undefined ? {} : { nodata: options.nodata }),
      })),
      ...(options.metadata ? { metadata: options.metadata } : {}),
    });
  }
}

const floats = (length: number) => new Float32Array(length);
const bytes = (length: number) => new Uint8Array(length);
const words = (length: number) => new Uint16Array(length);

/** Inputs that belong to a tile in a run, and that other programs read as one raster of the region. */
const tileInputNames: readonly string[] = ['terrain', 'zones', 'engineering', 'tillage'];

/** Path of an input of a region for a tile of a size: its own where the input is one of tiles, else that of the region. */
export function annualInputPath(directory: string, name: string, tileSize: number, tile: string): string {
  return tileInputNames.includes(name)
    ? join(directory, `tiles-${tileSize}`, `${name}-${tile}.tif`)
    : join(directory, `${name}.tif`);
}

/**
 * Writes inputs of a region: of terrain, zones and measures, whole and by tiles of each size; land use; erosivity, soil and cover
 * ready on the grid and coarser.
 */
export async function writeAnnualInputs(
  directory: string,
  region: GridSpec,
  names: ReadonlySet<string>,
  tileSizes: readonly number[],
): Promise<void> {
  const whole = { x0: 0, y0: 0, width: region.width, height: region.height };
  const terrain = [60, 6, 12];
  const percent = (value: number) => Math.round(value * 100);
  const codes = { metadata: { [codesItem]: JSON.stringify(['1', '2', '3']) } };
  const measure = (name: string) => new Layer(10, 1, words, (x, y) => patch(x, y, 40, 4, name.length), codes);
  const layers: Readonly<Record<string, () => Layer>> = {
    terrain: () =>
      new Layer(10, 3, floats, (x, y, band) => hills(x, y, band, 0.05) * terrain[band]!, { nodata: Number.NaN }),
    zones: () => new Layer(10, 1, words, (x, y) => 1 + patch(x, y, 256, 9, 3)),
    engineering: () => measure('engineering'),
    tillage: () => measure('tillage'),
    'land-use': () => new Layer(10, 1, bytes, (x, y) => landUses[patch(x, y, 12, landUses.length, 4)]!, { nodata: 0 }),
    'erosivity-year': () => new Layer(10, 1, floats, (x, y) => 1500 + hills(x, y, 5, 0) * 3000),
    'erosivity-24': () => new Layer(1000, 24, floats, (x, y, band) => hills(x * 20, y * 20, band, 0) * 200),
    erodibility: () => new Layer(10, 1, floats, (x, y) => Math.fround(0.02 + patch(x, y, 60, 50, 6) / 2000)),
    sand: () => new Layer(90, 1, floats, () => 40),
    silt: () => new Layer(90, 1, floats, () => 45),
    clay: () => new Layer(90, 1, floats, () => 15),
    organic: () => new Layer(90, 1, floats, (x, y) => 0.3 + hills(x, y, 8, 0.1) * 2),
    ...Object.fromEntries(
      [10, 30].flatMap((metres) => [
        [
          `cover-${metres}`,
          () => new Layer(metres, 24, bytes, (x, y, band) => percent(hills(x, y, band / 8, 0.1)), { nodata: 255 }),
        ],
        [
          `understorey-${metres}`,
          () => new Layer(metres, 1, bytes, (x, y) => percent(hills(x, y, 9, 0.1)), { nodata: 255 }),
        ],
      ]),
    ),
  };
  for (const size of tileSizes) await mkdir(join(directory, `tiles-${size}`), { recursive: true });
  for (const [name, make] of Object.entries(layers)) {
    if (!names.has(name)) continue;
    const layer = make();
    await layer.write(join(directory, `${name}.tif`), region, whole);
    if (!tileInputNames.includes(name)) continue;
    for (const size of tileSizes)
      for (const tile of tileFrames(tileLayout(region.width, region.height, size)))
        await layer.write(annualInputPath(directory, name, size, tile.id), region, tile);
  }
  // Else the system writes them to the disk while the first program is measured, which then waits for its own.
  spawnSync('sync', ['-f', directory]);
}
