import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dependenciesOf } from '../../pipeline/tasks/resolve-task.ts';
import { sha256 } from '../../pipeline/tasks/task-key.ts';
import { PlanWalk } from '../../workers/plan-walk.ts';
import { diamond, from, joinTask, planOf, source } from './support/engine.ts';

const made = (id: string) => ({ outputs: { text: { digest: sha256(id), bytes: 1, mediaType: 'text/plain' } } });

describe('walking a plan', () => {
  it('offers a task once all it depends on is finished', () => {
    const walk = new PlanWalk(diamond());
    expect(walk.take(9).map((task) => task.id)).toEqual(['a']);
    expect(walk.take(9)).toEqual([]);
    walk.finish('a', made('a'));
    expect(walk.take(1).map((task) => task.id)).toEqual(['b']);
    walk.finish('b', made('b'));
    expect(walk.readyCount).toBe(1);
    walk.finish('b', made('b'));
    expect(walk.take(9).map((task) => task.id)).toEqual(['c']);
    walk.finish('c', made('c'));
    expect(walk.take(9).map((task) => task.id)).toEqual(['d']);
    expect(walk.complete).toBe(false);
    walk.finish('d', made('d'));
    expect(walk.complete).toBe(true);
  });

  it('is complete at once when there is nothing to do', () => {
    expect(new PlanWalk(planOf()).complete).toBe(true);
  });

  it('offers what others wait for first, and results in the order of the plan where slots are idle', () => {
    const results = ['r1', 'r2', 'r3'].map((id) => joinTask(id, { in: from('a') }));
    const others = ['b', 'c'].map((id) => joinTask(id, { in: from('a') }));
    const last = joinTask('d', { left: from('b'), right: from('c') });
    const walk = new PlanWalk(planOf(joinTask('a', { in: source('x') }), ...results, ...others, last));
    const ids = (limit: number, idle: number) => walk.take(limit, idle).map((task) => task.id);
    expect(ids(9, 2)).toEqual(['a']);
    walk.finish('a', made('a'));
    expect(walk.takeable(2)).toBe(2);
    expect(ids(1, 2)).toEqual(['b']);
    expect(ids(9, 2)).toEqual(['c', 'r1']);
    expect([walk.takeable(0), ids(9, 0)]).toEqual([0, []]);
    walk.finish('b', made('b'));
    expect(ids(9, 1)).toEqual(['r2']);
    walk.finish('c', made('c'));
    // Nobody waits for anything any more: slots need not be idle.
    expect(walk.takeable(0)).toBe(2);
    expect(ids(9, 0)).toEqual(['r3', 'd']);
  });

  it('refuses doubled ids and dependencies that do not come first', () => {
    const twice = planOf(joinTask('a', { in: source('x') }), joinTask('a', { in: source('y') }));
    expect(() => new PlanWalk(twice)).toThrow('two tasks called a');
    expect(() => new PlanWalk(planOf(joinTask('b', { in: from('a') })))).toThrow('b depends on a');
    expect(() => new PlanWalk(planOf(joinTask('a', { in: from('a') })))).toThrow('a depends on a');
  });

  it('offers every task exactly once, after its dependencies, in any order of finishing', () => {
    const shape = fc.array(fc.array(fc.nat(30), { maxLength: 3 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(shape, fc.infiniteStream(fc.nat(1_000)), (backs, choices) => {
        const tasks = backs.map((links, index) => {
          const inputs = links.filter((back) => back > 0 && back <= index).map((back) => from(`t${index - back}`));
          return joinTask(
            `t${index}`,
            Object.fromEntries([source('s'), ...inputs].map((input, n) => [`i${n}`, input])),
          );
        });
        const plan = planOf(...tasks);
        const walk = new PlanWalk(plan);
        const finished = new Set<string>();
        const begun: string[] = [];
        const running: string[] = [];
        while (!walk.complete) {
          for (const task of walk.take(3)) {
            const planned = tasks.find((each) => each.id === task.id)!;
            expect(dependenciesOf(planned).every((id) => finished.has(id))).toBe(true);
            begun.push(task.id);
            running.push(task.id);
          }
          expect(running.length).toBeGreaterThan(0);
          const [id] = running.splice(choices.next().value % running.length, 1);
          finished.add(id!);
          walk.finish(id!, made(id!));
        }
        expect([...begun].sort()).toEqual(tasks.map((task) => task.id).sort());
      }),
      { seed: 20_26, numRuns: 100 },
    );
  });
});
