import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { borrowRaster, closeIdleRasters } from '../../../pipeline/formats/raster-pool.ts';
import { writeRaster } from '../../../pipeline/formats/raster-write.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shuibao-pool-'));
});
afterAll(() => {
  closeIdleRasters();
  rmSync(folder, { recursive: true });
});

const grid = { crs: 'EPSG:4544', cellSizeMetres: 10, originX: 4e5, originY: 38e5, width: 4, height: 4 };
const write = (path: string, value: number) =>
  writeRaster(path, { grid, codec: 'working', bands: [{ data: new Uint8Array(16).fill(value) }] });
const valueIn = async (path: string) => {
  const raster = borrowRaster(path);
  const [value] = await raster.read(1);
  raster.close();
  return value;
};

test('a file that was replaced is opened anew', async () => {
  const path = join(folder, 'replaced.tif');
  await write(path, 7);
  expect(await valueIn(path)).toBe(7);
  await write(join(folder, 'new.tif'), 8);
  renameSync(join(folder, 'new.tif'), path);
  expect(await valueIn(path)).toBe(8);
});

test('one user has a raster at a time, and giving it back twice is giving it back once', async () => {
  const path = join(folder, 'shared.tif');
  await write(path, 5);
  const first = borrowRaster(path);
  const second = borrowRaster(path);
  expect(second.read).not.toBe(first.read);
  first.close();
  first.close();
  const third = borrowRaster(path);
  const fourth = borrowRaster(path);
  expect(third.read).toBe(first.read);
  expect(new Set([second.read, third.read, fourth.read]).size).toBe(3);
  for (const raster of [second, third, fourth]) raster.close();
});

test('what was not used for a while, or is one too many, is closed', async () => {
  vi.useFakeTimers();
  try {
    const paths = Array.from({ length: 33 }, (_, n) => join(folder, `many-${n}.tif`));
    for (const path of paths) await write(path, 1);
    const rasters = paths.map(borrowRaster);
    for (const raster of rasters) raster.close();
    await expect(rasters[0]!.read(1)).rejects.toThrow();
    expect((await rasters[1]!.read(1))[0]).toBe(1);
    vi.advanceTimersByTime(60_000);
    await expect(rasters[1]!.read(1)).rejects.toThrow();
  } finally {
    vi.useRealTimers();
  }
});
