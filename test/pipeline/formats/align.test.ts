import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GridSpec, windowGrid } from '../../../models/grid/grid-spec.ts';
import { tileFrames, tileLayout } from '../../../models/grid/tile-layout.ts';
import {
  type AlignRequest,
  alignRaster,
  placementOf,
  type Resampling,
  sourceWindow,
} from '../../../pipeline/formats/align.ts';
import { coordinateTransform } from '../../../pipeline/formats/crs.ts';
import type { PixelArray } from '../../../pipeline/formats/pixel-type.ts';
import { describeRaster, type GeoTransform } from '../../../pipeline/formats/raster-read.ts';
import { writeRaster } from '../../../pipeline/formats/raster-write.ts';

let folder: string;
let serial = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shuibao-align-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Source {
  readonly crs: string;
  readonly geotransform: GeoTransform;
  readonly width: number;
  readonly height: number;
}

async function raster(
  source: Source,
  data: PixelArray,
  extra: { nodata?: number; metadata?: Record<string, string> } = {},
) {
  const path = join(folder, `source-${serial++}.tif`);
  const band = { data, ...(extra.nodata === undefined ? {} : { nodata: extra.nodata }) };
  await writeRaster(path, {
    grid: source,
    codec: 'working',
    bands: [band],
    ...(extra.metadata ? { metadata: extra.metadata } : {}),
  });
  return path;
}

/** A small generator of rough values with holes; the same for the same seed. */
function rough(length: number, seed: number): Float32Array {
  let state = seed >>> 0 || 1;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return Float32Array.from({ length }, () => (next() < 0.1 ? Number.NaN : next() * 1000));
}

const grid: GridSpec = {
  crs: 'EPSG:4544',
  cellSizeMetres: 10,
  originX: 400_000,
  originY: 3_800_000,
  width: 50,
  height: 37,
};

const sources: Record<string, Source> = {
  'the same lattice': { crs: 'EPSG:4544', geotransform: [399_900, 10, 0, 3_800_050, 0, -10], width: 90, height: 70 },
  'an odd offset and coarser cells': {
    crs: 'EPSG:4544',
    geotransform: [399_987.3, 31.7, 0, 3_800_011.9, 0, -28.1],
    width: 15,
    height: 13,
  },
  'finer cells': { crs: 'EPSG:4544', geotransform: [399_991, 3.1, 0, 3_800_007, 0, -2.7], width: 150, height: 140 },
  'south-up rows': { crs: 'EPSG:4544', geotransform: [399_900, 13, 0, 3_799_550, 0, 13], width: 60, height: 40 },
  'a rotated net': { crs: 'EPSG:4544', geotransform: [399_950, 9, 2, 3_800_150, 2, -9], width: 80, height: 80 },
  degrees: { crs: 'EPSG:4490', geotransform: [103.905, 0.00008, 0, 34.325, 0, -0.00007], width: 200, height: 110 },
  'the neighbouring zone with prefix': {
    crs: 'EPSG:4522',
    geotransform: [34_675_000, 25, 0, 3_805_000, 0, -25],
    width: 300,
    height: 300,
  },
};

const aligned = async (request: AlignRequest): Promise<Float32Array> => (await alignRaster(request)).data[0]!;

