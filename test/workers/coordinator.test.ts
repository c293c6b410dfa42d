import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { DirectoryStore } from '../../pipeline/store/directory-store.ts';
import type { Plan, TaskKey, TaskRecord } from '../../pipeline/tasks/task.ts';
import { Coordinator } from '../../workers/coordinator.ts';
import type { AnyQueue, AnyWorker } from '../../workers/queue-backend.ts';
import type { RunEvent } from '../../workers/run-events.ts';
import { failureError } from '../../workers/task-failure.ts';
import { TaskHints } from '../../workers/task-hints.ts';
import { TaskJobs } from '../../workers/task-jobs.ts';
import { diamond, from, joinTask, planOf, source } from './support/engine.ts';

const root = mkdtempSync(join(tmpdir(), 'shuibao-coordinator-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

type JobState = 'waiting' | 'active' | 'completed' | 'failed';
interface FakeJob {
  state: JobState;
  failedReason?: string;
}

/** A queue that does what the test says and never tells anybody: all news must come from looking. */
class SilentQueue {
  readonly jobs = new Map<string, FakeJob>();
  readonly added: TaskKey[] = [];
  largest = 0;
  private readonly onAdd: (key: TaskKey, time: number) => FakeJob | undefined | Promise<FakeJob | undefined>;

  constructor(onAdd: SilentQueue['onAdd']) {
    this.onAdd = onAdd;
  }

  async addBulk(entries: { data: { key: TaskKey }; opts: { jobId: string } }[]): Promise<void> {
    for (const { data, opts } of entries) {
      if (this.jobs.has(opts.jobId)) continue;
      this.added.push(data.key);
      const job = await this.onAdd(data.key, this.added.filter((key) => key === data.key).length);
      if (job) this.jobs.set(opts.jobId, job);
      this.largest = Math.max(this.largest, this.jobs.size);
    }
  }

  async add(_name: string, data: { key: TaskKey }, opts: { jobId: string }): Promise<void> {
    await this.addBulk([{ data, opts }]);
  }

  async getJob(jobId: string) {
    const job = this.jobs.get(jobId);
    return job && { getState: async () => job.state, failedReason: job.failedReason };
  }

  async remove(jobId: string): Promise<number> {
    if (this.jobs.get(jobId)?.state === 'active') throw new Error('locked');
    return this.jobs.delete(jobId) ? 1 : 0;
  }
}

let stores = 0;
const newStore = () => new DirectoryStore(join(root, `store-${stores++}`), { durable: false });

async function writeResult(store: DirectoryStore, key: TaskKey): Promise<void> {
  const task = await store.readTask(key);
  const stored = await store.putBytes(new TextEncoder().encode(key));
  const record: TaskRecord = {
    ...task!,
    inputs: {},
    outputs: { text: { ...stored, mediaType: 'text/plain' } },
    facts: null,
  };
  await store.writeRecord(record);
}

function coordinate(
  plan: Plan,
  store: DirectoryStore,
  queue: SilentQueue,
  cancelled = () => false,
  sweepMilliseconds = 15,
) {
  const events: RunEvent[] = [];
  const hints = new TaskHints();
  const context = {
    store,
    jobs: new TaskJobs(queue as unknown as AnyQueue, { isOwn: false }),
    hints,
    slots: 2,
    cancelRequested: cancelled,
    emit: (event: RunEvent) => void events.push(event),
    sweepMilliseconds,
  };
  const coordinator = new Coordinator({ runId: 'r', name: 'r', plan }, context);
  return { events, hints, coordinator, report: coordinator.drive() };
}

describe('the coordinator', () => {
  it('finds finished work though nobody tells of it', async () => {
    const store = newStore();
    const queue = new SilentQueue(async (key) => {
      setTimeout(() => void writeResult(store, key), 5);
      return { state: 'active' };
    });
    const report = await coordinate(diamond(), store, queue).report;
    expect(report).toMatchObject({ state: 'finished', counts: { total: 4, done: 4, skipped: 0, failed: 0 } });
    expect(queue.added).toHaveLength(4);
  });

  it('has what depends on a task in the queue before the job of the task ends', async () => {
    const store = newStore();
    const queue = new SilentQueue(() => ({ state: 'active' }));
    const plan = planOf(joinTask('a', { in: source('x') }), joinTask('b', { in: from('a') }));
    const { hints, report } = coordinate(plan, store, queue, () => false, 60_000);
    const worker = new EventEmitter();
    hints.followWorker(worker as unknown as AnyWorker);
    for (const done of [0, 1]) {
      await vi.waitFor(() => expect(queue.added).toHaveLength(done + 1));
      const key = queue.added[done]!;
      worker.emit('active', { data: { key } });
      await writeResult(store, key);
      await hints.ended({ key, milliseconds: 1, residentBytes: 0, leftBytes: 0 });
      expect(queue.added).toHaveLength(2);
    }
    expect((await report).state).toBe('finished');
  });

  it('keeps results back while others wait for what its slots could do, but not while they are idle', async () => {
    const store = newStore();
    const queue = new SilentQueue(() => ({ state: 'active' }));
    const plan = planOf(
      ...['r1', 'r2', 'r3'].map((id) => joinTask(id, { in: source(id) })),
      ...['a', 'b', 'c'].map((id) => joinTask(id, { in: source(id) })),
      joinTask('d', { a: from('a'), b: from('b'), c: from('c') }),
    );
    const { report } = coordinate(plan, store, queue, () => false, 5);
    const ids = async () => Promise.all(queue.added.map(async (key) => (await store.readTask(key))!.id));
    const end = async (at: number) => writeResult(store, queue.added[at]!);
    await vi.waitFor(async () => expect(await ids()).toEqual(['a', 'b', 'c']));
    await end(0);
    await new Promise((resolve) => setTimeout(resolve, 50));
    // Two are left for two slots.
    expect(await ids()).toEqual(['a', 'b', 'c']);
    await end(1);
    await vi.waitFor(async () => expect(await ids()).toEqual(['a', 'b', 'c', 'r1']));
    await end(2);
    await vi.waitFor(async () => expect((await ids()).slice(3).sort()).toEqual(['d', 'r1', 'r2', 'r3']));
    for (const at of queue.added.keys()) await end(at);
    expect((await report).state).toBe('finished');
  });

  it('queues a task again when its job vanished or ended without a result', async () => {
    const store = newStore();
    const queue = new SilentQueue(async (key, time) => {
      if (time === 1) return undefined;
      if (time === 2) return { state: 'completed' };
      await writeResult(store, key);
      return { state: 'completed' };
    });
    const report = await coordinate(planOf(joinTask('a', { in: source('x') })), store, queue).report;
    expect(report.state).toBe('finished');
    expect(queue.added).toHaveLength(3);
  });

  it('gives up a task whose job ends without a result again and again', async () => {
    const queue = new SilentQueue(() => ({ state: 'completed' }));
    const report = await coordinate(planOf(joinTask('a', { in: source('x') })), newStore(), queue).report;
    expect(report.state).toBe('failed');
    expect(report.failures[0]?.message).toMatch(/again and again/);
  });

  it('does not take the failure of an earlier run for one of this run', async () => {
    const store = newStore();
    const queue = new SilentQueue(async (key) => {
      await writeResult(store, key);
      return { state: 'completed' };
    });
    const plan = planOf(joinTask('a', { in: source('x') }));
    const before = new SilentQueue(() => ({ state: 'failed', failedReason: 'old' }));
    expect((await coordinate(plan, store, before).report).state).toBe('failed');
    for (const [id, job] of before.jobs) queue.jobs.set(id, job);
    expect((await coordinate(plan, store, queue).report).state).toBe('finished');
  });

  it('fails with the reason, lets tasks in hand end, withdraws waiting ones and keeps what is finished', async () => {
    const store = newStore();
    const plan = planOf(
      joinTask('bad', { in: source('1') }),
      joinTask('slow', { in: source('2') }),
      joinTask('waiting', { in: source('3') }),
      joinTask('later', { a: from('bad'), b: from('slow'), c: from('waiting') }),
    );
    const finding = {
      code: 'x',
      severity: 'error' as const,
      file: 'dem.tif',
      found: { zh: '坏', en: 'bad' },
      expected: { zh: '', en: '' },
      cure: { zh: '', en: '' },
    };
    const queue = new SilentQueue(async (key) => {
      const { id } = (await store.readTask(key))!;
      if (id === 'bad') {
        return { state: 'failed', failedReason: failureError(Object.assign(new Error('bad'), { finding })).message };
      }
      if (id === 'waiting') return { state: 'waiting' };
      setTimeout(() => void writeResult(store, key), 150);
      return { state: 'active' };
    });
    const { events, report } = coordinate(plan, store, queue);
    const result = await report;
    expect(result.state).toBe('failed');
    expect(result.counts).toEqual({ total: 4, done: 1, skipped: 0, failed: 1 });
    expect(result.failures).toEqual([{ message: 'bad', finding, task: expect.objectContaining({ id: 'bad' }) }]);
    expect(Object.keys(result.keys)).toEqual(['slow']);
    expect(queue.added).toHaveLength(3);
    expect(events.at(-1)?.type).toBe('run-ended');
  });

  it('stops when asked and reports what was done', async () => {
    const store = newStore();
    let cancelled = false;
    const plan = planOf(...Array.from({ length: 100 }, (_, n) => joinTask(`t${n}`, { in: source(`${n}`) })));
    let done = 0;
    const queue = new SilentQueue(async (key) => {
      if (done++ >= 3) return { state: 'waiting' };
      await writeResult(store, key);
      cancelled = true;
      return { state: 'completed' };
    });
    const report = await coordinate(plan, store, queue, () => cancelled).report;
    expect(report.state).toBe('cancelled');
    expect(report.counts.done).toBeLessThan(100);
    expect(report.counts.failed).toBe(0);
    expect([...queue.jobs.values()].filter((job) => job.state === 'waiting')).toHaveLength(0);
  });

  it('counts what had ended well before it was told to stop, though nobody told of it', async () => {
    const store = newStore();
    let cancelled = false;
    const plan = planOf(joinTask('a', { in: source('1') }), joinTask('b', { in: source('2') }));
    const queue = new SilentQueue(async (key) => {
      if ((await store.readTask(key))?.id === 'b') return { state: 'waiting' };
      await writeResult(store, key);
      cancelled = true;
      return { state: 'completed' };
    });
    const { coordinator, report } = coordinate(plan, store, queue, () => cancelled, 60_000);
    const waking = setInterval(() => cancelled && coordinator.wake(), 10);
    expect(await report).toMatchObject({ state: 'cancelled', counts: { done: 1, failed: 0 } });
    clearInterval(waking);
  });

  it('keeps a bounded number of jobs in the queue', async () => {
    const store = newStore();
    const queue = new SilentQueue(async (key) => {
      await writeResult(store, key);
      queue.jobs.clear();
      return { state: 'completed' };
    });
    const plan = planOf(...Array.from({ length: 120 }, (_, n) => joinTask(`t${n}`, { in: source(`${n}`) })));
    const report = await coordinate(plan, store, queue).report;
    expect(report.counts.done).toBe(120);
    expect(queue.largest).toBeLessThanOrEqual(16);
  });

  it('does equal tasks of a plan once', async () => {
    const store = newStore();
    const queue = new SilentQueue(async (key) => {
      setTimeout(() => void writeResult(store, key), 5);
      return { state: 'active' };
    });
    const same = { label: 'same', milliseconds: 0 };
    const plan = planOf(
      { id: 'one', kind: 'test-join', parameters: same, inputs: { in: source('x') } },
      { id: 'two', kind: 'test-join', parameters: same, inputs: { in: source('x') } },
    );
    const report = await coordinate(plan, store, queue).report;
    expect(queue.added).toHaveLength(1);
    expect(report.counts).toEqual({ total: 2, done: 1, skipped: 1, failed: 0 });
    expect(report.keys.one).toBe(report.keys.two);
  });
});
