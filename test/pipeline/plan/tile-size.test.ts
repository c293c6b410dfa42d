import { expect, test } from 'vitest';
import type { GridSpec } from '../../../models/grid/grid-spec.ts';
import type { LoadedRun } from '../../../pipeline/inputs/run-file.ts';
import { annualTileSize, tileSizeOf } from '../../../pipeline/plan/tile-size.ts';

const run = (tileSize?: number) => ({ run: { grid: { tileSize } } }) as LoadedRun;
const grid = (width: number, height: number) => ({ width, height }) as GridSpec;

test('tiles are as large as the run file says, else by the size of the grid', () => {
  expect(tileSizeOf(run(61), grid(16_000, 16_000))).toBe(61);
  expect(tileSizeOf(run(), grid(2000, 2000))).toBe(512);
  expect(tileSizeOf(run(), grid(4000, 4000))).toBe(1024);
  expect(tileSizeOf(run(), grid(1000, 40_000))).toBe(1024);
  expect(tileSizeOf(run(), grid(8000, 8000))).toBe(2048);
  // Fifteen tiles are enough, fourteen are not.
  expect([14, 15].map((tiles) => tileSizeOf(run(), grid(1024 * tiles, 1024)))).toEqual([512, 1024]);
});

test('tiles of terrain are cut into whole tiles of the annual pass, none larger than 1024 cells where they can be', () => {
  for (const side of [61, 300, 512, 1024, 1500, 2048, 3072]) {
    expect(side % annualTileSize(side)).toBe(0);
    if (side % 1024 === 0) expect(annualTileSize(side)).toBe(1024);
  }
});
