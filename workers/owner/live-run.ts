import type { RunEvent, RunProgress } from '../run-events.ts';
import type { FailureReason } from '../task-failure.ts';
import type { FailureEntry, RunEntry } from './run-entry.ts';

const keptFailures = 100;

/** What is known of a run beyond its entry while it is going. */
export interface LiveRun {
  readonly progress: RunProgress;
  /** When a sign of life of the run was last seen, ISO 8601. */
  readonly heartbeat: string;
  /** The task the last sign was about. */
  readonly lastTask: string | undefined;
  /** The last attempt that failed, also if another one went well. */
  readonly lastError: FailureEntry | undefined;
  /** Attempts that failed, whether or not another one went well. */
  readonly attemptsFailed: number;
  /** Tasks that have failed for good so far; no more than a hundred. */
  readonly failures: readonly FailureEntry[];
}

/** What a run that is going is at: its inputs are read, its tasks are done, its results are handed over. */
export type RunStage = 'reading' | 'computing' | 'handing-over';

export interface RunStatus extends RunEntry {
  readonly stage?: RunStage;
  readonly live?: LiveRun;
}

/** The state of a run after one more event. */
export function afterEvent(before: LiveRun | undefined, event: RunEvent, now: Date): LiveRun | undefined {
  if (event.type === 'notice') return before;
  const failed = event.type === 'task-failed' || event.type === 'task-retried';
  const failure = failed ? failureEntry(event.task.id, event.reason) : undefined;
  const failures = before?.failures ?? [];
  const more = event.type === 'task-failed' && failures.length < keptFailures;
  return {
    progress: event.progress,
    heartbeat: now.toISOString(),
    lastTask: 'task' in event ? event.task.id : before?.lastTask,
    lastError: failure ?? before?.lastError,
    attemptsFailed: (before?.attemptsFailed ?? 0) + (failed ? 1 : 0),
    failures: more ? [...failures, failure!] : failures,
  };
}

export const failureEntry = (task: string, { message, finding }: FailureReason): FailureEntry => ({
  task,
  message,
  ...(finding ? { finding } : {}),
});
