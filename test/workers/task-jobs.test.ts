import { describe, expect, it } from 'vitest';
import type { ResolvedTask } from '../../pipeline/tasks/task.ts';
import type { AnyQueue } from '../../workers/queue-backend.ts';
import { TaskJobs } from '../../workers/task-jobs.ts';

/** A queue that takes all and remembers what it was asked to remove. */
class TakingQueue {
  removed = 0;
  async addBulk(): Promise<void> {}
  async add(): Promise<void> {}
  async remove(): Promise<number> {
    this.removed++;
    return 1;
  }
}

const task = (key: string) => ({ key, id: key, kind: 'test' }) as unknown as ResolvedTask;

const jobsOf = (queue: TakingQueue, isOwn: boolean) => new TaskJobs(queue as unknown as AnyQueue, { isOwn });

describe('before a job is added', () => {
  it('an own queue is asked only for what it was given before', async () => {
    const queue = new TakingQueue();
    const jobs = jobsOf(queue, true);
    await jobs.clear('a');
    await jobs.add([task('a')], 5);
    await jobs.clear('b');
    expect(queue.removed).toBe(0);
    await jobs.clear('a');
    expect(queue.removed).toBe(1);
  });

  it('a shared queue is always asked', async () => {
    const queue = new TakingQueue();
    await jobsOf(queue, false).clear('a');
    expect(queue.removed).toBe(1);
  });

  it('an own queue is always asked when it was given more than is remembered', async () => {
    const queue = new TakingQueue();
    const jobs = jobsOf(queue, true);
    await jobs.add(
      Array.from({ length: 100_001 }, (_, n) => task(`${n}`)),
      5,
    );
    await jobs.clear('never added');
    expect(queue.removed).toBe(1);
  });
});
