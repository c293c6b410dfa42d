import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GridSpec, windowGrid } from '../../models/grid/grid-spec.ts';
import { tileFrames, tileLayout } from '../../models/grid/tile-layout.ts';
import { writeRaster } from '../../pipeline/formats/raster-write.ts';
import { planTerrain } from '../../pipeline/plan/plan-terrain.ts';
import { SourceDigests } from '../../pipeline/plan/source-digests.ts';
import { DirectoryStore } from '../../pipeline/store/directory-store.ts';
import { taskVersions } from '../../pipeline/tasks/registry.ts';
import type { Plan, PlannedTask, TaskKey } from '../../pipeline/tasks/task.ts';
import { terrainHandlers } from '../../pipeline/tasks/terrain/handlers.ts';
import { fractalTerrain } from '../support/terrains.ts';
import { ensureBuilt, root } from '../workers/support/engine.ts';
import { Program } from './support/programs.ts';

const registry = join(root, 'test', 'faults', 'support', 'terrain-killed-in-stages.mjs');
const grid: GridSpec = {
  crs: 'EPSG:4544',
  cellSizeMetres: 10,
  originX: 400_000,
  originY: 4_000_000,
  width: 300,
  height: 260,
};
const tileSize = 128;

describe.skipIf(process.platform !== 'linux')('terrain whose process is killed with SIGKILL', () => {
  let directory: string;
  beforeAll(async () => {
    ensureBuilt();
    directory = mkdtempSync(join(tmpdir(), 'shuibao-terrain-kills-'));
    const elevation = join(directory, 'elevation.tif');
    const { elevation: data } = fractalTerrain(grid.width, grid.height, 12, 60, 0.5);
    await writeRaster(elevation, { grid, codec: 'working', bands: [{ data, nodata: Number.NaN }] });
    writeFileSync(join(directory, 'plan.json'), JSON.stringify(await planOf(elevation)));
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  async function planOf(elevation: string): Promise<Plan> {
    const sources = new SourceDigests(directory);
    const tasks: PlannedTask[] = [];
    for (const frame of tileFrames(tileLayout(grid.width, grid.height, tileSize))) {
      const target = windowGrid(grid, frame);
      tasks.push({
        id: `elevation/${frame.id}`,
        kind: 'align-elevation',
        parameters: { target: { ...target }, band: 1, crs: null, nodata: null, scale: 1 },
        inputs: { elevation: await sources.rasterWindow(elevation, elevation, [1], target, null) },
      });
    }
    const settings = {
      variant: 'aml',
      gentleCutOff: 0.7,
      steepCutOff: 0.5,
      channelAreaSquareMetres: 20_000,
      steepness: { method: 'csle-liu1994', settings: {} },
      length: { method: 'csle-foster-wischmeier1974', settings: {} },
      maxSlopeLengthMetres: null,
    } as const;
    const terrain = planTerrain(grid, tileSize, settings, (id) => `elevation/${id}`);
    return { versions: taskVersions, tasks: [...tasks, ...terrain] };
  }

  /** Starts the run over and over until it reports; what every task left, and what the process noted. */
  async function run(name: string, isKilled: boolean) {
    const store = new DirectoryStore(join(directory, name));
    const trace = join(directory, `${name}.txt`);
    writeFileSync(trace, '');
    const environment = {
      STORE_URL: store.location,
      SHUIBAO_STORE: store.location,
      SHUIBAO_DURABLE: '0',
      SHUIBAO_TASK_REGISTRY: registry,
      SHUIBAO_TEST_TRACE: trace,
      SHUIBAO_TEST_KILL: isKilled ? 'yes' : 'no',
    };
    const settings = { store: store.location, planFile: join(directory, 'plan.json') };
    let keys: Record<string, TaskKey> | undefined;
    let starts = 0;
    while (keys === undefined && starts <= terrainHandlers.length) {
      const program = new Program('plan-program.mjs', settings, environment);
      starts++;
      await program.ended;
      expect(program.complaints).toBe('');
      keys = program.value('REPORT');
    }
    const digests: Record<string, unknown> = {};
    for (const [id, key] of Object.entries(keys ?? {})) digests[id] = (await store.completeRecord(key))?.outputs;
    const lines = readFileSync(trace, 'utf8').split('\n');
    const memory = lines.filter((line) => line.startsWith('done ')).map((line) => Number(line.split(' ')[2]));
    const killed = lines.filter((line) => line.startsWith('killed ')).map((line) => line.split(' ')[1]!);
    return { digests, starts, killed, peakKilobytes: Math.max(...memory) };
  }

  it('inside each visit and each reduction ends with the same digests in the same memory', async () => {
    const undisturbed = await run('undisturbed', false);
    expect(undisturbed.starts).toBe(1);
    const killed = await run('killed', true);
    expect(killed.killed).toEqual(terrainHandlers.map(({ kind }) => kind));
    expect(killed.starts).toBe(terrainHandlers.length + 1);
    expect(Object.keys(killed.digests).length).toBe(9 * 4 + 4);
    expect(killed.digests).toEqual(undisturbed.digests);
    expect(killed.peakKilobytes).toBeLessThan(1.2 * undisturbed.peakKilobytes);
  }, 120_000);
});
