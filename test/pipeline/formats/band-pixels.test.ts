import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import gdal from 'gdal-async';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BandPixels } from '../../../pipeline/formats/band-pixels.ts';
import type { PixelArray } from '../../../pipeline/formats/pixel-type.ts';
import { openRaster } from '../../../pipeline/formats/raster-read.ts';
import { openStored } from '../../../pipeline/formats/stored-raster.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shuibao-pixels-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const [width, height, block] = [80, 50, 32];

/** Two bands of 80 × 50 pixels in blocks of 32. */
function twoBands(name: string, type: string, bands: readonly PixelArray[], interleave: string): string {
  const path = join(folder, name);
  const options = ['TILED=YES', `BLOCKXSIZE=${block}`, `BLOCKYSIZE=${block}`, `INTERLEAVE=${interleave}`];
  const dataset = gdal.drivers.get('GTiff').create(path, width, height, 2, type, [...options, 'COMPRESS=DEFLATE']);
  for (const [at, data] of bands.entries())
    dataset.bands.get(at + 1).pixels.write(0, 0, width, height, data.subarray() as never);
  dataset.close();
  return path;
}

const numbers = (length: number, seed: number): number[] =>
  Array.from({ length }, (_, at) => Math.imul(at + seed, 0x9e3779b1) >>> 24);

describe('windows that are blocks and windows that are none', () => {
  for (const interleave of ['BAND', 'PIXEL'])
    for (const type of ['Byte', 'UInt16', 'Float32'])
      it(`hold the same pixels: ${type}, interleaved by ${interleave}`, async () => {
        const make = (values: number[]): PixelArray =>
          type === 'Byte'
            ? Uint8Array.from(values)
            : type === 'UInt16'
              ? Uint16Array.from(values)
              : Float32Array.from(values);
        const bands = [1, 9].map((seed) => make(numbers(width * height, seed)));
        const path = twoBands(`${interleave}-${type}.tif`, type, bands, interleave);
        const raster = openRaster(path);
        const stored = openStored(path);
        for (const [at, values] of bands.entries())
          for (const [x0, y0, w, h] of [
            [0, 0, block, block],
            [32, 0, block, block],
            [64, 32, 16, 18],
            [32, 32, block, 18],
            [5, 0, block, block],
            [0, 5, block, block],
            [0, 0, 20, block],
            [0, 0, width, block],
            [0, 0, block, height],
            [0, 0, width, height],
          ] as const) {
            const expected = Array.from(
              { length: w * h },
              (_, n) => values[(y0 + Math.floor(n / w)) * width + x0 + (n % w)],
            );
            const window = { x0, y0, width: w, height: h };
            expect([...(await raster.read(at + 1, window))]).toEqual(expected);
            // Room for the block or not, what lies beyond both stays as it is.
            for (const room of [w * h, Math.max(w * h, block * block)]) {
              const into = make(Array(room + 1).fill(7));
              await stored.read(at + 1, window, into);
              expect([...into.subarray(0, w * h), into[room]]).toEqual([...expected, 7]);
            }
          }
        raster.close();
        stored.close();
      });

  it('are told apart: blocks with room for them are decoded where they are wanted, others copied', async () => {
    const calls: string[] = [];
    const pixels = {
      readBlock: (x: number, y: number) => calls.push(`block ${x} ${y}`),
      read: (x: number, y: number, w: number, h: number) => calls.push(`${x} ${y} ${w} ${h}`),
    };
    const band = { pixels, blockSize: { x: block, y: block }, size: { x: width, y: height }, dataType: 'Byte' };
    const read = async (hasOwnBlocks: boolean, room: number, x0: number, y0: number, w: number, h: number) =>
      new BandPixels(band as never, hasOwnBlocks).read({ x0, y0, width: w, height: h }, new Uint8Array(room));
    await read(true, block ** 2, 32, 0, block, block);
    await read(true, block ** 2, 64, 32, 16, 18);
    await read(true, block ** 2 - 1, 64, 32, 16, 18);
    await read(true, block ** 2, 64, 0, 15, block);
    await read(true, block ** 2, 0, 32, block, 17);
    await read(false, block ** 2, 32, 0, block, block);
    expect(calls).toEqual(['block 1 0', 'block 2 1', '64 32 16 18', '64 0 15 32', '0 32 32 17', '32 0 32 32']);
  });

  it('are read into arrays of another type as numbers', async () => {
    const path = twoBands(
      'wider.tif',
      'Byte',
      [1, 9].map((seed) => Uint8Array.from(numbers(width * height, seed))),
      'BAND',
    );
    const stored = openStored(path);
    const into = new Float32Array(block * block);
    await stored.read(2, { x0: 0, y0: 0, width: block, height: block }, into);
    stored.close();
    expect(into[1]).toBe(numbers(width * height, 9)[1]);
  });
});
