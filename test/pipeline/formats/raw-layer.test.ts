import { mkdtemp, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readTile } from '../../../pipeline/formats/raster-read.ts';
import { writeRaster } from '../../../pipeline/formats/raster-write.ts';
import { readLayer, writeLayer } from '../../../pipeline/formats/raw-layer.ts';
import { fillLayer, layerCells, type RowLayer, wholeLayer } from '../../../pipeline/formats/row-layer.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'raw-layer-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

let files = 0;
const newPath = (): string => join(directory, String(files++));

/** A layer inside an array whose other cells hold −1. */
function framed(width: number, height: number, first: number, gap: number): RowLayer<Float32Array> {
  const stride = width + gap;
  return { cells: new Float32Array(first + height * stride + gap).fill(-1), first, stride, width, height };
}

const shapes = fc.record({
  width: fc.integer({ min: 1, max: 9 }),
  height: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constantFrom(1024, 1025, 2049)),
  first: fc.integer({ min: 0, max: 50 }),
  gap: fc.integer({ min: 0, max: 17 }),
});

test('cells written from the rows of one array are read into those of another, and nothing beside them', () => {
  fc.assert(
    fc.property(shapes, shapes, ({ width, height, ...from }, { first, gap }) => {
      const cells = Float32Array.from({ length: width * height }, (_, i) => i / 4);
      const source = framed(width, height, from.first, from.gap);
      fillLayer(source, cells);
      const path = newPath();
      writeLayer(path, source);
      const target = framed(width, height, first, gap);
      readLayer(path, target);
      expect(layerCells(target).every((value, i) => value === cells[i])).toBe(true);
      expect(target.cells.filter((value) => value === -1).length).toBe(target.cells.length - cells.length);
    }),
    { numRuns: 40, seed: 20_261 },
  );
});

test('rows too long to be written a thousand at a time come back too', () => {
  for (const width of [700, 3000, 20_000]) {
    const source = framed(width, 40, 5, 8);
    fillLayer(
      source,
      Float32Array.from({ length: width * 40 }, (_, i) => i / 4),
    );
    const path = newPath();
    writeLayer(path, source);
    const target = framed(width, 40, 9, 3);
    readLayer(path, target);
    const cells = layerCells(source);
    expect(layerCells(target).every((value, i) => value === cells[i])).toBe(true);
  }
});

test('a file holds the cells row by row and no more', async () => {
  const path = newPath();
  const layer = framed(3, 2, 5, 4);
  fillLayer(layer, Float32Array.of(1, 2, 3, 4, 5, 6));
  writeLayer(path, layer);
  expect((await stat(path)).size).toBe(24);
  const whole = wholeLayer(new Float32Array(6), 3, 2);
  readLayer(path, whole);
  expect([...whole.cells]).toEqual([1, 2, 3, 4, 5, 6]);
});

test('a file of another length is refused', async () => {
  const path = newPath();
  writeLayer(path, wholeLayer(new Uint8Array(12), 4, 3));
  expect(() => readLayer(path, wholeLayer(new Float32Array(12), 4, 3))).toThrow(/12 bytes where 4 × 3 cells take 48/);
  await truncate(path, 11);
  expect(() => readLayer(path, wholeLayer(new Uint8Array(12), 4, 3))).toThrow(RangeError);
});

test('a GeoTIFF written from rows of a larger array has the bytes of one written from an array of its own', async () => {
  const grid = { crs: 'EPSG:4544', cellSizeMetres: 10, originX: 4e5, originY: 4e6, width: 70, height: 33 };
  const data = Float32Array.from({ length: 70 * 33 }, (_, i) => Math.fround(Math.sin(i) * 900));
  const rows = framed(70, 33, 13, 9);
  fillLayer(rows, data);
  const [own, inRows] = [`${newPath()}.tif`, `${newPath()}.tif`];
  await writeRaster(own, { grid, codec: 'working', bands: [{ data, nodata: Number.NaN }] });
  await writeRaster(inRows, { grid, codec: 'working', bands: [{ data: rows, nodata: Number.NaN }] });
  expect((await readTile(inRows)).data).toEqual((await readTile(own)).data);
  const short = { ...rows, height: 32 };
  await expect(writeRaster(inRows, { grid, codec: 'working', bands: [{ data: short }] })).rejects.toThrow(RangeError);
});
