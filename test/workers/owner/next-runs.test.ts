import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runsAtOnce, runsToStart } from '../../../workers/owner/next-runs.ts';

const run = (id: string, user: string, priority = 5) => ({ id, user, priority, submitted: id });

describe('which runs come next', () => {
  it('works through the runs of one user one after another, in the order of asking', () => {
    const [a, b, c] = [run('a', 'u'), run('b', 'u'), run('c', 'u')];
    expect(runsToStart([b, a, c], [])).toEqual(['a']);
    expect(runsToStart([b, c], [a])).toEqual([]);
    expect(runsToStart([c, b], [])).toEqual(['b']);
  });

  it('does not let one user’s seven runs hold up another user', () => {
    const seven = Array.from({ length: 7 }, (_, n) => run(`0${n}`, 'many'));
    expect(runsToStart([...seven, run('9', 'one')], [])).toEqual(['00', '9']);
  });

  it('starts an urgent run at once, beside what is going', () => {
    expect(runsToStart([run('z', 'u', 1)], [run('a', 'u', 5)])).toEqual(['z']);
    const full = ['p', 'q', 'r', 's'].map((user) => run(user, user));
    expect(full).toHaveLength(runsAtOnce);
    expect(runsToStart([run('z', 'v', 5)], full)).toEqual([]);
    expect(runsToStart([run('z', 'v', 4)], full)).toEqual(['z']);
  });

  it('lets users whose last start is longest ago go first', () => {
    const queued = ['t', 'u', 'v', 'w', 'x'].map((user) => run(user, user));
    const lastStart = new Map([
      ['t', 9],
      ['u', 3],
    ]);
    expect(runsToStart(queued, [], lastStart)).toEqual(['v', 'w', 'x', 'u']);
  });

  it('never leaves all places empty while a run waits, never starts one twice, and serves every user', () => {
    const candidates = fc.uniqueArray(
      fc.record({
        id: fc.string({ minLength: 2, maxLength: 3 }),
        user: fc.constantFrom('u', 'v', 'w'),
        priority: fc.nat(8),
      }),
      { selector: ({ id }) => id, minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(candidates, (list) => {
        let queued = list.map((each) => ({ ...each, submitted: each.id }));
        const order: string[] = [];
        while (queued.length > 0) {
          const started = runsToStart(queued, []);
          expect(started.length).toBeGreaterThan(0);
          const best = Math.min(...queued.map(({ priority }) => priority));
          expect(queued.find(({ id }) => id === started[0])!.priority).toBe(best);
          order.push(...started);
          queued = queued.filter(({ id }) => !started.includes(id));
        }
        expect([...order].sort()).toEqual(list.map(({ id }) => id).sort());
      }),
      { seed: 7, numRuns: 100 },
    );
  });
});
