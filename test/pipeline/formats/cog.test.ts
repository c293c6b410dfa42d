import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { halveByMean } from '../../../models/grid/halve.ts';
import { blockSize, blockWindow, pyramidLevels } from '../../../models/grid/pyramid.ts';
import { assembleCog, type BlockSource } from '../../../pipeline/formats/cog.ts';
import { gdal } from '../../../pipeline/formats/gdal.ts';
import { openRaster } from '../../../pipeline/formats/raster-read.ts';
import { type Codec, writeRaster } from '../../../pipeline/formats/raster-write.ts';

const [width, height] = [1300, 700];
const grid = { crs: 'EPSG:4544', cellSizeMetres: 10, originX: 450000, originY: 3950000, width, height };
const values = Float32Array.from({ length: width * height }, (_, i) =>
  i % 97 === 0 ? Number.NaN : Math.fround(Math.sin(i / 50) * 100),
);
const levels = pyramidLevels(width, height);
const halves = [values, halveByMean(values, width, height)];
const [main, overview] = levels;
halves.push(halveByMean(halves[1]!, overview!.width, overview!.height));

const cut = (level: number, window: { x0: number; y0: number; width: number; height: number }): Float32Array => {
  const out = new Float32Array(window.width * window.height);
  const whole = halves[level]!;
  for (let row = 0; row < window.height; row++) {
    const from = (window.y0 + row) * levels[level]!.width + window.x0;
    out.set(whole.subarray(from, from + window.width), row * window.width);
  }
  return out;
};

const bytes = (array: ArrayBufferView): Buffer => Buffer.from(array.buffer, array.byteOffset, array.byteLength);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shuibao-cog-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes tiles of some whole blocks and single overview blocks, and joins them. */
async function make(name: string, blocksPerTile: number, codec: Codec): Promise<string> {
  const block = async (path: string, level: number, window: ReturnType<typeof blockWindow>) =>
    writeRaster(path, {
      grid: { crs: null, geotransform: [0, 1, 0, 0, 0, -1], width: window.width, height: window.height },
      bands: [{ data: cut(level, window) }],
      codec,
      exactBlockSize: blockSize,
    });
  const sources = new Map<string, BlockSource>();
  const side = blocksPerTile * blockSize;
  for (let y0 = 0; y0 < height; y0 += side)
    for (let x0 = 0; x0 < width; x0 += side) {
      const tile = { x0, y0, width: Math.min(side, width - x0), height: Math.min(side, height - y0) };
      const path = join(folder, `${name}-${x0}-${y0}.tif`);
      await block(path, 0, tile);
      const columns = Math.ceil(tile.width / blockSize);
      for (let index = 0; index < columns * Math.ceil(tile.height / blockSize); index++)
        sources.set(`0/${x0 / blockSize + (index % columns)}/${y0 / blockSize + Math.floor(index / columns)}`, {
          path,
          index,
        });
    }
  for (const level of levels.slice(1))
    for (let row = 0; row < level.rows; row++)
      for (let column = 0; column < level.columns; column++) {
        const path = join(folder, `${name}-o${level.level}-${column}-${row}.tif`);
        await block(path, level.level, blockWindow(level, column, row));
        sources.set(`${level.level}/${column}/${row}`, { path, index: 0 });
      }
  const path = join(folder, `${name}.tif`);
  await assembleCog(path, {
    grid,
    type: 'Float32',
    codec,
    band: { nodata: Number.NaN, unit: 't·km⁻²·a⁻¹', description: '侵蚀模数' },
    metadata: { SHUIBAO_YEAR: '2024' },
    levels,
    block: (level, column, row) => sources.get(`${level.level}/${column}/${row}`)!,
  });
  return path;
}

describe('a Cloud-Optimized GeoTIFF put together from blocks', () => {
  it.each(['deliverable', 'deliverable-zstd'] as const)('holds every value, tag and overview (%s)', async (codec) => {
    const path = await make(codec, 1, codec);
    const raster = openRaster(path);
    expect(raster).toMatchObject({ width, height, crs: 'EPSG:4544', metadata: { SHUIBAO_YEAR: '2024' } });
    expect(raster.geotransform).toEqual([450000, 10, 0, 3950000, 0, -10]);
    expect(raster.bands[0]).toMatchObject({ nodata: Number.NaN, unit: 't·km⁻²·a⁻¹', description: '侵蚀模数' });
    expect(bytes(await raster.read(1)).equals(bytes(values))).toBe(true);
    raster.close();
    const dataset = gdal.open(path);
    const band = dataset.bands.get(1);
    expect(band.overviews.count()).toBe(2);
    for (const level of levels.slice(1)) {
      const { x, y } = band.overviews.get(level.level - 1).size;
      expect([x, y]).toEqual([level.width, level.height]);
      const read = band.overviews.get(level.level - 1).pixels.read(0, 0, x, y);
      expect(bytes(read).equals(bytes(halves[level.level]!))).toBe(true);
    }
    expect(dataset.getMetadata('IMAGE_STRUCTURE')).toMatchObject({ LAYOUT: 'COG' });
    dataset.close();
  });

  it('has the same bytes from tiles of any whole number of blocks', async () => {
    const one = await readFile(await make('one', 1, 'deliverable'));
    const two = await readFile(await make('two', 2, 'deliverable'));
    const all = await readFile(await make('all', 4, 'deliverable'));
    expect(two.equals(one)).toBe(true);
    expect(all.equals(one)).toBe(true);
  });

  it('refuses files of other blocks, rather than joining what does not fit', async () => {
    const path = join(folder, 'other.tif');
    await writeRaster(path, { grid, bands: [{ data: values }], codec: 'deliverable', blockSize: 256 });
    await expect(
      assembleCog(join(folder, 'none.tif'), {
        grid,
        type: 'Float32',
        codec: 'deliverable',
        band: {},
        levels: [main!],
        block: () => ({ path, index: 0 }),
      }),
    ).rejects.toThrow('256');
  });
});
