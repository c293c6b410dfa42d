import { totalmem } from 'node:os';
import { resolve } from 'node:path';
import type { TaskKey } from '../pipeline/tasks/task.ts';
import { builtProgram } from './built-program.ts';
import type { AnyWorker, QueueBackend } from './queue-backend.ts';
import { mendChildren } from './sturdy-children.ts';
import { within } from './within.ts';

export const taskQueueName = 'tasks';

/** All that a job carries; the description lies in the store. */
export interface TaskJobData {
  readonly key: TaskKey;
}

export interface TaskJobResult {
  readonly key: TaskKey;
  readonly milliseconds: number;
  readonly residentBytes: number;
}

export interface TileWorkerOptions {
  /** Tasks done at once, each in a child process of its own. */
  readonly slots: number;
  /** Location of the store. */
  readonly store: string;
  readonly durable: boolean;
  /** A child above this size is replaced after its task; default: 60 % of the memory shared among the slots. */
  readonly childMemoryLimitBytes?: number;
  /** A task whose process shows no sign of life for this long is given to another; default 60 s. */
  readonly lockMilliseconds?: number;
  /** Module exporting `taskHandlers`, in place of the program's own. */
  readonly registry?: string;
  readonly childEnvironment?: Readonly<Record<string, string>>;
  /** Told of a result before its job ends; the job waits for it a little. */
  readonly onResult?: (result: TaskJobResult) => Promise<void>;
}

/** A busy main process must not lose the lock of a task in hand, and a lost one costs only time. */
const usualLockMilliseconds = 60_000;
const stalledRepeats = 50;
const childStarts = 3;
/** Longer than queueing takes; whoever does not answer only makes the next task start later. */
const replyMilliseconds = 500;

/** Takes tasks off the queue and does them in child processes. */
export function startTileWorker(backend: QueueBackend, options: TileWorkerOptions): AnyWorker {
  mendChildren();
  const lockMilliseconds = options.lockMilliseconds ?? usualLockMilliseconds;
  const worker = backend.openWorker(taskQueueName, builtProgram('tile-processor'), {
    concurrency: options.slots,
    useWorkerThreads: false,
    lockDuration: lockMilliseconds,
    stalledInterval: lockMilliseconds / 2,
    maxStalledCount: stalledRepeats,
    workerForkOptions: {
      // Loaders of the parent (test runners, inspectors) have no business in the child.
      execArgv: ['--enable-source-maps'],
      env: {
        ...process.env,
        ...options.childEnvironment,
        SHUIBAO_STORE: options.store,
        SHUIBAO_DURABLE: options.durable ? '1' : '0',
        ...(options.registry ? { SHUIBAO_TASK_REGISTRY: resolve(options.registry) } : {}),
      },
    },
  });
  if (options.onResult) tellBeforeEnd(worker, options.onResult);
  replaceLargeChildren(worker, options.childMemoryLimitBytes ?? (0.6 * totalmem()) / options.slots);
  return worker;
}

interface TaskProcess {
  processFn(job: unknown, token: string, signal: AbortSignal): Promise<TaskJobResult>;
}

/**
 * The end of a job and the claim of the next one are one step for the queue. What depends on a task is in the queue in time for
 * it when the task's result is told of before.
 */
function tellBeforeEnd(worker: AnyWorker, tell: (result: TaskJobResult) => Promise<void>): void {
  const internals = worker as unknown as TaskProcess;
  const process = internals.processFn;
  internals.processFn = async (job, token, signal) => {
    const result = await process(job, token, signal);
    await within(replyMilliseconds, tell(result)).catch(() => undefined);
    return result;
  };
}

interface PooledChild {
  residentBytes?: number;
  on(event: 'message', listener: (message: { value?: TaskJobResult }) => void): void;
}

interface ChildPool {
  readonly retained: Readonly<Record<string, PooledChild>>;
  retain(file: string): Promise<PooledChild>;
  release(child: PooledChild): void;
  kill(child: PooledChild, signal: string): Promise<void>;
}

/** Hands the tasks in hand back to the queue by ending their processes; each counts as one failed attempt. */
export async function handBackTasks(worker: AnyWorker): Promise<void> {
  const pool = (worker as unknown as { childPool?: ChildPool }).childPool;
  const children = Object.values(pool?.retained ?? {});
  await Promise.all(children.map((child) => pool!.kill(child, 'SIGKILL').catch(() => undefined)));
}

/** A process that is ended from outside while it starts has not seen the task, which should not pay for it. */
async function startedChild(start: () => Promise<PooledChild>): Promise<PooledChild> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start();
    } catch (error) {
      if (attempt === childStarts || !/signal: SIG/.test((error as Error).message)) throw error;
    }
  }
}

/**
 * The queue reuses its children for ever and offers no way to retire one, and a decoder's caches only grow. So the moment
 * a child is given back, between two tasks, is used to end it when its last result reported too much memory; ending
 * itself would race with the next task being sent to it.
 */
function replaceLargeChildren(worker: AnyWorker, limitBytes: number): void {
  const pool = (worker as unknown as { childPool?: ChildPool }).childPool;
  if (!pool || typeof pool.retain !== 'function' || typeof pool.release !== 'function') return;
  const known = new WeakSet<PooledChild>();
  const retain = pool.retain.bind(pool);
  const release = pool.release.bind(pool);
  pool.retain = async (file) => {
    const child = await startedChild(() => retain(file));
    if (!known.has(child)) {
      known.add(child);
      child.on('message', (message) => {
        if (message.value?.residentBytes) child.residentBytes = message.value.residentBytes;
      });
    }
    return child;
  };
  pool.release = (child) => {
    if ((child.residentBytes ?? 0) <= limitBytes) release(child);
    else void pool.kill(child, 'SIGTERM').catch(() => undefined);
  };
}
