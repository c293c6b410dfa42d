import { hasErrors } from '../inputs/check-page.ts';
import { checkRun } from '../inputs/check-run.ts';
import type { InspectedInput } from '../inputs/inspected-input.ts';
import { type LoadedRun, loadRunFile } from '../inputs/run-file.ts';
import { digestCache, resultsOf, workspaceOf } from '../inputs/run-places.ts';
import type { Finding } from '../messages/finding.ts';
import { type AnnualPlan, planAnnualRun } from '../plan/annual-run.ts';
import type { ArtifactStore } from '../store/artifact-store.ts';
import type { StatisticsFigure } from '../tasks/statistics-rows.ts';
import type { TaskKey } from '../tasks/task.ts';
import { publishFiles } from './publish-run.ts';
import { runManifest } from './run-manifest.ts';
import { runFigures, runOutputs } from './run-outputs.ts';

/** A year whose inputs were looked at. */
export interface CheckedYear {
  readonly loaded: LoadedRun;
  readonly inspections: readonly InspectedInput[];
  readonly findings: readonly Finding[];
  /** Whether the findings forbid running it. */
  readonly refused: boolean;
}

export interface PublishedYear {
  readonly directory: string;
  readonly figures: readonly StatisticsFigure[];
}

/**
 * Looks at the inputs of a year; those that have not changed since they were looked at need no second look.
 * @param check - false leaves the inputs uninspected
 * @param onInspection - called when a file is about to be looked at, which another process does
 */
export async function checkYear(runFile: string, check: boolean, onInspection?: () => void): Promise<CheckedYear> {
  const loaded = await loadRunFile(runFile);
  if (!check) return { loaded, inspections: [], findings: [], refused: false };
  const { findings, inspections } = await checkRun(loaded, digestCache(workspaceOf(loaded)), onInspection);
  return { loaded, inspections, findings, refused: hasErrors(findings) };
}

export const planYear = (loaded: LoadedRun): Promise<AnnualPlan> =>
  planAnnualRun(loaded, digestCache(workspaceOf(loaded)));

/**
 * Hands over the results of a finished year.
 * @param keys - key of each task, by its id in the plan
 * @param version - version of this program, for the manifest
 */
export async function publishYear(
  { loaded, findings }: Pick<CheckedYear, 'loaded' | 'findings'>,
  planned: AnnualPlan,
  keys: Readonly<Record<string, TaskKey>>,
  store: ArtifactStore,
  version: string,
): Promise<PublishedYear> {
  const directory = resultsOf(loaded);
  const files = await runOutputs(loaded, keys, store);
  const report = (await store.readRecord(keys.report!))!;
  const cacheDirectory = digestCache(workspaceOf(loaded));
  const manifest = await runManifest({ loaded, planned, report, files, findings, version, cacheDirectory });
  const figures = await runFigures(loaded, keys, store);
  await publishFiles(store, directory, files, manifest);
  return { directory, figures };
}
