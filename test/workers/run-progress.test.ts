import { describe, expect, it } from 'vitest';
import { ProgressTally } from '../../workers/run-progress.ts';

describe('progress of a run', () => {
  it('counts by kind and in all', () => {
    const tally = new ProgressTally(['align', 'erosion', 'erosion', 'erosion'], 2);
    tally.skipped('align');
    tally.started('e1', 0);
    tally.done('e1', 'erosion', 100, 100);
    tally.started('e2', 100);
    tally.failed('e2', 'erosion');
    expect(tally.counts).toEqual({ total: 4, done: 1, skipped: 1, failed: 1 });
    expect(tally.countsByKind.erosion).toEqual({ total: 3, done: 1, skipped: 0, failed: 1 });
    expect(tally.progress().running).toBe(0);
  });

  it('expects each kind to go on at its own pace, and unseen kinds at the mean', () => {
    const tally = new ProgressTally(['quick', 'quick', 'quick', 'slow', 'slow', 'unseen'], 2);
    expect(tally.progress().secondsLeft).toBeUndefined();
    tally.started('q', 0);
    tally.done('q', 'quick', 1_000, 1_000);
    tally.started('s', 1_000);
    tally.done('s', 'slow', 9_000, 10_000);
    // Two quick ones of 1 s, a slow one of 9 s, an unseen one at the mean of 5 s, on two slots.
    expect(tally.progress().secondsLeft).toBeCloseTo((2 * 1 + 9 + 5) / 2, 10);
    expect(tally.progress().tasksPerSecond).toBeCloseTo(0.2, 10);
  });
});
