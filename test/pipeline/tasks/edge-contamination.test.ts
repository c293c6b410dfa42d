import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CellWindow, type GridSpec, windowGrid } from '../../../models/grid/grid-spec.ts';
import { tileFrames, tileLayout } from '../../../models/grid/tile-layout.ts';
import { addContaminatedCells } from '../../../models/statistics/edge-contamination-cells.ts';
import { writeRaster } from '../../../pipeline/formats/raster-write.ts';
import type { LoadedRun } from '../../../pipeline/inputs/run-file.ts';
import { planEdgeContamination } from '../../../pipeline/plan/plan-edge-contamination.ts';
import { countContamination, marksInput, zonesInput } from '../../../pipeline/tasks/edge-contamination.ts';
import type { ResolvedTask, TaskContext } from '../../../pipeline/tasks/task.ts';
import { randomNumbers } from '../../support/kernel-cases.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'shuibao-contamination-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

const grid: GridSpec = {
  crs: 'EPSG:4546',
  originX: 500_000,
  originY: 4_000_000,
  cellSizeMetres: 10,
  width: 7,
  height: 5,
};
const random = randomNumbers(5);
const cells = grid.width * grid.height;
const marks = Uint8Array.from({ length: cells }, () => [0, 1, 2, 255][Math.floor(random() * 4)]!);
const zones = Uint16Array.from({ length: cells }, () => Math.floor(random() * 3));

function part<A extends Uint8Array | Uint16Array>(layer: A, { x0, y0, width, height }: CellWindow): A {
  const taken = layer.slice(0, width * height) as A;
  for (let row = 0; row < height; row++)
    taken.set(layer.subarray((y0 + row) * grid.width + x0, (y0 + row) * grid.width + x0 + width), row * width);
  return taken;
}

test.each([2, 4, 6, 8])('cells are counted alike, terrain in tiles of %d and the rest in tiles of 2', async (side) => {
  const paths = new Map<string, string>();
  const write = async (name: string, layer: Uint8Array | Uint16Array, window: CellWindow) => {
    const path = join(directory, `${side}-${name}.tif`);
    paths.set(name, path);
    const bands = [{ data: part(layer, window) }];
    await writeRaster(path, { grid: windowGrid(grid, window), codec: 'working', bands });
  };
  const tiles = tileFrames(tileLayout(grid.width, grid.height, 2));
  for (const tile of tileFrames(tileLayout(grid.width, grid.height, side)))
    await write(marksInput(tile.id), marks, tile);
  for (const tile of tiles) await write(zonesInput(tile.id), zones, tile);

  const loaded = { run: { statistics: { zones: [{ id: 'county' }] } } } as unknown as LoadedRun;
  const planned = planEdgeContamination(loaded, tiles, side);
  expect(Object.keys(planned.inputs).sort()).toEqual([...paths.keys()].sort());
  const context = {
    signal: new AbortController().signal,
    inputPath: async (name: string) => paths.get(name)!,
  } as unknown as TaskContext;
  const { outputs } = await countContamination.run({ parameters: planned.parameters } as ResolvedTask, context);
  const told = JSON.parse(Buffer.from((outputs.cells as { bytes: Uint8Array }).bytes).toString());
  const whole = [...addContaminatedCells(new Map(), marks, zones)].sort(([a], [b]) => a - b);
  expect(told).toEqual(whole);
});
