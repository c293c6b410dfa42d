import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CellWindow, GridSpec } from '../../../models/grid/grid-spec.ts';
import { type LineRows, valueOfLine } from '../../../models/kernels/line-rows.ts';
import { alignRaster } from '../../../pipeline/formats/align.ts';
import { type AlignedLayer, openLayer, StripGeometry } from '../../../pipeline/formats/aligned-layer.ts';
import { linesLength, rowMemory } from '../../../pipeline/formats/bilinear-rows.ts';
import type { PixelArray } from '../../../pipeline/formats/pixel-type.ts';
import type { GeoTransform } from '../../../pipeline/formats/raster-read.ts';
import { writeRaster } from '../../../pipeline/formats/raster-write.ts';
import { GridPlaces } from '../../../pipeline/formats/window-place.ts';
import { takeKernels } from '../../../pipeline/kernels/kernel-set.ts';

let folder: string;
let serial = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shuibao-layer-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const grid: GridSpec = {
  crs: 'EPSG:4544',
  cellSizeMetres: 10,
  originX: 400_000,
  originY: 3_800_000,
  width: 46,
  height: 33,
};

const places: Record<string, { crs: string; geotransform: GeoTransform; width: number; height: number }> = {
  'the same cells': { crs: grid.crs, geotransform: [400_000, 10, 0, 3_800_000, 0, -10], width: 46, height: 33 },
  'three times coarser': { crs: grid.crs, geotransform: [400_000, 30, 0, 3_800_000, 0, -30], width: 14, height: 11 },
  'far coarser, one pixel wide': {
    crs: grid.crs,
    geotransform: [399_000, 1000, 0, 3_800_300, 0, -150],
    width: 1,
    height: 5,
  },
  finer: { crs: grid.crs, geotransform: [399_991, 3.1, 0, 3_800_007, 0, -2.7], width: 150, height: 140 },
  'a rotated net': { crs: grid.crs, geotransform: [399_950, 9, 2, 3_800_150, 2, -9], width: 80, height: 80 },
  degrees: { crs: 'EPSG:4490', geotransform: [103.905, 0.00008, 0, 34.325, 0, -0.00007], width: 200, height: 110 },
  elsewhere: { crs: grid.crs, geotransform: [500_000, 10, 0, 3_800_000, 0, -10], width: 20, height: 20 },
};

/** Rough numbers with holes and zeros of both signs; the same for the same seed. */
function rough<Values extends PixelArray>(values: Values, hole: number, seed: number): Values {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  for (let i = 0; i < values.length; i++) {
    const kind = next();
    values[i] = kind < 0.1 ? hole : kind < 0.2 ? 0 : kind < 0.25 ? -0 : next() * 200;
  }
  return values;
}

const types: Record<string, { data: (length: number) => PixelArray; nodata: number }> = {
  float32: { data: (length) => rough(new Float32Array(length), Number.NaN, 5), nodata: Number.NaN },
  float64: { data: (length) => rough(new Float64Array(length), -9999, 6), nodata: -9999 },
  bytes: { data: (length) => rough(new Uint8Array(length), 255, 7), nodata: 255 },
  int16: { data: (length) => rough(new Int16Array(length), -1, 8), nodata: -1 },
};

const linesMet = new Set<string>();

