import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dependenciesOf, resolveTask } from '../../../pipeline/tasks/resolve-task.ts';
import { surveyPlan } from '../../../pipeline/tasks/survey-plan.ts';
import type { Plan, PlannedTask, TaskRecord } from '../../../pipeline/tasks/task.ts';
import { sha256, taskKey } from '../../../pipeline/tasks/task-key.ts';

const task = (
  id: string,
  inputs: PlannedTask['inputs'],
  parameters: PlannedTask['parameters'] = null,
): PlannedTask => ({
  id,
  kind: 'k',
  parameters,
  inputs,
});
const made = (text: string) => ({
  outputs: { out: { digest: sha256(text), bytes: text.length, mediaType: 'text/plain' } },
});

describe('resolving a task', () => {
  it('puts content digests in place of references and derives the key from them', () => {
    const planned = task('b', {
      a: { task: 'a', output: 'out' },
      dem: { source: { path: 'x' }, digest: sha256('dem') },
    });
    const resolved = resolveTask(planned, (id) => (id === 'a' ? made('one') : undefined), { k: 7 });
    expect(resolved.inputs).toEqual({
      a: { digest: sha256('one') },
      dem: { digest: sha256('dem'), source: { path: 'x' } },
    });
    expect(resolved.key).toBe(taskKey('k', 7, null, { a: sha256('one'), dem: sha256('dem') }));
  });

  it('does not let the place of a file or the address of the task into the key', () => {
    const here = task('b', { dem: { source: { path: '/here' }, digest: sha256('dem') } });
    const there = task('other', { dem: { source: { path: '/there' }, digest: sha256('dem') } });
    const none = () => undefined;
    expect(resolveTask(here, none, { k: 1 }).key).toBe(resolveTask(there, none, { k: 1 }).key);
    expect(resolveTask(here, none, { k: 2 }).key).not.toBe(resolveTask(here, none, { k: 1 }).key);
  });

  it('names what is missing', () => {
    const planned = task('b', { a: { task: 'a', output: 'slope' } });
    expect(() => resolveTask(planned, () => undefined, { k: 1 })).toThrow('b needs a, which is not finished');
    expect(() => resolveTask(planned, () => made('x'), { k: 1 })).toThrow("'slope' of a, which has: out");
    expect(() => resolveTask(planned, () => made('x'), {})).toThrow("kind 'k'");
  });

  it('lists each dependency once', () => {
    const planned = task('c', {
      one: { task: 'a', output: 'x' },
      two: { task: 'a', output: 'y' },
      three: { task: 'b', output: 'x' },
      four: { source: null, digest: sha256('s') },
    });
    expect(dependenciesOf(planned)).toEqual(['a', 'b']);
  });
});

describe('surveying a plan', () => {
  const plan: Plan = {
    versions: { k: 1 },
    tasks: [
      task('a', { in: { source: null, digest: sha256('s') } }),
      task('b', { in: { task: 'a', output: 'out' } }),
      task('c', { in: { task: 'b', output: 'out' } }),
      task('d', { in: { source: null, digest: sha256('t') } }, { other: true }),
    ],
  };
  const storeOf = (records: Map<string, Pick<TaskRecord, 'outputs'>>) => ({
    completeRecord: async (key: string) => records.get(key) as TaskRecord | undefined,
  });

  it('tells done, ready and waiting tasks apart', async () => {
    const records = new Map<string, Pick<TaskRecord, 'outputs'>>();
    const empty = await surveyPlan(plan, storeOf(records));
    expect(Object.fromEntries(empty.states)).toEqual({ a: 'ready', b: 'waiting', c: 'waiting', d: 'ready' });
    expect(empty.counts).toEqual({ total: 4, done: 0, ready: 2, waiting: 2 });
    records.set(empty.keys.get('a')!, made('one'));
    const later = await surveyPlan(plan, storeOf(records));
    expect(Object.fromEntries(later.states)).toEqual({ a: 'done', b: 'ready', c: 'waiting', d: 'ready' });
    expect(later.countsByKind.k).toEqual({ total: 4, done: 1, ready: 2, waiting: 1 });
  });

  it('never finds a done task behind one that is not', async () => {
    const digest = fc.string({ minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(9), fc.boolean(), digest), { maxLength: 20 }), async (shape) => {
        const tasks = shape.map(([back, , text], index) =>
          task(
            `t${index}`,
            index === 0 || back === 0
              ? { in: { source: null, digest: sha256(text) } }
              : { in: { task: `t${Math.max(0, index - back)}`, output: 'out' } },
            index,
          ),
        );
        const records = new Map<string, Pick<TaskRecord, 'outputs'>>();
        for (let round = 0; round < 4; round++) {
          const survey = await surveyPlan({ versions: { k: 1 }, tasks }, storeOf(records));
          for (const planned of tasks) {
            const before = dependenciesOf(planned).map((id) => survey.states.get(id));
            const waits = before.some((state) => state !== 'done');
            expect(survey.states.get(planned.id) === 'waiting').toBe(waits);
          }
          shape.forEach(([, finish], index) => {
            const key = survey.keys.get(`t${index}`);
            if (finish && key) records.set(key, made(`made ${index}`));
          });
        }
      }),
      { seed: 20_26, numRuns: 60 },
    );
  });

  it('refuses a plan out of order', async () => {
    const wrong: Plan = { versions: { k: 1 }, tasks: [task('b', { in: { task: 'a', output: 'out' } })] };
    await expect(surveyPlan(wrong, storeOf(new Map()))).rejects.toThrow('b depends on a');
  });
});
