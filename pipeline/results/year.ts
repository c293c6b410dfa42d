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
import { Publication } from './publication.ts';
import { runManifest } from './run-manifest.ts';
import { filesOfTasks, runFigures, runOutputs } from './run-outputs.ts';

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

/** Hands over the results of a year: what is done while the rest is still being computed, and all of it in the end. */
export class YearPublication {
  private readonly year: Pick<CheckedYear, 'loaded' | 'findings'>;
  private readonly planned: AnnualPlan;
  private readonly store: ArtifactStore;
  private readonly version: string;
  private readonly files: Publication;
  private readonly filesOf: ReturnType<typeof filesOfTasks>;

  /** @param version - version of this program, for the manifest */
  constructor(
    year: Pick<CheckedYear, 'loaded' | 'findings'>,
    planned: AnnualPlan,
    store: ArtifactStore,
    version: string,
  ) {
    this.year = year;
    this.planned = planned;
    this.store = store;
    this.version = version;
    this.files = new Publication(store, resultsOf(year.loaded));
    this.filesOf = filesOfTasks(year.loaded);
  }

  /** A task of the plan has its record: files that come from it alone are made ready. */
  async ended(id: string, key: TaskKey): Promise<void> {
    const filesOf = this.filesOf.get(id);
    const record = filesOf && (await this.store.readRecord(key));
    if (record) for (const file of filesOf(record.outputs)) this.files.prepare(file);
  }

  /** @param keys - key of each task, by its id in the plan */
  async publish(keys: Readonly<Record<string, TaskKey>>): Promise<PublishedYear> {
    const { planned, store, version } = this;
    const { loaded, findings } = this.year;
    const files = await runOutputs(loaded, keys, store);
    const report = (await store.readRecord(keys.report!))!;
    const cacheDirectory = digestCache(workspaceOf(loaded));
    const manifest = await runManifest({ loaded, planned, report, files, findings, version, cacheDirectory });
    const figures = await runFigures(loaded, keys, store);
    await this.files.finish(files, manifest);
    return { directory: resultsOf(loaded), figures };
  }

  /** The year will not be handed over: what was made ready is removed. */
  abandon(): Promise<void> {
    return this.files.abandon();
  }
}
