import type { TaskKey } from '../pipeline/tasks/task.ts';
import type { AnyQueueEvents, AnyWorker } from './queue-backend.ts';
import type { TaskJobData, TaskJobResult } from './task-jobs.ts';

export type TaskNews = 'started' | 'ended' | { readonly attemptFailed: string };

/** Gives a promise when the teller had better wait for what comes of the news. */
export type TaskListener = (key: TaskKey, news: TaskNews) => Promise<void> | undefined;

const remembered = 10_000;

/**
 * News about tasks, as soon as the queue has any. They may be lost, late or doubled: whoever listens must look at the
 * store for the truth.
 */
export class TaskHints {
  private readonly listeners = new Set<TaskListener>();
  private readonly durations = new Map<TaskKey, number>();

  subscribe(listener: TaskListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** How long the last attempt at a task took, when this process heard of it. */
  millisecondsOf(key: TaskKey): number | undefined {
    return this.durations.get(key);
  }

  /**
   * A task of this process has its result, and its job is about to end.
   * @returns when those who wait for it have queued what comes next, so that the slot finds it there
   */
  async ended({ key, milliseconds }: TaskJobResult): Promise<void> {
    this.remember(key, milliseconds);
    await Promise.all(this.tell(key, 'ended'));
  }

  /** News from the worker in this process. */
  followWorker(worker: AnyWorker): void {
    worker.on('active', (job) => this.tell((job.data as TaskJobData).key, 'started'));
    worker.on('completed', (job, result: TaskJobResult | undefined) => {
      const { key } = job.data as TaskJobData;
      if (result) this.remember(key, result.milliseconds);
      this.tell(key, 'ended');
    });
    worker.on('failed', (job, error) => {
      if (!job) return;
      const { key } = job.data as TaskJobData;
      this.tell(key, job.finishedOn ? 'ended' : { attemptFailed: error.message });
    });
  }

  /** News from workers in other processes. */
  followEvents(events: AnyQueueEvents, keyOf: (jobId: string) => TaskKey): void {
    events.on('active', ({ jobId }) => this.tell(keyOf(jobId), 'started'));
    events.on('completed', ({ jobId, returnvalue }) => {
      const key = keyOf(jobId);
      const milliseconds = durationIn(returnvalue);
      if (milliseconds !== undefined) this.remember(key, milliseconds);
      this.tell(key, 'ended');
    });
    events.on('failed', ({ jobId }) => this.tell(keyOf(jobId), 'ended'));
  }

  private tell(key: TaskKey, news: TaskNews): (Promise<void> | undefined)[] {
    return [...this.listeners].map((listener) => listener(key, news));
  }

  private remember(key: TaskKey, milliseconds: number): void {
    this.durations.set(key, milliseconds);
    if (this.durations.size > remembered) this.durations.delete(this.durations.keys().next().value!);
  }
}

/** What a job gave arrives as text on one backend and as a value on another. */
function durationIn(returned: unknown): number | undefined {
  try {
    const { milliseconds } = (typeof returned === 'string' ? JSON.parse(returned) : returned) as Partial<TaskJobResult>;
    return typeof milliseconds === 'number' ? milliseconds : undefined;
  } catch {
    return undefined;
  }
}
