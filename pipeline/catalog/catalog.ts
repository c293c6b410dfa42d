import type { Digest, JsonValue } from '../tasks/task.ts';
import type { SupervisionCatalog } from './supervision-catalog.ts';

export type RunState = 'running' | 'finished' | 'failed' | 'cancelled';

export interface RunEntry {
  readonly id: string;
  readonly name: string;
  readonly state: RunState;
  readonly planDigest: Digest;
  readonly created: Date;
  readonly finished: Date | undefined;
  readonly counts: JsonValue;
  /** Why it failed; null otherwise. */
  readonly error: JsonValue;
}

/** One figure of a run: a measure of one zone of a zone set. */
export interface StatisticsRow {
  readonly zoneSet: string;
  readonly zoneCode: string;
  readonly measure: string;
  readonly value: number;
}

/**
 * Runs, their figures and supervision, for looking up. It can always be made anew from the ledger, the store and the
 * journal.
 */
export interface Catalog {
  readonly supervision: SupervisionCatalog;
  /** Enters a run as running; a run of the same id starts over with its first creation time. */
  startRun(run: { readonly id: string; readonly name: string; readonly planDigest: Digest }): Promise<void>;
  endRun(id: string, state: Exclude<RunState, 'running'>, counts: JsonValue, error: JsonValue): Promise<void>;
  /** Enters a run as it was left, when the catalog has lost it. */
  restoreRun(run: RunEntry): Promise<void>;
  requestCancel(id: string): Promise<void>;
  cancelRequested(id: string): Promise<boolean>;
  findRun(id: string): Promise<RunEntry | undefined>;
  /** Removes a run with its figures, if it is there. */
  removeRun(id: string): Promise<void>;
  /** All runs, the latest first. */
  listRuns(): Promise<readonly RunEntry[]>;
  /** Replaces the figures of a run. */
  writeStatistics(runId: string, rows: readonly StatisticsRow[]): Promise<void>;
  /** Figures of a run in the order of zone set, zone code, measure. */
  readStatistics(runId: string, zoneSet?: string): Promise<readonly StatisticsRow[]>;
}
