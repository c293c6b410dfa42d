import type { AnyWorker, QueueBackend } from './queue-backend.ts';
import type { TaskJobResult } from './task-jobs.ts';
import type { TileProcesses } from './tile-processes.ts';
import { within } from './within.ts';

export const taskQueueName = 'tasks';

export interface TileWorkerOptions {
  /** Tasks done at once. */
  readonly slots: number;
  /** A task whose process shows no sign of life for this long is given to another; default 60 s. */
  readonly lockMilliseconds?: number;
  /** Told of a result before its job ends; the job waits for it a little. */
  readonly onResult?: (result: TaskJobResult) => Promise<void>;
}

/** A busy main process must not lose the lock of a task in hand, and a lost one costs only time. */
const usualLockMilliseconds = 60_000;
const stalledRepeats = 50;
/** Longer than queueing takes; whoever does not answer only makes the next task start later. */
const replyMilliseconds = 500;

/** Takes tasks off the queue and does them in child processes, which end with it. */
export function startTileWorker(
  backend: QueueBackend,
  processes: TileProcesses,
  options: TileWorkerOptions,
): AnyWorker {
  const lockMilliseconds = options.lockMilliseconds ?? usualLockMilliseconds;
  const worker = backend.openWorker(taskQueueName, processes.program, {
    concurrency: options.slots,
    useWorkerThreads: false,
    lockDuration: lockMilliseconds,
    stalledInterval: lockMilliseconds / 2,
    maxStalledCount: stalledRepeats,
  });
  useProcesses(worker, processes, options.onResult);
  return worker;
}

/** What a worker of the queue keeps to itself. */
interface WorkerInternals {
  childPool: TileProcesses;
  createSandbox(program: string): void;
  processFn(job: unknown, token: string, signal: AbortSignal): Promise<TaskJobResult>;
}

/**
 * Lets a worker use these processes in place of those that it would start.
 *
 * The end of a job and the claim of the next one are one step for the queue. What depends on a task is in the queue in time
 * for it when `tell` is told of the task's result before.
 */
function useProcesses(worker: AnyWorker, processes: TileProcesses, tell: TileWorkerOptions['onResult']): void {
  const internals = worker as unknown as WorkerInternals;
  internals.childPool = processes;
  internals.createSandbox(processes.program);
  if (!tell) return;
  const process = internals.processFn;
  internals.processFn = async (job, token, signal) => {
    const result = await process(job, token, signal);
    await within(replyMilliseconds, tell(result)).catch(() => undefined);
    return result;
  };
}
