import type { Text } from '../pipeline/messages/text.ts';
import type { TaskKey } from '../pipeline/tasks/task.ts';
import type { FailureReason } from './task-failure.ts';

export interface RunCounts {
  readonly total: number;
  /** Done by this run. */
  readonly done: number;
  /** Found in the store. */
  readonly skipped: number;
  readonly failed: number;
}

export interface RunProgress {
  readonly counts: RunCounts;
  readonly countsByKind: Readonly<Record<string, RunCounts>>;
  readonly running: number;
  /** Tasks done per second since the first one was started; 0 before the first has ended. */
  readonly tasksPerSecond: number;
  /** Expected seconds to the end, from the mean time of each kind; undefined before any task has ended. */
  readonly secondsLeft: number | undefined;
}

export interface TaskReference {
  readonly id: string;
  readonly kind: string;
  readonly key: TaskKey;
}

export interface FailedTask extends FailureReason {
  readonly task: TaskReference;
}

export interface RunReport {
  readonly runId: string;
  readonly name: string;
  readonly state: 'finished' | 'failed' | 'cancelled';
  readonly counts: RunCounts;
  readonly countsByKind: Readonly<Record<string, RunCounts>>;
  readonly milliseconds: number;
  readonly failures: readonly FailedTask[];
  /** Keys of all tasks that have a record, by task id: `store.readRecord(keys[id])` has the outputs. */
  readonly keys: Readonly<Record<string, TaskKey>>;
}

export type RunEvent =
  | { readonly type: 'run-started'; readonly runId: string; readonly progress: RunProgress }
  | {
      readonly type: 'task-started' | 'task-skipped';
      readonly runId: string;
      readonly task: TaskReference;
      readonly progress: RunProgress;
    }
  | {
      readonly type: 'task-finished';
      readonly runId: string;
      readonly task: TaskReference;
      readonly milliseconds: number | undefined;
      readonly progress: RunProgress;
    }
  | {
      readonly type: 'task-retried' | 'task-failed';
      readonly runId: string;
      readonly task: TaskReference;
      readonly reason: FailureReason;
      readonly progress: RunProgress;
    }
  | { readonly type: 'notice'; readonly text: Text }
  | { readonly type: 'run-ended'; readonly runId: string; readonly report: RunReport; readonly progress: RunProgress };