describe('aligning a raster to a grid', () => {
  for (const [name, source] of Object.entries(sources))
    for (const resampling of ['nearest', 'bilinear', 'area'] as Resampling[])
      it(`gives the same bytes for any tiles: ${resampling}, ${name}`, async () => {
        const path = await raster(source, rough(source.width * source.height, 7), { nodata: Number.NaN });
        const whole = await aligned({ path, bands: [1], target: grid, resampling });
        expect(whole.some((value) => !Number.isNaN(value))).toBe(true);
        await fc.assert(
          fc.asyncProperty(fc.integer({ min: 9, max: 60 }), async (tileSize) => {
            for (const frame of tileFrames(tileLayout(grid.width, grid.height, tileSize))) {
              const tile = await aligned({ path, bands: [1], target: windowGrid(grid, frame), resampling });
              const expected = new Float32Array(tile.length);
              for (let row = 0; row < frame.height; row++) {
                const start = (frame.y0 + row) * grid.width + frame.x0;
                expected.set(whole.subarray(start, start + frame.width), row * frame.width);
              }
              expect(Buffer.from(tile.buffer).equals(Buffer.from(expected.buffer)), frame.id).toBe(true);
            }
          }),
          { seed: 20_241, numRuns: 3, examples: [[17]] },
        );
      });

  it('copies coinciding cells unchanged, also from an origin off the lattice and from integers', async () => {
    const source: Source = {
      crs: 'EPSG:4544',
      geotransform: [400_003.37, 10, 0, 3_799_998.11, 0, -10],
      width: 50,
      height: 37,
    };
    const target = { ...grid, originX: 400_003.37, originY: 3_799_998.11 };
    const data = rough(50 * 37, 3);
    data[0] = -0;
    const path = await raster(source, data, { nodata: Number.NaN });
    for (const resampling of ['nearest', 'bilinear', 'area'] as Resampling[])
      expect(await aligned({ path, bands: [1], target, resampling })).toEqual(data);
    const codes = Int32Array.from({ length: 50 * 37 }, (_, i) => 2_147_483_000 - i);
    const classes = await raster(source, codes);
    const { data: copied } = await alignRaster({
      path: classes,
      bands: [1],
      target,
      resampling: 'nearest',
      output: 'int32',
    });
    expect(copied[0]).toEqual(codes);
  });

  it('places cells where an exact transform puts them', async () => {
    const { crs, geotransform, width, height } = sources.degrees!;
    const numbers = Float64Array.from({ length: width * height }, (_, i) => i);
    const path = await raster(sources.degrees!, numbers);
    const result = await aligned({ path, bands: [1], target: grid, resampling: 'nearest' });
    const transform = coordinateTransform(grid.crs, crs);
    for (let row = 0; row < grid.height; row++)
      for (let column = 0; column < grid.width; column++) {
        const [x, y] = transform.point(grid.originX + (column + 0.5) * 10, grid.originY - (row + 0.5) * 10);
        const i = Math.floor((x - geotransform[0]) / geotransform[1]);
        const j = Math.floor((y - geotransform[3]) / geotransform[5]);
        expect(result[row * grid.width + column]).toBe(j * width + i);
      }
  });

  it('reproduces a plane by bilinear interpolation, in the same and in another system', async () => {
    const coarse: Source = {
      crs: 'EPSG:4544',
      geotransform: [399_900, 30, 0, 3_800_100, 0, -30],
      width: 30,
      height: 30,
    };
    const plane = (x: number, y: number): number => 0.3 * (x - 400_000) - 0.7 * (y - 3_800_000);
    const data = Float64Array.from({ length: 900 }, (_, i) =>
      plane(399_915 + (i % 30) * 30, 3_800_085 - Math.floor(i / 30) * 30),
    );
    const path = await raster(coarse, data);
    const result = await aligned({ path, bands: [1], target: grid, resampling: 'bilinear' });
    const error = result.map((value, i) => value - plane(400_005 + (i % 50) * 10, 3_799_995 - Math.floor(i / 50) * 10));
    expect(Math.max(...error.map(Math.abs))).toBeLessThan(1e-4);
  });

  it('neither spreads nor shrinks holes when interpolating', async () => {
    const source: Source = { crs: 'EPSG:4544', geotransform: [400_000, 30, 0, 3_800_000, 0, -30], width: 3, height: 3 };
    const path = await raster(source, Float32Array.from([5, 5, 5, 5, Number.NaN, 5, 5, 5, 5]), { nodata: Number.NaN });
    const result = await aligned({
      path,
      bands: [1],
      target: { ...grid, width: 9, height: 9 },
      resampling: 'bilinear',
    });
    for (let row = 0; row < 9; row++)
      for (let column = 0; column < 9; column++) {
        const hole = row >= 3 && row < 6 && column >= 3 && column < 6;
        expect(result[row * 9 + column]).toBe(hole ? Number.NaN : 5);
      }
  });

  it('averages finer cells by area and asks for half of a cell', async () => {
    const source: Source = { crs: 'EPSG:4544', geotransform: [400_000, 5, 0, 3_800_000, 0, -5], width: 6, height: 2 };
    const nan = Number.NaN;
    const path = await raster(source, Float32Array.from([1, 2, 7, nan, nan, nan, 3, 6, nan, 9, 4, nan]), {
      nodata: nan,
    });
    const result = await aligned({ path, bands: [1], target: { ...grid, width: 3, height: 1 }, resampling: 'area' });
    expect([...result]).toEqual([3, 8, nan]);
  });

  it('takes the half-pixel shift of PixelIsPoint files into account once', async () => {
    const source: Source = { crs: 'EPSG:4544', geotransform: [400_000, 10, 0, 3_800_000, 0, -10], width: 4, height: 4 };
    const data = Float32Array.from({ length: 16 }, (_, i) => i);
    const path = await raster(source, data, { metadata: { AREA_OR_POINT: 'Point' } });
    expect(describeRaster(path).geotransform).toEqual(source.geotransform);
    const target = { ...grid, width: 4, height: 4 };
    expect(await aligned({ path, bands: [1], target, resampling: 'bilinear' })).toEqual(data);
  });

  it('knows nodata in all its spellings', async () => {
    const source: Source = { crs: 'EPSG:4544', geotransform: [400_000, 10, 0, 3_800_000, 0, -10], width: 4, height: 1 };
    const target = { ...grid, width: 4, height: 1 };
    const values = async (
      data: PixelArray,
      nodata?: number,
      request: Partial<AlignRequest> = {},
    ): Promise<number[]> => {
      const path = await raster(source, data, nodata === undefined ? {} : { nodata });
      return [...(await aligned({ path, bands: [1], target, resampling: 'nearest', ...request }))];
    };
    const nan = Number.NaN;
    expect(await values(Float32Array.of(1, -3.4028234663852886e38, -3.4e38, 0))).toEqual([1, nan, nan, 0]);
    expect(await values(Float32Array.of(1, -3.4028235e38, nan, 0), -3.4e38)).toEqual([1, nan, nan, 0]);
    expect(await values(Float32Array.of(1, -9999.9, Infinity, 0), -9999.9)).toEqual([1, nan, nan, 0]);
    expect(await values(Uint8Array.of(1, 255, 3, 0), 255)).toEqual([1, nan, 3, 0]);
    expect(await values(Uint8Array.of(1, 255, 241, 0), -9999)).toEqual([1, 255, 241, 0]);
    expect(await values(Int16Array.of(1, -32768, 32767, 0), 32767, { sourceNodata: [-32768, 0] })).toEqual([
      1,
      nan,
      32767,
      nan,
    ]);
    const scaled = { scale: 0.0001, validRange: [-1, 1] as const };
    expect(await values(Int16Array.of(5000, -30000, 20000, 0), undefined, scaled)).toEqual(
      [0.5, nan, nan, 0].map(Math.fround),
    );
  });

  it('fills integer results and refuses codes that do not fit', async () => {
    const source: Source = { crs: 'EPSG:4544', geotransform: [400_010, 10, 0, 3_800_000, 0, -10], width: 3, height: 1 };
    const target = { ...grid, width: 5, height: 1 };
    const path = await raster(source, Uint16Array.of(11, 65535, 300), { nodata: 65535 });
    const request = { path, bands: [1], target, resampling: 'nearest' as const };
    const { data, valid } = await alignRaster({ ...request, output: 'uint16', fill: 9 });
    expect([...data[0]!]).toEqual([9, 11, 9, 300, 9]);
    expect(valid).toEqual([2]);
    await expect(alignRaster({ ...request, output: 'uint8' })).rejects.toThrow(/300.*uint8/);
  });

  it('refuses a file without coordinate system unless one is given', async () => {
    const placeless = { ...sources['the same lattice']!, crs: null };
    const path = join(folder, 'placeless.tif');
    await writeRaster(path, { grid: placeless, codec: 'working', bands: [{ data: new Uint8Array(90 * 70).fill(3) }] });
    const request = { path, bands: [1], target: grid, resampling: 'nearest' as const };
    await expect(alignRaster(request)).rejects.toMatchObject({ finding: { code: 'crs-missing' } });
    expect((await aligned({ ...request, sourceCrs: 'EPSG:4544' }))[0]).toBe(3);
  });
});

