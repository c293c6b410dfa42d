import type { Finding } from '../../pipeline/messages/finding.ts';
import type { Comparison } from '../../pipeline/results/comparison.ts';
import type { RunCounts } from '../run-events.ts';

/** `interrupted`: it was being run by a command that ended without saying how. */
export type RunState = 'queued' | 'running' | 'finished' | 'failed' | 'cancelled' | 'interrupted';

/** A task that failed, as the ledger keeps it. */
export interface FailureEntry {
  readonly task: string;
  readonly message: string;
  readonly finding?: Finding;
}

/** A run somebody asked for, and what became of it. */
export interface RunEntry {
  readonly id: string;
  readonly name: string;
  /** Absolute path of the run file. */
  readonly runFile: string;
  /** Set when the run compares the year of its run file with an earlier one. */
  readonly comparison?: Comparison;
  /** Whether its inputs are inspected first. */
  readonly check: boolean;
  readonly user: string;
  /** 1 (first) to 9 (last). */
  readonly priority: number;
  /** Who drives it: the owner's queue, or a command that ends with it. */
  readonly driver: 'queue' | 'command';
  readonly state: RunState;
  /** Times in ISO 8601. */
  readonly submitted: string;
  readonly started?: string;
  readonly ended?: string;
  /** Content of the plan in the store, once it is planned. */
  readonly planDigest?: string;
  /** How far it has come: at its end, or when it was last written down. */
  readonly counts?: RunCounts;
  /** Directory the results were handed over in. */
  readonly results?: string;
  /** The tasks that failed, or as many of them as were kept. */
  readonly failures?: readonly FailureEntry[];
  /** Why it could not be run at all: errors the check found, or one that stopped it. */
  readonly problems?: readonly Finding[];
  /** A fault that is not in the user's files. */
  readonly fault?: string;
}

export const hasEnded = (entry: Pick<RunEntry, 'state'>): boolean =>
  entry.state !== 'queued' && entry.state !== 'running';

/** The entry as it is when it is to run (again): of what the last attempt left, only how far it had come is kept. */
export function requeued(entry: RunEntry): RunEntry {
  const { id, name, runFile, comparison, check, user, priority, submitted, planDigest, counts } = entry;
  const kept = { id, name, runFile, check, user, priority, submitted, driver: 'queue', state: 'queued' } as const;
  return {
    ...kept,
    ...(comparison ? { comparison } : {}),
    ...(planDigest === undefined ? {} : { planDigest }),
    ...(counts ? { counts } : {}),
  };
}

/**
 * The run meant by a text: its id or the beginning of it, its name or a part of it, or its run file. A run file, or a part of
 * a name, means the run of a year before a comparison of that year.
 * @returns all that fit; one when the text is clear
 */
export function runsCalled(text: string, entries: readonly RunEntry[]): readonly RunEntry[] {
  const exact = entries.filter(
    ({ id, name, runFile, comparison }) => text === id || text === name || (text === runFile && !comparison),
  );
  if (exact.length > 0) return exact;
  const begun = entries.filter(({ id }) => id.startsWith(text));
  if (begun.length > 0 || text === '') return begun;
  const named = entries.filter(({ name }) => name.includes(text));
  const years = named.filter(({ comparison }) => !comparison);
  return years.length > 0 ? years : named;
}
