import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dependenciesOf } from '../../pipeline/tasks/resolve-task.ts';
import type { Plan, PlannedTask } from '../../pipeline/tasks/task.ts';
import type { Engine } from '../../workers/engine.ts';
import type { RunReport } from '../../workers/run-events.ts';
import { expectedDigests, wovenPlan } from '../support/woven-plan.ts';
import {
  ensureBuilt,
  from,
  joinTask,
  planOf,
  source,
  type TestWorkspace,
  testWorkspace,
} from '../workers/support/engine.ts';

async function digestsOf(engine: Engine, report: RunReport): Promise<Record<string, string>> {
  const entries = Object.entries(report.keys).map(async ([id, key]) => {
    const record = await engine.store.completeRecord(key);
    return [id, record!.outputs.text!.digest] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const taskOf = (execution: string): string => execution.split(' ')[0]!;

const special = (id: string, kind: string, parameters: PlannedTask['parameters']): PlannedTask => ({
  id,
  kind,
  parameters,
  inputs: { in: source(id) },
});

/** What a run must do, whatever the queue is made of. */
export function queueConformance(name: string, environment: () => Readonly<Record<string, string>>): void {
  describe(`runs on ${name}`, () => {
    beforeAll(ensureBuilt);

    it.each([1, 2, 5])(
      'with %i slots do each task once, after those it needs, to the same bytes',
      async (slots) => {
        const workspace = testWorkspace();
        const plan = wovenPlan(30);
        const engine = await workspace.open({ environment: environment(), slots });
        try {
          const order: string[] = [];
          const handle = await engine.submit({ runId: `woven-${slots}`, name: 'woven', plan });
          handle.events.on('event', (event) => {
            if (event.type === 'task-finished') order.push(event.task.id);
          });
          const report = await handle.finished;
          expect(report).toMatchObject({ state: 'finished', counts: { total: 30, done: 30, skipped: 0, failed: 0 } });
          expect(workspace.executions().map(taskOf).sort()).toEqual(plan.tasks.map(({ id }) => id).sort());
          expect(await digestsOf(engine, report)).toEqual(expectedDigests(plan));
          expect((await engine.store.usage()).records).toBe(30);
          const begun = workspace.executions().map(taskOf);
          for (const task of plan.tasks) {
            for (const id of dependenciesOf(task)) {
              expect(order.indexOf(id)).toBeLessThan(order.indexOf(task.id));
              expect(begun.indexOf(id)).toBeLessThan(begun.indexOf(task.id));
            }
          }

          const again = await (await engine.submit({ runId: `again-${slots}`, name: 'again', plan })).finished;
          expect(again.counts).toEqual({ total: 30, done: 0, skipped: 30, failed: 0 });
          expect(again.keys).toEqual(report.keys);
          expect(workspace.executions()).toHaveLength(30);
        } finally {
          await engine.close();
          workspace.remove();
        }
      },
      90_000,
    );

    describe('one owner', () => {
      let workspace: TestWorkspace;
      let engine: Engine;
      beforeAll(async () => {
        workspace = testWorkspace();
        engine = await workspace.open({ environment: environment() });
      });
      afterAll(async () => {
        await engine?.close();
        workspace?.remove();
      });
      const run = async (runId: string, plan: Plan) => (await engine.submit({ runId, name: runId, plan })).finished;
      const executionsOf = (prefix: string) => workspace.executions().filter((line) => line.startsWith(prefix));

      it('wakes from idleness in less than a second', async () => {
        await run('warm', planOf(joinTask('warm', { in: source('w') })));
        await pause(1_200);
        const begin = performance.now();
        await run('wake', planOf(joinTask('wake', { in: source('w') })));
        expect(performance.now() - begin).toBeLessThan(1_000);
      });

      it('repeats a task whose process died, and no other', async () => {
        const plan = planOf(
          special('deadly', 'test-deadly', { deaths: 1, directory: workspace.directory }),
          joinTask('beside', { in: source('b') }),
        );
        expect(await run('deadly', plan)).toMatchObject({ state: 'finished', counts: { done: 2, failed: 0 } });
        expect(executionsOf('deadly ')).toHaveLength(2);
        expect(executionsOf('beside ')).toHaveLength(1);
      });

      it('names the task that fails, does all that does not need it, and repeats only that one later', async () => {
        const bad = special('layer/x001_y002', 'test-bad-input', {});
        const plan = planOf(
          bad,
          joinTask('needs-it', { in: from(bad.id) }),
          ...['p', 'q', 'r'].map((id) => joinTask(`other-${id}`, { in: source(id) })),
        );
        const report = await run('bad', plan);
        expect(report).toMatchObject({ state: 'failed', counts: { total: 5, done: 3, skipped: 0, failed: 1 } });
        expect(report.failures).toHaveLength(1);
        expect(report.failures[0]).toMatchObject({
          task: { id: bad.id },
          finding: { code: 'test-bad', file: 'dem.tif' },
        });
        const retried = await run('bad', plan);
        expect(retried.counts).toEqual({ total: 5, done: 0, skipped: 3, failed: 1 });
        expect(executionsOf(bad.id)).toHaveLength(2);
        expect(executionsOf('other-')).toHaveLength(3);
        expect((await engine.catalog.findRun('bad'))?.state).toBe('failed');
      });

      it('tries a task that fails of a defect three times', async () => {
        const report = await run('defect', planOf(special('defect', 'test-error', {})));
        expect(report.failures[0]?.message).toBe('some defect');
        expect(executionsOf('defect ')).toHaveLength(3);
      });

      it('cancels within a task per slot, keeps what is done and continues from there', async () => {
        const tasks = Array.from({ length: 24 }, (_, n) => joinTask(`c${n}`, { in: source(`c${n}`) }, 200));
        const handle = await engine.submit({ runId: 'cancelled', name: 'cancelled', plan: planOf(...tasks) });
        let finished = 0;
        let atCancel = 0;
        handle.events.on('event', (event) => {
          if (event.type !== 'task-finished' || ++finished !== 6) return;
          atCancel = executionsOf('c').length;
          void handle.cancel();
        });
        const report = await handle.finished;
        expect(report.state).toBe('cancelled');
        expect(executionsOf('c').length - atCancel).toBeLessThanOrEqual(engine.slots);
        expect(report.counts.done).toBe(executionsOf('c').length);
        const resumed = await run('cancelled', planOf(...tasks));
        expect(resumed.counts).toEqual({
          total: 24,
          done: 24 - report.counts.done,
          skipped: report.counts.done,
          failed: 0,
        });
        expect(executionsOf('c')).toHaveLength(24);
      });

      it('does an urgent run before one that came first, and shares out evenly among equals', async () => {
        const many = (letter: string) =>
          planOf(
            ...Array.from({ length: 24 }, (_, n) => joinTask(`${letter}${n}`, { in: source(`${letter}${n}`) }, 15)),
          );
        const submit = (letter: string, priority: number) =>
          engine.submit({ runId: `run-${letter}`, name: letter, plan: many(letter), priority });
        const [u, v] = [await submit('u', 7), await submit('v', 7)];
        await pause(150);
        const urgent = await submit('z', 5);
        const between = await Promise.all([
          urgent.finished.then(() => ({ u: executionsOf('u').length, v: executionsOf('v').length })),
          u.finished,
          v.finished,
        ]);
        expect(between[0].u + between[0].v).toBeLessThan(48 - 10);
        expect(Math.abs(between[0].u - between[0].v)).toBeLessThanOrEqual(16);
        expect(executionsOf('z')).toHaveLength(24);
      });

      it('moves a waiting run before others when its priority is raised', async () => {
        // Long enough that the raise comes while most of the first run still waits.
        const many = (letter: string, length: number) =>
          planOf(...Array.from({ length }, (_, n) => joinTask(`${letter}${n}`, { in: source(`${letter}${n}`) }, 60)));
        const first = await engine.submit({ runId: 'run-k', name: 'k', plan: many('k', 48), priority: 5 });
        const raised = await engine.submit({ runId: 'run-l', name: 'l', plan: many('l', 8), priority: 8 });
        await pause(60);
        await raised.setPriority(1);
        await raised.finished;
        expect(executionsOf('k').length).toBeLessThan(48);
        await first.finished;
      });
    });
  });
}
