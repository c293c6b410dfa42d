import { type ClassDistance, classDistanceSl190 } from '../../models/erosion/classify-sl190.ts';
import { nodataCauses } from '../../models/erosion/nodata-cause.ts';
import { erosionModulusFloat32 } from '../../models/erosion/soil-loss.ts';
import { cellAt } from '../../models/grid/grid-spec.ts';
import type { TileFrame } from '../../models/grid/tile-layout.ts';
import { coordinateTransform } from '../formats/crs.ts';
import { readTile } from '../formats/raster-read.ts';
import type { LoadedRun } from '../inputs/run-file.ts';
import { suggestion } from '../inputs/run-file-issues.ts';
import type { Text } from '../messages/text.ts';
import { userError } from '../messages/user-error.ts';
import type { AnnualPlan } from '../plan/annual-run.ts';
import { terrainUnder } from '../plan/plan-terrain.ts';
import { tileSizeOf } from '../plan/tile-size.ts';
import type { ArtifactStore } from '../store/artifact-store.ts';
import { scenarioOutput } from '../tasks/erosion-outputs.ts';
import type { ErosionTileParameters } from '../tasks/erosion-parameters.ts';
import { erosionOfCell } from '../tasks/erosion-window.ts';
import { openSource } from '../tasks/source-file.ts';
import { surveyPlan } from '../tasks/survey-plan.ts';
import type { PlannedTask, TaskRecord } from '../tasks/task.ts';
import { type FactorProvenance, factorProvenance } from './factor-provenance.ts';

/** A factor of one cell. */
export interface ExplainedFactor extends FactorProvenance {
  /** As used: a float32. NaN where there is none. */
  readonly value: number;
}

/** How the modulus of one cell came about. */
export interface ExplainedCell {
  readonly column: number;
  readonly row: number;
  /** Centre of the cell in the grid's system, metres. */
  readonly x: number;
  readonly y: number;
  readonly landUse: number;
  readonly slopeDegrees: number;
  readonly factors: readonly ExplainedFactor[];
  /** Product of the factors as listed, in the rounding of the tile kernel; t·km⁻²·a⁻¹. */
  readonly product: number;
  /** What the stored tile holds. */
  readonly storedModulus: number;
  readonly storedIntensity: number;
  readonly tolerance: number;
  /** Modulus of wind erosion, t·km⁻²·a⁻¹; undefined where the run has none. */
  readonly windModulus: number | undefined;
  /** Id of the cause of nodata, `valid` where there is a value. */
  readonly cause: (typeof nodataCauses)[number]['id'];
  /** Distance of the modulus to the neighbouring classes; undefined without a value. */
  readonly distance: ClassDistance | undefined;
  /** What of its terrain may depend on land outside the elevation, see `edgeContamination`. */
  readonly edgeContamination: number;
  /** The scenario it is of; undefined for the run itself. */
  readonly scenario: Text | undefined;
}

/**
 * Explains a cell of a finished run: computes the window of that one cell again with the code of the tile task, from the
 * inputs the tile's record names.
 *
 * @param position in the grid's system, or longitude and latitude (CGCS2000) in degrees
 * @param scenarioId the scenario to explain; the run itself when left out
 * @throws UserError outside the grid, or where the tile has not been computed yet
 */
