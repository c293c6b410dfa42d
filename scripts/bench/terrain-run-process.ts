/**
 * Runs the terrain tasks of a plan from an elevation file, through the engine with its queue, store and tile processes, and
 * prints what only the process itself knows, as JSON. Arguments: side in cells, elevation file, workspace, side of a tile,
 * number of tile processes.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { windowGrid } from '../../models/grid/grid-spec.ts';
import { tileFrames, tileLayout } from '../../models/grid/tile-layout.ts';
import { planTerrain } from '../../pipeline/plan/plan-terrain.ts';
import { SourceDigests } from '../../pipeline/plan/source-digests.ts';
import { taskVersions } from '../../pipeline/tasks/registry.ts';
import type { PlannedTask } from '../../pipeline/tasks/task.ts';
import { openEngine } from '../../workers/engine.ts';
import { benchTerrain } from './terrain-chain.ts';
import { terrainRunGrid, terrainRunLayers } from './terrain-run-grid.ts';

export interface TerrainRunMeasures {
  /** Largest resident memory of each process, MB: this one, then the tile processes. Empty where the system does not tell. */
  readonly peakMegabytes: readonly number[];
  /** Seconds that the tasks of each kind took in the tile processes. */
  readonly secondsByKind: Readonly<Record<string, number>>;
  /** Most bytes that the visits to one tile give to the reductions. */
  readonly exportedBytes: number;
}

const [side, tileSize, slots] = [process.argv[2], process.argv[5], process.argv[6]].map(Number) as [
  number,
  number,
  number,
];
const [elevation, workspace] = [process.argv[3]!, process.argv[4]!];
export const ready = run();

async function run(): Promise<void> {
  const secondsByKind: Record<string, number> = {};
  // As `shuibao run` does it, the engine opens while the file is looked at.
  const opening = openEngine({
    workspace,
    slots,
    warm: slots,
    onEvent(event) {
      if (event.type !== 'task-finished') return;
      secondsByKind[event.task.kind] = (secondsByKind[event.task.kind] ?? 0) + (event.milliseconds ?? 0) / 1000;
    },
  });
  const grid = terrainRunGrid(side);
  const sources = new SourceDigests(workspace);
  const tasks: PlannedTask[] = [];
  for (const frame of tileFrames(tileLayout(side, side, tileSize))) {
    const target = windowGrid(grid, frame);
    tasks.push({
      id: `elevation/${frame.id}`,
      kind: 'align-elevation',
      parameters: { target: { ...target }, band: 1, crs: null, nodata: null, scale: 1 },
      inputs: { elevation: await sources.rasterWindow(elevation, elevation, [1], target, null) },
    });
  }
  tasks.push(...planTerrain(grid, tileSize, benchTerrain, (id) => `elevation/${id}`, terrainRunLayers));

  const engine = await opening;
  const plan = { versions: taskVersions, tasks };
  const { state, failures, keys } = await (await engine.submit({ runId: 'terrain', name: 'terrain', plan })).finished;
  if (state !== 'finished') throw new Error(JSON.stringify(failures.slice(0, 3)));
  const peakMegabytes = peaks();

  const exported = new Map<string, number>();
  for (const { id } of tasks) {
    const [, tile] = id.split(/\/(?=x\d)/);
    if (tile === undefined) continue;
    const { outputs } = (await engine.store.readRecord(keys[id]!))!;
    for (const name of ['boundary', 'lengths'])
      exported.set(tile, (exported.get(tile) ?? 0) + (outputs[name]?.bytes ?? 0));
  }
  await engine.close();
  const exportedBytes = Math.max(...exported.values());
  const measures: TerrainRunMeasures = { peakMegabytes, secondsByKind, exportedBytes };
  console.log(JSON.stringify(measures));
}

/** Peaks of this process and its children, as Linux tells them. */
function peaks(): number[] {
  const state = (id: string) => {
    try {
      return readFileSync(join('/proc', id, 'status'), 'utf8');
    } catch {
      return '';
    }
  };
  const figure = (text: string, name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1]);
  const own = state('self');
  if (own === '') return [];
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(state)
    .filter((text) => figure(text, 'PPid') === process.pid);
  return [own, ...children].map((text) => figure(text, 'VmHWM') / 1024);
}
