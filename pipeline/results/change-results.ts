import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { changeTables } from '../exports/change-tables.ts';
import type { LoadedRun } from '../inputs/run-file.ts';
import type { ChangePlan } from '../plan/change-run.ts';
import type { ArtifactStore } from '../store/artifact-store.ts';
import { type ChangeCounts, decodeChangeCounts } from '../tasks/change/change-counts.ts';
import type { DetectedPatches } from '../tasks/change/patch-merge.ts';
import type { CodeEntry } from '../tasks/code-tiles.ts';
import type { TaskKey } from '../tasks/task.ts';

/** What a finished comparison of two years left in the store. */
export interface ChangeResults {
  readonly counts: ChangeCounts;
  readonly detected: DetectedPatches;
  /** Zones of each set of the later year. */
  readonly zones: Readonly<Record<string, readonly CodeEntry[]>>;
}

/** @param keys key of each finished task, by its id in the plan */
export async function changeResults(
  planned: ChangePlan,
  keys: Readonly<Record<string, TaskKey>>,
  store: ArtifactStore,
): Promise<ChangeResults> {
  const bytes = async (task: string, output: string): Promise<Buffer> => {
    const record = await store.readRecord(keys[task]!);
    return Buffer.from(await store.readBytes(record!.outputs[output]!.digest));
  };
  const zones: Record<string, CodeEntry[]> = {};
  for (const set of planned.zoneSets)
    zones[set] = JSON.parse((await bytes(`current/zones/${set}`, 'table')).toString());
  return {
    counts: decodeChangeCounts(await bytes('changes', 'changes')),
    detected: JSON.parse((await bytes('patches', 'patches')).toString()) as DetectedPatches,
    zones,
  };
}

/** Writes the tables of change, one set of files for each zone set; returns their paths. */
export async function writeChangeTables(
  directory: string,
  runs: readonly [LoadedRun, LoadedRun],
  planned: ChangePlan,
  { counts, zones }: ChangeResults,
): Promise<string[]> {
  await mkdir(directory, { recursive: true });
  const paths: string[] = [];
  for (const [at, set] of planned.zoneSets.entries()) {
    const tables = changeTables({
      years: [runs[0].run.year, runs[1].run.year],
      cellSizeMetres: planned.grid.cellSizeMetres,
      counts,
      zoneSet: set,
      zones: zones[set]!,
      // The factors' shares are counted for the first set alone.
      factors: at === 0 ? planned.factors : [],
      incomparable: planned.incomparable,
    });
    for (const [name, text] of Object.entries(tables)) {
      const path = join(directory, name.replace(/\.csv$/, `_${set}.csv`));
      await writeFile(path, text);
      paths.push(path);
    }
  }
  return paths;
}
