import {
  type ComparableFacts,
  type Incomparability,
  incomparabilities,
} from '../../models/disturbance/comparability.ts';
import type { DetectionRules } from '../../models/disturbance/rules/detection-2024.ts';
import { type GridSpec, grownWindow, sameGrid, windowGrid } from '../../models/grid/grid-spec.ts';
import type { TileFrame } from '../../models/grid/tile-layout.ts';
import type { LoadedRun } from '../inputs/run-file.ts';
import { userError } from '../messages/user-error.ts';
import {
  type ChangeTileParameters,
  type PatchMergeParameters,
  type PatchReduceParameters,
  type PatchTileParameters,
  waterReachCells,
} from '../tasks/change/change-parameters.ts';
import { years } from '../tasks/change/two-year-strips.ts';
import type { ErosionTileParameters } from '../tasks/erosion-parameters.ts';
import { taskVersions } from '../tasks/registry.ts';
import type { JsonValue, Plan, PlannedInput, PlannedTask } from '../tasks/task.ts';
import { canonicalJson, sha256 } from '../tasks/task-key.ts';
import { type AnnualPlan, planAnnualRun } from './annual-run.ts';
import { terrainUnder } from './plan-terrain.ts';
import { SourceDigests } from './source-digests.ts';
import { neededTasks, prefixedTasks } from './task-sets.ts';
import { annualTileSizeOf, tileSizeOf } from './tile-size.ts';

/** A comparison of two years as data. */
export interface ChangePlan {
  readonly grid: GridSpec;
  readonly tiles: readonly TileFrame[];
  readonly zoneSets: readonly string[];
  readonly factors: readonly string[];
  /** Why the years must not be compared; empty when they may. */
  readonly incomparable: readonly Incomparability[];
  readonly plan: Plan;
}

const json = (value: unknown): JsonValue => value as JsonValue;

/**
 * Plans the comparison of two years. The plan holds what it needs of both years too, which costs nothing where their runs
 * have finished: the store has it.
 *
 * @param runs the earlier year, then the later
 * @throws UserError when the years have different grids or tiles, or are given in the wrong order
 */
export async function planChangeRun(
  runs: readonly [LoadedRun, LoadedRun],
  rules: DetectionRules,
  cacheDirectory: string,
): Promise<ChangePlan> {
  const planned: readonly [AnnualPlan, AnnualPlan] = [
    await planAnnualRun(runs[0], cacheDirectory),
    await planAnnualRun(runs[1], cacheDirectory),
  ];
  refuseUnfitPair(runs, planned);
  const { grid, tiles } = planned[1];
  const tileSize = annualTileSizeOf(runs[1], grid);
  const terrainTileSize = tileSizeOf(runs[1], grid);
  const erosion = planned.map(({ plan }) => new Map(plan.tasks.map((task) => [task.id, task])));
  const last = erosion[1]!.get(`erosion/${tiles[0]!.id}`)!.parameters as unknown as ErosionTileParameters;
  const first = erosion[0]!.get(`erosion/${tiles[0]!.id}`)!.parameters as unknown as ErosionTileParameters;
  const factors = equationOrder.filter((symbol) => first.factors.includes(symbol) && last.factors.includes(symbol));
  const isWhole = factors.length === (last.practice.model === 'CSLE' ? 7 : 6);
  const tasks: PlannedTask[] = [];
  const of = (year: number, task: string, output: string): PlannedInput => ({ task: `${years[year]}/${task}`, output });

  const sources = new SourceDigests(cacheDirectory);
  const { file } = runs[1].run.inputs.landUse;
  const { bands, crs } = last.landUse;
  const reach = waterReachCells(rules, grid);
  const surroundings = (tile: TileFrame): Promise<PlannedInput> =>
    sources.rasterWindow(
      runs[1].resolve(file),
      file,
      bands,
      windowGrid(grid, grownWindow(tile, reach, grid)),
      crs,
      true,
    );

  for (const tile of tiles) {
    const id = `erosion/${tile.id}`;
    const inputs: Record<string, PlannedInput> = {};
    for (const [year, name] of years.entries()) {
      inputs[`${name}-modulus`] = of(year, id, 'modulus');
      inputs[`${name}-intensity`] = of(year, id, 'intensity');
      inputs[`${name}-landUse`] = erosion[year]!.get(id)!.inputs.landUse!;
    }
    for (const set of last.zoneSets) inputs[`zones-${set}`] = of(1, `zones/${set}`, tile.id);
    const terrain = terrainUnder(tile, terrainTileSize);
    const parameters: ChangeTileParameters = {
      grid,
      window: { x0: tile.x0, y0: tile.y0, width: tile.width, height: tile.height },
      landUse: [first.landUse, last.landUse],
      zoneSets: last.zoneSets,
      factors: isWhole ? factors : [],
      equalRain: factors.includes('R'),
      rules,
    };
    const factorInputs: Record<string, PlannedInput> = {};
    for (const symbol of isWhole ? factors : factors.filter((each) => each === 'R'))
      for (const [year, name] of years.entries())
        factorInputs[`${name}-factor-${symbol}`] = of(year, id, `factor-${symbol}`);
    tasks.push({
      id: `change/${tile.id}`,
      kind: 'change-tile',
      parameters: json(parameters),
      inputs: { ...inputs, ...factorInputs },
    });
    const ofPatches: PatchTileParameters = { ...parameters, factors: [], terrainCorner: terrain.corner };
    tasks.push({
      id: `patches/${tile.id}`,
      kind: 'patch-tile',
      parameters: json(ofPatches),
      inputs: {
        ...inputs,
        rule: { task: `change/${tile.id}`, output: 'rule' },
        labels: { task: `change/${tile.id}`, output: 'labels' },
        correction: { task: 'patches/labels', output: tile.id },
        terrain: of(1, terrain.input.task, terrain.input.output),
        'surrounding-landUse': await surroundings(tile),
      },
    });
  }
  const fromTiles = (stage: string, output: string) =>
    Object.fromEntries(tiles.map(({ id }) => [id, { task: `${stage}/${id}`, output }]));
  const reduction: PatchReduceParameters = { ...grid, tileSize, connectivity: rules.connectivity };
  const { width, height, connectivity } = reduction;
  tasks.push({
    id: 'patches/labels',
    kind: 'patch-reduce',
    parameters: { width, height, tileSize, connectivity },
    inputs: fromTiles('change', 'boundary'),
  });
  const merge: PatchMergeParameters = { grid, rules };
  tasks.push({ id: 'patches', kind: 'patch-merge', parameters: json(merge), inputs: fromTiles('patches', 'parts') });
  tasks.push({ id: 'changes', kind: 'change-merge', parameters: {}, inputs: fromTiles('change', 'changes') });

  const wanted = tasks.flatMap(({ inputs }) =>
    Object.values(inputs).flatMap((input) => ('task' in input ? input.task : [])),
  );
  const both = planned.flatMap(({ plan }, year) => prefixedTasks(plan.tasks, years[year]!));
  const all = inOrder([...neededTasks(both, wanted), ...tasks]);
  const versions = Object.fromEntries(all.map(({ kind }) => [kind, taskVersions[kind]!]));
  return {
    grid,
    tiles,
    zoneSets: last.zoneSets,
    factors: isWhole ? factors : [],
    incomparable: incomparabilities(comparableFacts(runs[0], planned[0]), comparableFacts(runs[1], planned[1])),
    plan: { versions, tasks: all },
  };
}

