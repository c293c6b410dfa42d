import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GridSpec } from '../../../models/grid/grid-spec.ts';
import { type TileFrame, tileFrames, tileLayout } from '../../../models/grid/tile-layout.ts';
import { terrainFactors } from '../../../models/terrain/terrain.ts';
import type { PixelArray } from '../../../pipeline/formats/pixel-type.ts';
import { readTile } from '../../../pipeline/formats/raster-read.ts';
import { fillLayer } from '../../../pipeline/formats/row-layer.ts';
import { terrainOfTile } from '../../../pipeline/kernels/terrain/terrain-kernels.ts';
import { planTerrain, terrainOf } from '../../../pipeline/plan/plan-terrain.ts';
import { DirectoryStore } from '../../../pipeline/store/directory-store.ts';
import type { Plan, PlannedTask, TaskHandler, TaskRecord } from '../../../pipeline/tasks/task.ts';
import { firstVisit } from '../../../pipeline/tasks/terrain/first-visit.ts';
import { terrainHandlers } from '../../../pipeline/tasks/terrain/handlers.ts';
import {
  annualTerrainLayers,
  type TerrainLayer,
  terrainBands,
  terrainRasters,
} from '../../../pipeline/tasks/terrain/terrain-layers.ts';
import { type TerrainParameters, terrainOptions } from '../../../pipeline/tasks/terrain/terrain-methods.ts';
import { layerOutput } from '../../../pipeline/tasks/terrain/terrain-rasters.ts';
import { differingCells } from '../../support/grids.ts';
import { runPlan } from '../../support/run-plan.ts';
import { fractalTerrain, seededRandom } from '../../support/terrains.ts';

const grid: GridSpec = {
  crs: 'EPSG:4544',
  cellSizeMetres: 10,
  originX: 400_000,
  originY: 4_000_000,
  width: 90,
  height: 70,
};

const csle: TerrainParameters = {
  steepness: { method: 'csle-liu1994', settings: {} },
  length: { method: 'csle-foster-wischmeier1974', settings: {} },
  variant: 'aml',
  gentleCutOff: 0.7,
  steepCutOff: 0.5,
  channelAreaSquareMetres: 20_000,
  maxSlopeLengthMetres: null,
};
const rusle: TerrainParameters = {
  ...csle,
  steepness: { method: 'mccool1987', settings: {} },
  length: { method: 'desmet-govers1996', settings: {} },
};

/** Hills of whole decimetres with a lake, a plain, and a corner without data. */
const elevation = fractalTerrain(grid.width, grid.height, 12, 60, 0.125).elevation.map((z, i) => {
  const [x, y] = [i % grid.width, Math.floor(i / grid.width)];
  if (x > 70 && y > 55) return Number.NaN;
  return Math.hypot(x - 35, y - 32) < 18 ? Math.min(z, 480) : Math.max(z, 485);
});

function cut(values: Float32Array, frame: TileFrame): Float32Array {
  const out = new Float32Array(frame.width * frame.height);
  for (let row = 0; row < frame.height; row++) {
    const start = (frame.y0 + row) * grid.width + frame.x0;
    out.set(values.subarray(start, start + frame.width), row * frame.width);
  }
  return out;
}

const framesOf = (tileSize: number): TileFrame[] => tileFrames(tileLayout(grid.width, grid.height, tileSize));

/** Stands for the alignment of an elevation file: takes the tile that its parameters name, and makes the first visit. */
const elevationTile = (values: Float32Array): TaskHandler => ({
  kind: 'test-elevation',
  version: 1,
  async run(task, context) {
    const frame = task.parameters as unknown as TileFrame;
    const terrain = terrainOfTile(frame);
    fillLayer(terrain.elevation, cut(values, frame));
    return {
      outputs: { elevation: layerOutput(context, 'elevation', terrain.elevation), ...firstVisit(terrain) },
    };
  },
});

function planOf(
  tileSize: number,
  parameters: TerrainParameters,
  values = elevation,
  layers: readonly TerrainLayer[] = annualTerrainLayers,
): Plan {
  const sources = framesOf(tileSize).map((frame): PlannedTask => {
    const bytes = Buffer.from(cut(values, frame).buffer);
    return {
      id: `elevation/${frame.id}`,
      kind: 'test-elevation',
      parameters: { ...frame },
      inputs: { elevation: { source: null, digest: bytes.toString('base64') } },
    };
  });
  const terrain = planTerrain(grid, tileSize, parameters, (id) => `elevation/${id}`, layers);
  const versions = Object.fromEntries(
    [...terrainHandlers, elevationTile(values)].map((each) => [each.kind, each.version]),
  );
  return { versions, tasks: [...sources, ...terrain] };
}