describe('a layer held open', () => {
  for (const [where, place] of Object.entries(places))
    for (const [type, { data, nodata }] of Object.entries(types))
      it(`gives the bytes of aligning the whole grid: ${type}, ${where}`, async () => {
        const path = join(folder, `${serial++}.tif`);
        const bands = [0, 1].map(() => ({ data: data(place.width * place.height), nodata }));
        await writeRaster(path, { grid: place, codec: 'working', bands });
        const range = [0, 180] as const;
        for (const resampling of ['area', 'nearest'] as const) {
          const [scale, offset] = resampling === 'area' ? [0.5, 1] : [1, 0];
          const request = { path, bands: [2, 1], target: grid, resampling, validRange: range };
          const { data: whole } = await alignRaster({ ...request, scale, offset });
          const reading = { bands: [2, 1], resampling, crs: null, nodata: null, scale, offset, range };
          const layer = openLayer(path, reading, new GridPlaces(grid));
          await fc.assert(
            fc.asyncProperty(windows, async ({ window, rows }) => {
              const loaded = await load(layer, window);
              for (let first = 0; first < window.height; first += rows) {
                const count = Math.min(rows, window.height - first);
                const out = [new Float32Array(window.width * count), new Float32Array(window.width * count)];
                loaded.rows(first, count, out);
                const expected = out.map((_, band) =>
                  cut(whole[band]!, { ...window, y0: window.y0 + first, height: count }),
                );
                expect(out).toEqual(expected);
                if (count > rowsAtOnce || loaded.allLines === undefined) continue;
                expect(onLines(loaded.allLines(first, count))).toEqual(expected.map(unsigned));
                const plain = loaded.plainLines!(first, count);
                if (plain !== undefined) expect(onLines(plain)).toEqual(expected.map(unsigned));
                linesMet.add(plain === undefined ? 'with gaps' : 'plain');
              }
            }),
            { seed: 20_242, numRuns: 12, examples: [[{ window: { ...grid, x0: 0, y0: 0 }, rows: 7 }]] },
          );
          layer.close();
        }
      });

  it.each([
    ['the same cells', 'bytes', true],
    ['the same cells', 'int16', false],
    ['three times coarser', 'bytes', false],
  ] as const)('hands out stored bytes where the cells are their pixels: %s, %s', async (where, type, isExpected) => {
    const path = join(folder, `${serial++}.tif`);
    const { width, height } = places[where]!;
    const data = types[type]!.data(width * height);
    await writeRaster(path, { grid: places[where]!, codec: 'working', bands: [{ data, nodata: 255 }] });
    const reading = { bands: [1], resampling: 'area', crs: null, nodata: null, offset: 1, range: [0, 9] } as const;
    const layer = openLayer(path, { ...reading, scale: 0.01 }, new GridPlaces(grid));
    const { bytes } = await load(layer, { x0: 5, y0: 3, width: 2, height: 2 });
    layer.close();
    expect(bytes !== undefined).toBe(isExpected);
    if (bytes === undefined) return;
    expect([...bytes.bands[0]!]).toEqual([3, 4].flatMap((row) => [5, 6].map((column) => data[row * width + column])));
    expect([0, 7, 255].map((code) => bytes.values[code])).toEqual([1, Math.fround(7 * 0.01 + 1), Number.NaN]);
  });

  it.each(['the same cells', 'three times coarser'] as const)(
    'holds to what the file says of nodata, or to what is said instead: %s',
    async (where) => {
      const path = join(folder, `${serial++}.tif`);
      const { width, height } = places[where]!;
      const data = Uint8Array.from({ length: width * height }, (_, cell) => cell % 5);
      await writeRaster(path, { grid: places[where]!, codec: 'working', bands: [{ data, nodata: 1 }] });
      for (const nodata of [null, 3]) {
        const request = { path, bands: [1], target: grid, resampling: 'nearest', validRange: [0, 9] } as const;
        const { data: whole } = await alignRaster({ ...request, ...(nodata === null ? {} : { sourceNodata: nodata }) });
        const reading = { bands: [1], resampling: 'nearest', crs: null, nodata, scale: 1, offset: 0 } as const;
        const layer = openLayer(path, { ...reading, range: [0, 9] }, new GridPlaces(grid));
        const window = { x0: 3, y0: 2, width: 7, height: 4 };
        const out = [new Float32Array(28)];
        (await load(layer, window)).rows(0, 4, out);
        layer.close();
        expect(out).toEqual([cut(whole[0] as Float32Array, window)]);
        expect([out[0]!.includes(1), out[0]!.includes(3)]).toEqual(nodata === null ? [false, true] : [true, false]);
      }
    },
  );

  it('was asked for lines with and without gaps', () => {
    expect(linesMet).toEqual(new Set(['with gaps', 'plain']));
  });

  it('says how many source pixels a window needs', async () => {
    const path = join(folder, `${serial++}.tif`);
    const place = places['three times coarser']!;
    await writeRaster(path, { grid: place, codec: 'working', bands: [{ data: new Uint8Array(14 * 11) }] });
    const reading = { bands: [1, 1], resampling: 'area', crs: null, nodata: null, scale: 1, offset: 0 } as const;
    const layer = openLayer(path, { ...reading, range: [0, 1] }, new GridPlaces(grid));
    expect(layer.sourcePixels({ x0: 0, y0: 0, width: grid.width, height: grid.height })).toBe(14 * 11);
    expect(layer.sourcePixels({ x0: 12, y0: 12, width: 3, height: 3 })).toBeLessThan(26);
    layer.close();
  });

  it('counts the blocks that it reads, those around a window only where it interpolates', async () => {
    const path = join(folder, `${serial++}.tif`);
    // Blocks of 16 cells, of which the window is one.
    const place = { ...places['the same cells']!, width: 64, height: 48 };
    await writeRaster(path, {
      grid: place,
      codec: 'working',
      blockSize: 16,
      bands: [{ data: new Uint8Array(64 * 48) }],
    });
    const window = { x0: 16, y0: 16, width: 16, height: 16 };
    const blocks = (cells: GridSpec) => {
      const reading = { bands: [1], resampling: 'area', crs: null, nodata: null, scale: 1, offset: 0 } as const;
      const layer = openLayer(path, { ...reading, range: [0, 1] }, new GridPlaces(cells));
      const bytes = layer.blockBytes(window);
      layer.close();
      return bytes / 256;
    };
    expect(blocks(grid)).toBe(1);
    expect(blocks({ ...grid, originX: grid.originX + 5, originY: grid.originY - 5 })).toBe(9);
  });
});

