import type { LoadedRun } from '../inputs/run-file.ts';
import { deliverableLayers } from '../plan/deliverable-layers.ts';
import { reportTasks } from '../plan/plan-report.ts';
import { comparisonTask, scenarioTask } from '../plan/plan-scenarios.ts';
import type { ArtifactStore } from '../store/artifact-store.ts';
import type { StatisticsFigure } from '../tasks/statistics-rows.ts';
import type { TaskKey, TaskRecord } from '../tasks/task.ts';
import type { PublishedFile } from './publish-run.ts';

/**
 * The files a finished run hands over, in the order of their tasks: result rasters, then the files of the report.
 * @param keys key of each finished task, by its id in the plan
 */
export async function runOutputs(
  loaded: LoadedRun,
  keys: Readonly<Record<string, TaskKey>>,
  store: ArtifactStore,
): Promise<PublishedFile[]> {
  const files: PublishedFile[] = [];
  const recordOf = async (id: string): Promise<TaskRecord> => (await store.readRecord(keys[id]!))!;
  for (const { id, fileName } of deliverableLayers(loaded))
    files.push({ fileName, ...(await recordOf(`deliver/${id}`)).outputs.raster! });
  const cube = (await recordOf('statistics')).outputs.cube!;
  files.push({ fileName: `statistics_${loaded.run.year}.cube`, ...cube });
  for (const id of reportTasks(loaded))
    for (const [fileName, output] of Object.entries((await recordOf(id)).outputs)) files.push({ fileName, ...output });
  for (const { id } of loaded.run.scenarios) {
    const { cube: own } = (await recordOf(scenarioTask(id, 'statistics'))).outputs;
    files.push({ fileName: `statistics_${id}_${loaded.run.year}.cube`, ...own! });
  }
  for (const id of scenarioReports(loaded))
    for (const [fileName, output] of Object.entries((await recordOf(id)).outputs)) files.push({ fileName, ...output });
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
