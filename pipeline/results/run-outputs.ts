import type { LoadedRun } from '../inputs/run-file.ts';
import { deliverableLayers } from '../plan/deliverable-layers.ts';
import { reportTasks } from '../plan/plan-report.ts';
import { comparisonTask, scenarioTask } from '../plan/plan-scenarios.ts';
import type { ArtifactStore } from '../store/artifact-store.ts';
import type { StatisticsFigure } from '../tasks/statistics-rows.ts';
import type { TaskKey, TaskRecord } from '../tasks/task.ts';
import type { PublishedFile } from './publication.ts';

/** The files that the outputs of a task are handed over as. */
type FilesOf = (outputs: TaskRecord['outputs']) => PublishedFile[];

const one =
  (output: string, fileName: string): FilesOf =>
  (outputs) => [{ fileName, ...outputs[output]! }];
const all: FilesOf = (outputs) => Object.entries(outputs).map(([fileName, output]) => ({ fileName, ...output }));

/** What a run hands over, by the id of the task that makes it: result rasters, then the files of the report, then scenarios. */
export function filesOfTasks(loaded: LoadedRun): ReadonlyMap<string, FilesOf> {
  const { year, scenarios } = loaded.run;
  return new Map([
    ...deliverableLayers(loaded).map(({ id, fileName }) => [`deliver/${id}`, one('raster', fileName)] as const),
    ['statistics', one('cube', `statistics_${year}.cube`)],
    ...reportTasks(loaded).map((id) => [id, all] as const),
    ...scenarios.map(
      ({ id }) => [scenarioTask(id, 'statistics'), one('cube', `statistics_${id}_${year}.cube`)] as const,
    ),
    ...scenarioReports(loaded).map((id) => [id, all] as const),
  ]);
}

/**
 * The files a finished run hands over, in the order of their tasks.
 * @param keys key of each finished task, by its id in the plan
 */
export async function runOutputs(
  loaded: LoadedRun,
  keys: Readonly<Record<string, TaskKey>>,
  store: ArtifactStore,
): Promise<PublishedFile[]> {
  const files: PublishedFile[] = [];
  for (const [id, filesOf] of filesOfTasks(loaded))
    files.push(...filesOf((await store.readRecord(keys[id]!))!.outputs));
  return files;
}

/** Ids of the tasks of scenarios whose outputs are handed over as they are. */
const scenarioReports = ({ run: { scenarios } }: LoadedRun): string[] =>
  scenarios.length === 0 ? [] : [...scenarios.map(({ id }) => scenarioTask(id, 'report')), comparisonTask];

/** The unrounded figures of a finished run, for the catalog. */
export async function runFigures(
  loaded: LoadedRun,
  keys: Readonly<Record<string, TaskKey>>,
  store: ArtifactStore,
): Promise<StatisticsFigure[]> {
  const record = await store.readRecord(keys.report!);
  const bytes = await store.readBytes(record!.outputs[`statistics_${loaded.run.year}.json`]!.digest);
  return JSON.parse(Buffer.from(bytes).toString()) as StatisticsFigure[];
}