const equationOrder = ['R', 'K', 'L', 'S', 'B', 'E', 'T', 'C', 'P'];

/** Each task after those it depends on; tasks of the comparison are listed tile by tile. */
function inOrder(tasks: readonly PlannedTask[]): PlannedTask[] {
  const rank: Readonly<Record<string, number>> = {
    'change-tile': 1,
    'patch-reduce': 2,
    'patch-tile': 3,
    'patch-merge': 4,
    'change-merge': 4,
  };
  return tasks
    .map((task, at) => ({ task, at }))
    .sort((a, b) => (rank[a.task.kind] ?? 0) - (rank[b.task.kind] ?? 0) || a.at - b.at)
    .map(({ task }) => task);
}

/** What decides whether the year may be compared, as text. */
function comparableFacts({ run }: LoadedRun, { grid, plan }: AnnualPlan): ComparableFacts {
  const digest = (value: unknown): string => sha256(canonicalJson(json(value)));
  const { erosivityMode, ...methods } = run.methods;
  // Where a tile lies is no setting; what it holds and how it is read is.
  const elevation = plan.tasks
    .filter(({ kind }) => kind === 'align-elevation')
    .map(({ inputs, parameters }) => {
      const { target: _target, ...reading } = parameters as unknown as { target: GridSpec };
      const file = inputs.elevation!;
      return [reading, 'digest' in file ? file.digest : ''];
    });
  const {
    grid: _grid,
    window: _window,
    terrainCorner: _corner,
    overviews: _overviews,
    landUse: _landUse,
    factors: _factors,
    ...parameters
  } = plan.tasks.find(({ kind }) => kind === 'erosion-tile')!.parameters as unknown as ErosionTileParameters;
  return {
    grid: digest(grid),
    elevation: digest(elevation),
    model: run.model,
    parameters: digest([parameters, methods]),
    erosivityMode: erosivityMode ?? '',
    landUseScheme: digest([run.inputs.landUse.scheme, run.inputs.landUse.crosswalk ?? null]),
  };
}

function refuseUnfitPair(runs: readonly [LoadedRun, LoadedRun], planned: readonly [AnnualPlan, AnnualPlan]): void {
  const [before, now] = runs;
  if (before.run.year >= now.run.year)
    throw userError(
      'years-out-of-order',
      now.run.name,
      {
        zh: `前一期为 ${before.run.year} 年，后一期为 ${now.run.year} 年`,
        en: `years ${before.run.year}, ${now.run.year}`,
      },
      { zh: '应先给出较早的年份', en: 'expected the earlier year first' },
    );
  if (
    !sameGrid(planned[0].grid, planned[1].grid) ||
    tileSizeOf(before, planned[0].grid) !== tileSizeOf(now, planned[1].grid)
  )
    throw userError(
      'grids-differ',
      now.run.name,
      { zh: '两个年份的网格或分块大小不同', en: 'the two years have different grids or tile sizes' },
      { zh: '应为同一网格', en: 'expected the same grid' },
      { zh: '请在两个运行文件中写明相同的 grid', en: 'state the same grid in both run files' },
    );
}