describe('the source window of a target', () => {
  it('holds every pixel that the result depends on', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(sources)),
        fc.constantFrom<Resampling>('nearest', 'bilinear', 'area'),
        fc.record({
          x0: fc.integer({ min: 0, max: 40 }),
          y0: fc.integer({ min: 0, max: 30 }),
          width: fc.integer({ min: 1, max: 9 }),
          height: fc.integer({ min: 1, max: 7 }),
        }),
        async (name, resampling, window) => {
          const source = sources[name]!;
          const target = windowGrid(grid, window);
          const data = rough(source.width * source.height, 11);
          const path = await raster(source, data, { nodata: Number.NaN });
          const under = sourceWindow(target, placementOf(describeRaster(path)))!;
          const changed = data.map((value, i) => {
            const x = i % source.width;
            const y = Math.floor(i / source.width);
            const inside = x >= under.x0 && y >= under.y0 && x < under.x0 + under.width && y < under.y0 + under.height;
            return inside ? value : -777;
          });
          const other = await raster(source, changed, { nodata: Number.NaN });
          const before = await aligned({ path, bands: [1], target, resampling });
          expect(await aligned({ path: other, bands: [1], target, resampling })).toEqual(before);
        },
      ),
      { seed: 20_242, numRuns: 40 },
    );
  });

  it('is undefined where target and source do not meet', () => {
    const source = placementOf({ ...sources['the same lattice']!, path: '', driver: '', bands: [], metadata: {} });
    expect(sourceWindow({ ...grid, originX: 500_000 }, source)).toBeUndefined();
  });
});