export async function explainCell(
  loaded: LoadedRun,
  planned: AnnualPlan,
  store: ArtifactStore,
  position: readonly [number, number],
  isDegrees: boolean,
  scenarioId?: string,
): Promise<ExplainedCell> {
  const { grid, tiles, plan, scenarios } = planned;
  const at = scenarioId === undefined ? -1 : scenarios.findIndex(({ id }) => id === scenarioId);
  if (scenarioId !== undefined && at < 0) throw noScenario(loaded, scenarioId);
  const scenario = scenarios[at];
  const [x, y] = isDegrees ? coordinateTransform('EPSG:4490', grid.crs).point(...position) : position;
  const cell = cellAt(grid, x, y);
  if (!cell) throw outside(loaded, position);
  const tile = tiles.find((each) => holds(each, cell))!;
  const task = plan.tasks.find(({ id }) => id === `erosion/${tile.id}`)!;
  const records = await finishedRecords(planned, store);
  const record = records.get(task.id);
  if (!record) throw notComputed(loaded, task.id);

  const parameters = task.parameters as unknown as ErosionTileParameters;
  const practice = scenario === undefined ? parameters.practice : parameters.scenarios[at]!.practice;
  const paths = (name: string) => inputPath(task, name, records, store);
  const result = await erosionOfCell({ ...parameters, practice }, tile, cell, paths);
  const storedIn = async ({ outputs }: TaskRecord, output: string, { x0, y0 }: Pick<TileFrame, 'x0' | 'y0'>) => {
    const { data, width } = await readTile(await store.localPath(outputs[output]!.digest));
    return data[0]![(cell.row - y0) * width + cell.column - x0]!;
  };
  const stored = (name: string) =>
    storedIn(record, scenario === undefined ? name : scenarioOutput(name, scenario.id), tile);
  const terrain = terrainUnder(tile, tileSizeOf(loaded, grid));
  const { loaded: own, settings } = scenario ?? { loaded, settings: planned.settings };
  const provenance = new Map(factorProvenance(own, settings).map((each) => [each.symbol, each]));
  const factors = Object.entries(result.factors).map(([symbol, [value]]) => ({
    ...provenance.get(symbol)!,
    value: value!,
  }));
  const cause = nodataCauses.find(({ code }) => code === result.cause[0])!.id;
  const tolerance = result.tolerance[0]!;
  const storedModulus = await stored('modulus');
  return {
    ...cell,
    x: grid.originX + (cell.column + 0.5) * grid.cellSizeMetres,
    y: grid.originY - (cell.row + 0.5) * grid.cellSizeMetres,
    landUse: result.landUse[0]!,
    slopeDegrees: result.inputs.slopeDegrees[0]!,
    factors,
    product: erosionModulusFloat32(factors.map(({ value }) => value)),
    storedModulus,
    storedIntensity: await stored('intensity'),
    tolerance,
    windModulus: result.wind?.[0],
    edgeContamination: await storedIn(records.get(terrain.input.task)!, 'edgeContamination', terrain.corner),
    cause,
    distance: cause === 'valid' ? classDistanceSl190(storedModulus, tolerance) : undefined,
    scenario: scenario?.name,
  };
}

const holds = (tile: TileFrame, { column, row }: { column: number; row: number }): boolean =>
  column >= tile.x0 && column < tile.x0 + tile.width && row >= tile.y0 && row < tile.y0 + tile.height;

/** Records of all tasks of a plan that need no work. */
async function finishedRecords({ plan }: AnnualPlan, store: ArtifactStore): Promise<Map<string, TaskRecord>> {
  const { keys, states } = await surveyPlan(plan, store);
  const records = new Map<string, TaskRecord>();
  for (const [id, key] of keys) {
    const record = states.get(id) === 'done' ? await store.readRecord(key) : undefined;
    if (record) records.set(id, record);
  }
  return records;
}

function inputPath(
  task: PlannedTask,
  name: string,
  records: ReadonlyMap<string, TaskRecord>,
  store: ArtifactStore,
): Promise<string> {
  const input = task.inputs[name]!;
  if (!('task' in input)) return openSource(input);
  return store.localPath(records.get(input.task)!.outputs[input.output]!.digest);
}

const outside = (loaded: LoadedRun, [x, y]: readonly [number, number]) =>
  userError(
    'explain-outside',
    loaded.run.name,
    { zh: `位置 ${x}, ${y} 不在网格内`, en: `${x}, ${y} lies outside the grid` },
    { zh: '应为网格坐标系中的坐标，或经纬度', en: 'expected a position in the grid’s system, or longitude, latitude' },
    { zh: '网格范围见 shuibao plan', en: 'shuibao plan shows the extent' },
  );

const noScenario = (loaded: LoadedRun, id: string) => {
  const ids = loaded.run.scenarios.map((each) => each.id);
  return userError(
    'explain-no-scenario',
    loaded.run.name,
    { zh: `没有情景“${id}”`, en: `there is no scenario “${id}”` },
    ids.length === 0
      ? { zh: '运行文件没有 scenarios', en: 'the run file has no scenarios' }
      : { zh: `应为其中之一：${ids.join('、')}`, en: `expected one of ${ids.join(', ')}` },
    suggestion(id, ids),
  );
};

const notComputed = (loaded: LoadedRun, task: string) =>
  userError(
    'explain-not-computed',
    loaded.run.name,
    { zh: `${task} 尚未计算`, en: `${task} has not been computed` },
    { zh: '应为已完成的运行', en: 'expected a finished run' },
    { zh: '请先执行 shuibao run', en: 'run shuibao run first' },
  );
