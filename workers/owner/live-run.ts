import type { RunEvent, RunProgress } from '../run-events.ts';
import type { RunEntry } from './run-entry.ts';

/** What is known of a run beyond its entry while it is going. */
export interface LiveRun {
  readonly progress: RunProgress;
  /** When a sign of life of the run was last seen, ISO 8601. */
  readonly heartbeat: string;
  /** The task the last sign was about. */
  readonly lastTask: string | undefined;
  /** The last attempt that failed, also if another one went well. */
  readonly lastError: { readonly task: string; readonly message: string } | undefined;
}

export interface RunStatus extends RunEntry {
  readonly live?: LiveRun;
}

/** The state of a run after one more event. */
export function afterEvent(before: LiveRun | undefined, event: RunEvent, now: Date): LiveRun | undefined {
  if (event.type === 'notice') return before;
  const failed = event.type === 'task-failed' || event.type === 'task-retried';
  return {
    progress: event.progress,
    heartbeat: now.toISOString(),
    lastTask: 'task' in event ? event.task.id : before?.lastTask,
    lastError: failed ? { task: event.task.id, message: event.reason.message } : before?.lastError,
  };
}
