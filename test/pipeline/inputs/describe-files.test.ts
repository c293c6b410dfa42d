import { mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeRaster } from '../../../pipeline/formats/raster-write.ts';
import { describeFiles } from '../../../pipeline/inputs/describe-files.ts';

const grid = { crs: 'EPSG:4544', cellSizeMetres: 10, originX: 400_000, originY: 3_800_000, width: 64, height: 64 };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'describe-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a file that is cut off says so and what to do, and does not count as sound', async () => {
  const whole = join(folder, 'whole.tif');
  const cut = join(folder, 'cut.tif');
  const data = Float32Array.from({ length: 64 * 64 }, (_, cell) => 1000 + (cell % 97));
  for (const path of [whole, cut]) await writeRaster(path, { grid, codec: 'deliverable', bands: [{ data }] });
  truncateSync(cut, statSync(cut).size - 100);
  const described = await describeFiles([whole, cut, join(folder, 'none.tif')], 'zh');
  expect(described.map(({ sound }) => sound)).toEqual([true, false, false]);
  expect(described[0]!.line).not.toMatch(/不完整|请/);
  expect(described[1]!.line).toMatch(/文件不完整：.*；请重新拷贝或导出$/);
  expect(described[2]!.line).toMatch(/文件不存在；请检查路径$/);
});
