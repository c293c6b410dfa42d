import type { GridSpec } from '../../models/grid/grid-spec.ts';
import type { LoadedRun } from '../inputs/run-file.ts';
import type { RunFile } from '../inputs/run-file-schema.ts';
import type { Text } from '../messages/text.ts';
import { contaminationInput, type RegionParameters, type ReportParameters } from '../tasks/report-parameters.ts';
import type { JsonValue, PlannedInput, PlannedTask } from '../tasks/task.ts';
import type { ErosionSettings } from './erosion-settings.ts';
import { contaminatedCells } from './plan-edge-contamination.ts';
import type { SourceDigests } from './source-digests.ts';

const zoneSetNames: Readonly<Record<string, Text>> = {
  province: { zh: '省', en: 'province' },
  city: { zh: '市', en: 'city' },
  county: { zh: '县区', en: 'county' },
  township: { zh: '乡镇', en: 'township' },
  watershed: { zh: '流域', en: 'watershed' },
};

/** What a zone of a set is called: the run file's word, the usual one, else the set's id. */
export function zoneSetName({ id, name }: { readonly id: string; readonly name?: string | undefined }): Text {
  if (name !== undefined) return { zh: name, en: id };
  return zoneSetNames[id] ?? { zh: id, en: id };
}

/**
 * Positions of the zone sets that nest: the first one, the set that names it as parent, and so on. The others divide the
 * region on their own.
 */
export function administrativeLevels(zones: RunFile['statistics']['zones']): number[] {
  const levels = [0];
  for (;;) {
    const last = zones[levels.at(-1)!]!.id;
    const next = zones.findIndex((zone) => zone.kind !== 'raster' && zone.parent === last);
    if (next < 0 || levels.includes(next)) return levels;
    levels.push(next);
  }
}

/** What the figures of a region depend on. @param edition the scenario, null for the run itself */
export function regionParameters(
  { run }: LoadedRun,
  grid: GridSpec,
  edition: RegionParameters['edition'],
): RegionParameters {
  const { zones, landAreas } = run.statistics;
  const region = run.region === '' ? run.name : run.region;
  return {
    grid,
    region: { zh: region, en: region },
    year: run.year,
    edition,
    model: run.model,
    zoneSets: zones.map((zone) => ({ id: zone.id, name: zoneSetName(zone) })),
    administrativeLevels: administrativeLevels(zones),
    landAreaRule: landAreas?.rule ?? 'pixels',
    language: run.outputs.language,
  };
}

/** Inputs of all tasks that work out the figures of a region, besides the cube. */
export async function regionInputs(
  loaded: LoadedRun,
  sources: SourceDigests,
): Promise<Readonly<Record<string, PlannedInput>>> {
  const { zones, landAreas, targets } = loaded.run.statistics;
  const inputs: Record<string, PlannedInput> = {};
  for (const { id } of zones) inputs[`zones-${id}`] = { task: `zones/${id}`, output: 'table' };
  if (landAreas) inputs.landAreas = await sources.file(loaded.resolve(landAreas.file), landAreas.file);
  if (targets) inputs.targets = await sources.file(loaded.resolve(targets), targets);
  return inputs;
}

/**
 * The tasks that make tables and summary, map and chart from the merged cube. Each is a task of its own, so that it waits for
 * nothing but its inputs: only the map needs a delivered raster.
 */
export async function planReport(
  loaded: LoadedRun,
  sources: SourceDigests,
  grid: GridSpec,
  settings: ErosionSettings,
  measures: readonly PlannedTask[],
): Promise<PlannedTask[]> {
  const { run } = loaded;
  const common = regionParameters(loaded, grid, null);
  const cube = { task: 'statistics', output: 'cube' };
  const inputs: Record<string, PlannedInput> = { cube, ...(await regionInputs(loaded, sources)) };
  const map = (): PlannedTask =>
    task(mapTask, 'report-map', common, {
      ...inputs,
      intensity: { task: 'deliver/QD', output: 'raster' },
      overview: { task: `zones/${run.statistics.zones[0]!.id}`, output: 'overview' },
    });
  // What takes longest is begun first, where they can be begun at once.
  return [
    ...(run.outputs.map ? [map()] : []),
    ...(run.outputs.chart ? [task(chartTask, 'report-chart', common, inputs)] : []),
    tablesTask('report', loaded, common, inputs, settings, measures),
  ];
}

/** The task that makes tables and summary. @param measures tasks of the polygons that carry its codes */
export function tablesTask(
  id: string,
  { run }: LoadedRun,
  common: RegionParameters,
  inputs: Readonly<Record<string, PlannedInput>>,
  settings: ErosionSettings,
  measures: readonly PlannedTask[],
): PlannedTask {
  const parameters: ReportParameters = { ...common, unverified: settings.unverified, tables: run.outputs.tables };
  const codes = measures.map((measure): [string, PlannedInput] => [
    `codes-${measure.id.slice('measures/'.length).replace(/@.*/, '')}`,
    { task: measure.id, output: 'table' },
  ]);
  return task(id, 'report', parameters, {
    ...inputs,
    ...Object.fromEntries(codes),
    [contaminationInput]: contaminatedCells,
  });
}

/** Ids of the tasks whose outputs are handed over as they are, in the order of the manifest. */
export const reportTasks = ({ run }: LoadedRun): string[] => [
  'report',
  ...(run.outputs.chart ? [chartTask] : []),
  ...(run.outputs.map ? [mapTask] : []),
];

const chartTask = 'report/chart';
const mapTask = 'report/map';

const task = (
  id: string,
  kind: string,
  parameters: RegionParameters,
  inputs: Readonly<Record<string, PlannedInput>>,
): PlannedTask => ({ id, kind, parameters: parameters as unknown as JsonValue, inputs });
