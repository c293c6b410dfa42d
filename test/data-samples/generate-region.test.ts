import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { generateRegion, stampName } from '../../data-samples/generate-region.ts';
import { UserError } from '../../pipeline/messages/user-error.ts';

const base = mkdtempSync(join(tmpdir(), 'shuibao-sample-'));
const folder = join(base, 'region');
afterAll(() => rmSync(base, { recursive: true }));
beforeAll(async () => {
  expect((await generateRegion(folder, 240, 5)).generated).toBe(true);
});

it('lists every file with its digest and leaves nothing beside the folder', async () => {
  const stamp = JSON.parse(readFileSync(join(folder, stampName), 'utf8'));
  expect(stamp).toMatchObject({ size: 240, seed: 5 });
  for (const path of Object.keys(stamp.files)) expect(existsSync(join(folder, path))).toBe(true);
  expect(readdirSync(base)).toEqual(['region']);
});

it('leaves a region that is there alone', async () => {
  const before = statSync(join(folder, 'elevation.tif')).mtimeMs;
  const again = await generateRegion(folder, 240, 5);
  expect(again.generated).toBe(false);
  expect(statSync(join(folder, 'elevation.tif')).mtimeMs).toBe(before);
});

it('makes the region anew for another seed, or when another generator has made it', async () => {
  expect((await generateRegion(folder, 240, 6)).generated).toBe(true);
  const stamp = JSON.parse(readFileSync(join(folder, stampName), 'utf8'));
  writeFileSync(join(folder, stampName), JSON.stringify({ ...stamp, generator: 'older' }));
  expect((await generateRegion(folder, 240, 6)).generated).toBe(true);
  expect(readdirSync(base)).toEqual(['region']);
});

it('does not touch a folder with other files', async () => {
  const other = join(base, 'mine');
  mkdirSync(other);
  writeFileSync(join(other, 'notes.txt'), 'keep');
  await expect(generateRegion(other, 240, 5)).rejects.toThrow(UserError);
  expect(readdirSync(other)).toEqual(['notes.txt']);
  rmSync(other, { recursive: true });
});

it('refuses sizes and seeds that make no region', async () => {
  await expect(generateRegion(join(base, 'a'), 250, 5)).rejects.toThrow(RangeError);
  await expect(generateRegion(join(base, 'a'), Number.NaN, 5)).rejects.toThrow(RangeError);
  await expect(generateRegion(join(base, 'a'), 240, -1)).rejects.toThrow(RangeError);
  expect(existsSync(join(base, 'a'))).toBe(false);
});
