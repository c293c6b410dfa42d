import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeRaster, openRaster, readTile } from '../../../pipeline/formats/raster-read.ts';
import { createRaster, writeRaster } from '../../../pipeline/formats/raster-write.ts';
import { seededRandom } from '../../support/terrains.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shuibao-write-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const grid = { crs: 'EPSG:4544', cellSizeMetres: 10, originX: 400_000, originY: 3_800_000, width: 70, height: 40 };
const digest = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');
const ramp = (length: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => (i % 7 === 0 ? Number.NaN : i / 3));

describe('writing rasters', () => {
  for (const codec of ['working', 'working-unpacked', 'deliverable'] as const) {
    it(`round-trips values, place, nodata, unit and name with the ${codec} codec`, async () => {
      const path = join(folder, `${codec}.tif`);
      const data = ramp(2800);
      const band = { data, nodata: Number.NaN, description: '侵蚀模数 erosion modulus', unit: 't/(km²·a)' };
      await writeRaster(path, { grid, codec, bands: [band], metadata: { shuibao: '1', method: 'CSLE' } });
      const tile = await readTile(path);
      expect(Float32Array.from(tile.data[0]!)).toEqual(data);
      expect(tile).toMatchObject({
        width: 70,
        height: 40,
        crs: 'EPSG:4544',
        metadata: { shuibao: '1', method: 'CSLE' },
      });
      expect(tile.geotransform).toEqual([400_000, 10, 0, 3_800_000, 0, -10]);
      expect(tile.bands[0]).toMatchObject({ dataType: 'Float32', nodata: Number.NaN });
      expect(tile.bands[0]).toMatchObject({ unit: 't/(km²·a)', description: '侵蚀模数 erosion modulus' });
    });
  }

  it('stores class colours and names inside the file and leaves no side file', async () => {
    const path = join(folder, 'classes.tif');
    const data = Uint8Array.from({ length: 2800 }, (_, i) => i % 7);
    await writeRaster(path, {
      grid,
      codec: 'deliverable',
      bands: [{ data, nodata: 0, colourTable: { 1: [1, 2, 3], 6: [200, 0, 0] }, categories: { 1: '微度', 6: '剧烈' } }],
    });
    const { bands } = describeRaster(path);
    expect(bands[0]!.metadata).toEqual({ category_1: '微度', category_6: '剧烈' });
    expect(bands[0]!.nodata).toBe(0);
    expect(readdirSync(folder).filter((name) => name.startsWith('classes'))).toEqual(['classes.tif']);
  });

  it('keeps unpacked values as they are, and nothing of blocks without data', async () => {
    const [width, height, blockSize] = [200, 120, 64];
    const random = seededRandom(3);
    const row = (i: number) => Math.floor(i / width);
    // Two rows of blocks hold nothing, the second of them cut off by the edge.
    const data = Float32Array.from({ length: width * height }, (_, i) => (row(i) < 64 ? random() : Number.NaN));
    const at = { grid: { ...grid, width, height }, blockSize, bands: [{ data, nodata: Number.NaN }] } as const;
    const path = join(folder, 'unpacked.tif');
    await writeRaster(path, { ...at, codec: 'working-unpacked' });
    expect(Float32Array.from((await readTile(path)).data[0]!)).toEqual(data);
    const blocks = 4 * 64 ** 2 * 4;
    expect(statSync(path).size).toBeGreaterThan(blocks);
    expect(statSync(path).size).toBeLessThan(blocks + 2000);
    await writeRaster(join(folder, 'packed.tif'), { ...at, codec: 'deliverable' });
    expect(statSync(join(folder, 'packed.tif')).size).toBeLessThan(0.95 * blocks);
  });

  it('gives the same bytes for the same input', async () => {
    const write = async (name: string): Promise<string> => {
      const path = join(folder, name);
      const bands = [1, 2].map((n) => ({
        data: ramp(2800),
        description: `layer ${n}`,
        metadata: { b: '2', a: String(n) },
      }));
      await writeRaster(path, { grid, codec: 'working', bands });
      return digest(path);
    };
    expect(await write('first.tif')).toBe(await write('second.tif'));
  });

  it('fills a raster window by window', async () => {
    const path = join(folder, 'windows.tif');
    const writer = createRaster(path, { grid, codec: 'working' }, 'Int32', [{ description: 'zones' }]);
    await writer.write(1, { x0: 0, y0: 0, width: 70, height: 20 }, new Int32Array(1400).fill(70_000));
    await writer.write(1, { x0: 0, y0: 20, width: 70, height: 20 }, new Int32Array(1400).fill(-5));
    writer.close();
    const raster = openRaster(path);
    const values = await raster.read(1, { x0: 69, y0: 18, width: 1, height: 4 });
    raster.close();
    expect([...values]).toEqual([70_000, 70_000, -5, -5]);
  });

  it('gives exact blocks the same bytes written at once, in strips and one by one, past the edge of the raster too', async () => {
    const data = ramp(2800);
    const write = async (name: string, rows: number): Promise<string> => {
      const path = join(folder, name);
      const writer = createRaster(path, { grid, codec: 'deliverable', exactBlockSize: 32 }, 'Float32', [
        { nodata: Number.NaN },
      ]);
      for (let y0 = 0; y0 < 40; y0 += rows) {
        const height = Math.min(rows, 40 - y0);
        await writer.write(1, { x0: 0, y0, width: 70, height }, data.slice(y0 * 70, (y0 + height) * 70));
      }
      writer.close();
      return digest(path);
    };
    const atOnce = await write('at-once.tif', 40);
    for (const rows of [1, 7, 32, 33]) expect(await write(`strips-${rows}.tif`, rows)).toBe(atOnce);

    const path = join(folder, 'one-by-one.tif');
    const layout = { grid, codec: 'deliverable', exactBlockSize: 32 } as const;
    const writer = createRaster(path, layout, 'Float32', [{ nodata: Number.NaN }]);
    for (let y0 = 0; y0 < 40; y0 += 32)
      for (let x0 = 0; x0 < 70; x0 += 32) {
        const [width, height] = [Math.min(32, 70 - x0), Math.min(32, 40 - y0)];
        const block = new Float32Array(width * height);
        for (let row = 0; row < height; row++) {
          const start = (y0 + row) * 70 + x0;
          block.set(data.subarray(start, start + width), row * width);
        }
        await writer.write(1, { x0, y0, width, height }, block);
      }
    writer.close();
    expect(digest(path)).toBe(atOnce);
  });

  it('keeps blocks at the edge apart in files that are written at once', async () => {
    const [width, height, side] = [100, 512, 256];
    const layout = { grid: { ...grid, width, height }, codec: 'deliverable-zstd', exactBlockSize: side } as const;
    const random = seededRandom(5);
    const files = Array.from({ length: 4 }, (_, n) => ({
      path: join(folder, `at-once-${n}.tif`),
      data: Float32Array.from({ length: width * height }, random),
    }));
    const writers = files.map(({ path }) => createRaster(path, layout, 'Float32', [{}]));
    for (const y0 of [0, side]) {
      const window = { x0: 0, y0, width, height: side };
      const rows = ({ data }: (typeof files)[0]) => data.subarray(y0 * width, (y0 + side) * width);
      await Promise.all(files.map((file, n) => writers[n]!.write(1, window, rows(file))));
    }
    for (const writer of writers) writer.close();
    const differing = async ({ path, data }: (typeof files)[0]) =>
      (await readTile(path)).data[0]!.some((value, i) => value !== data[i]);
    for (const file of files) expect(await differing(file)).toBe(false);
  });

  it('refuses bands of the wrong length or mixed types', async () => {
    const short = { grid, codec: 'working' as const, bands: [{ data: new Uint8Array(3) }] };
    await expect(writeRaster(join(folder, 'x.tif'), short)).rejects.toThrow(RangeError);
    const mixed = { ...short, bands: [{ data: new Uint8Array(2800) }, { data: new Float32Array(2800) }] };
    await expect(writeRaster(join(folder, 'x.tif'), mixed)).rejects.toThrow(TypeError);
  });
});
