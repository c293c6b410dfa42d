import type { Catalog, RunEntry as CatalogRun } from '../../pipeline/catalog/catalog.ts';
import type { JsonValue } from '../../pipeline/tasks/task.ts';
import type { RunEntry } from './run-entry.ts';
import type { RunLedger } from './run-ledger.ts';

/** Lets the catalog forget a run that the ledger has forgotten. */
export async function forgetInCatalog(catalog: Catalog, ledger: RunLedger, id: string): Promise<void> {
  await catalog.removeRun(id);
  await ledger.bury(id);
}

/**
 * Enters in the catalog what it lacks of the runs of a ledger, with their figures: a new one, or one whose database was
 * lost. Runs that are still to come enter it when they begin; those that were forgotten leave it.
 * @returns how many runs it lacked
 */
export async function reconcileRuns(catalog: Catalog, ledger: RunLedger): Promise<number> {
  for (const id of await ledger.forgotten()) await forgetInCatalog(catalog, ledger, id);
  const known = new Map((await catalog.listRuns()).map((run) => [run.id, run]));
  let restored = 0;
  for (const entry of await ledger.list()) {
    const run = catalogRun(entry);
    if (!run || known.get(run.id)?.state === run.state) continue;
    await catalog.restoreRun(run);
    const figures = run.state === 'finished' ? await ledger.readFigures(run.id) : undefined;
    if (figures) await catalog.writeStatistics(run.id, figures);
    restored++;
  }
  return restored;
}

function catalogRun(entry: RunEntry): CatalogRun | undefined {
  const { id, name, state, planDigest, submitted, ended, counts } = entry;
  if (planDigest === undefined || state === 'queued' || state === 'running') return undefined;
  const error = entry.problems ?? entry.fault ?? entry.failures ?? null;
  return {
    id,
    name,
    state: state === 'interrupted' ? 'failed' : state,
    planDigest,
    created: new Date(submitted),
    finished: ended === undefined ? undefined : new Date(ended),
    counts: (counts ?? null) as unknown as JsonValue,
    error: (error?.length === 0 ? null : error) as unknown as JsonValue,
  };
}
