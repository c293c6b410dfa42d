import type { ResolvedTask, TaskKey } from '../pipeline/tasks/task.ts';
import { patiently } from './patience.ts';
import type { AnyQueue } from './queue-backend.ts';

const attempts = 3;
const backoffMilliseconds = 250;
const keptCompletedJobs = 100;
const keptFailedJobs = 500;
/** Some ten megabytes; a process that has done more looks at the queue for each task again. */
const mostRemembered = 100_000;
/** So many are added one by one: for a bulk PostgreSQL makes two tables and drops them, which takes it as long as sixteen jobs. */
const fewJobs = 16;

/** All that a job carries; the description lies in the store. */
export interface TaskJobData {
  readonly key: TaskKey;
}

export interface TaskJobResult {
  readonly key: TaskKey;
  readonly milliseconds: number;
  readonly residentBytes: number;
  /** What the task has left in a process that had better not do another. */
  readonly leftBytes: number;
}

export const jobIdOf = (key: TaskKey): string => `task-${key}`;

/** Tasks as jobs of a queue: named after their keys, so that a task is there once however often it is asked for. */
export class TaskJobs {
  private readonly queue: AnyQueue;
  /** Tasks of all jobs ever added, where nobody else adds any and as long as they are not too many. */
  private added: Set<TaskKey> | undefined;

  /** @param isOwn - the queue was empty at first, and nobody else adds jobs to it */
  constructor(queue: AnyQueue, { isOwn }: { readonly isOwn: boolean }) {
    this.queue = queue;
    this.added = isOwn ? new Set() : undefined;
  }

  /** Removes what an earlier job of a task has left: the queue would ignore a new one of its name. */
  async clear(key: TaskKey): Promise<void> {
    // Each look at an embedded queue takes a millisecond or two, and most tasks are done once.
    if (this.added && !this.added.has(key)) return;
    await this.remove(key);
  }

  /** Adds jobs in the order of their tasks; one that is in the queue already stays as it is. */
  async add(tasks: readonly ResolvedTask[], priority: number): Promise<void> {
    const jobs = tasks.map((task) => ({
      // What people see on the queue's board.
      name: task.id,
      data: { key: task.key } satisfies TaskJobData,
      opts: {
        jobId: jobIdOf(task.key),
        priority,
        attempts,
        backoff: { type: 'exponential', delay: backoffMilliseconds },
        removeOnComplete: { count: keptCompletedJobs },
        removeOnFail: { count: keptFailedJobs },
      },
    }));
    for (const { key } of tasks) this.added?.add(key);
    if ((this.added?.size ?? 0) > mostRemembered) this.added = undefined;
    if (jobs.length > fewJobs) await patiently(() => this.queue.addBulk(jobs));
    else for (const { name, data, opts } of jobs) await patiently(() => this.queue.add(name, data, opts));
  }

  /** Whether a job was removed; one in hand is not. */
  async remove(key: TaskKey): Promise<boolean> {
    try {
      return (await this.queue.remove(jobIdOf(key))) === 1;
    } catch {
      return false;
    }
  }

  async setPriority(keys: readonly TaskKey[], priority: number): Promise<void> {
    for (const key of keys) {
      const job = await this.queue.getJob(jobIdOf(key));
      // One that has begun or ended meanwhile has no place in the queue to be moved from.
      await job?.changePriority({ priority }).catch(() => undefined);
    }
  }

  /** What the queue says of a job. */
  async inquire(key: TaskKey): Promise<{ readonly state: string; readonly failedReason?: string }> {
    return patiently(async () => {
      const job = await this.queue.getJob(jobIdOf(key));
      return job ? { state: await job.getState(), failedReason: job.failedReason } : { state: 'unknown' };
    });
  }
}