const allLayers: readonly TerrainLayer[] = [
  'filled',
  ...[...terrainBands, ...terrainRasters].map(({ layer }) => layer),
];

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'terrain-tiles-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

let stores = 0;
const newStore = (): DirectoryStore => new DirectoryStore(join(root, String(stores++)), { durable: false });
const handlersFor = (values = elevation): TaskHandler[] => [...terrainHandlers, elevationTile(values)];

/** Digests of the results of all tiles. */
const digests = (records: ReadonlyMap<string, TaskRecord>): string[] =>
  [...records.values()]
    .filter(({ kind }) => kind === 'terrain-tile')
    .flatMap(({ id, outputs }) => Object.entries(outputs).map(([name, { digest }]) => `${id} ${name} ${digest}`))
    .sort();

describe.each([
  ['CSLE', csle],
  ['RUSLE with the azimuth of flow', rusle],
])('%s terrain as tasks', (_, parameters) => {
  test.each([29, 64, 128])('in tiles of %d cells equals the whole grid', async (tileSize) => {
    const whole = terrainFactors(elevation, grid.width, grid.height, 10, terrainOptions(parameters));
    const store = newStore();
    const { records } = await runPlan(planOf(tileSize, parameters, elevation, allLayers), handlersFor(), store);
    const stored = async (task: string, output: string) =>
      (await readTile(await store.localPath(records.get(task)!.outputs[output]!.digest))).data;
    for (const frame of framesOf(tileSize)) {
      const { task, output } = terrainOf(frame.id);
      const expectLayer = (found: PixelArray | undefined, expected: Float32Array | Uint8Array | Uint32Array) =>
        expect(differingCells(Float32Array.from(found!), cut(Float32Array.from(expected), frame))).toBe(0);
      const floats = await stored(task, output);
      for (const [band, { layer }] of terrainBands.entries()) expectLayer(floats[band], whole[layer]);
      for (const { layer } of terrainRasters) expectLayer((await stored(task, layer))[0], whole[layer]);
      expectLayer((await stored(`terrain/flow/${frame.id}`, 'filledRaster'))[0], whole.filled);
    }
  });
});

describe('terrain tasks', () => {
  test('write the layers asked for and no others', async () => {
    const layers = ['accumulation', 'slopeSteepnessFactor', 'slopeDegrees'] as const;
    const store = newStore();
    const { records } = await runPlan(planOf(64, csle, elevation, layers), handlersFor(), store);
    const [{ id }] = framesOf(64) as [TileFrame];
    const { outputs } = records.get(terrainOf(id).task)!;
    expect(Object.keys(outputs).sort()).toEqual(['accumulation', 'terrain']);
    const bands = (await readTile(await store.localPath(outputs.terrain!.digest))).bands;
    expect(bands.map(({ description }) => description)).toEqual(['slope', 'slope steepness factor S']);
    expect(Object.keys(records.get(`terrain/flow/${id}`)!.outputs)).not.toContain('filledRaster');
  });

  test('broken off after any number of tasks and taken up in another order, give the same digests', async () => {
    const plan = planOf(32, csle);
    const complete = await runPlan(plan, handlersFor(), newStore());
    const random = seededRandom(9);
    for (const stopAfter of [3, 20, 37]) {
      const store = newStore();
      const choose = (ready: readonly unknown[]) => Math.floor(random() * ready.length);
      const before = await runPlan(plan, handlersFor(), store, { choose, stopAfter });
      const after = await runPlan(plan, handlersFor(), store, { choose });
      expect(before.done.length).toBe(stopAfter);
      expect(before.done.length + after.done.length).toBe(plan.tasks.length);
      expect(digests(after.records)).toEqual(digests(complete.records));
    }
  });

  test('repeat the last visit alone for another formula of L', async () => {
    const store = newStore();
    await runPlan(planOf(32, csle), handlersFor(), store);
    const { done } = await runPlan(planOf(32, rusle), handlersFor(), store);
    expect(new Set(done)).toEqual(new Set(framesOf(32).map(({ id }) => `terrain/factors/${id}`)));
  });

  test('a higher hilltop in one tile leaves tiles that it does not drain to as they are', async () => {
    const store = newStore();
    await runPlan(planOf(32, csle), handlersFor(), store);
    const higher = elevation.slice();
    higher[3 * grid.width + 80] = elevation[3 * grid.width + 80]! + 0.125;
    const { done } = await runPlan(planOf(32, csle, higher), handlersFor(higher), store);
    const visits = done.filter((id) => /x\d+_y\d+$/.test(id) && !id.startsWith('elevation'));
    expect(visits.length).toBeGreaterThanOrEqual(3);
    expect(visits.filter((id) => /x00[01]_y/.test(id))).toEqual([]);
  });
});