const { kernels, layOut } = takeKernels();

/** Values on lines, which know no negative zero. */
const onLines = (lines: LineRows): Float32Array[] =>
  Array.from({ length: lines.bands }, (_, band) =>
    Float32Array.from({ length: lines.width * lines.rows }, (_, cell) =>
      valueOfLine(lines, band, Math.floor(cell / lines.width), cell % lines.width),
    ),
  ).map(unsigned);
const unsigned = (values: Float32Array): Float32Array => values.map((value) => (value === 0 ? 0 : value));

const rowsAtOnce = 4;

/** Loads a window into the memory of the kernels. */
function load(layer: AlignedLayer, window: CellWindow) {
  // As for a wider window before it, a few rows at a time.
  const rows = rowsAtOnce;
  const { places, sources, line } = layOut((allocator) => ({
    places: rowMemory(allocator, grid.width, rows),
    sources: Array.from({ length: layer.bandCount }, () => allocator.float32(layer.sourcePixels(window))),
    line: allocator.float64(linesLength(rows, grid.width, layer.pixelsOfRow(window), layer.bandCount)),
  }));
  return layer.load(window, new StripGeometry(kernels, [places]), sources, line);
}

const windows = fc
  .record({
    x0: fc.integer({ min: 0, max: grid.width - 1 }),
    y0: fc.integer({ min: 0, max: grid.height - 1 }),
    width: fc.integer({ min: 1, max: grid.width }),
    height: fc.integer({ min: 1, max: grid.height }),
    rows: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ x0, y0, width, height, rows }) => ({
    window: { x0, y0, width: Math.min(width, grid.width - x0), height: Math.min(height, grid.height - y0) },
    rows,
  }));

function cut(whole: Float32Array, window: CellWindow): Float32Array {
  const part = new Float32Array(window.width * window.height);
  for (let row = 0; row < window.height; row++) {
    const start = (window.y0 + row) * grid.width + window.x0;
    part.set(whole.subarray(start, start + window.width), row * window.width);
  }
  return part;
}
