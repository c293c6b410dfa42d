import { describe, expect, it } from 'vitest';
import { ProgressTally } from '../../workers/run-progress.ts';

describe('progress of a run', () => {
  it('counts by kind and in all', () => {
    const tally = new ProgressTally(['align', 'erosion', 'erosion', 'erosion']);
    tally.skipped('align');
    tally.started('e1', 0);
    tally.done('e1', 'erosion', 100, 100);
    tally.started('e2', 100);
    tally.failed('e2', 'erosion');
    expect(tally.counts).toEqual({ total: 4, done: 1, skipped: 1, failed: 1 });
    expect(tally.countsByKind.erosion).toEqual({ total: 3, done: 1, skipped: 0, failed: 1 });
    expect(tally.progress(100).running).toBe(0);
  });

  it('expects each kind to go on at its own pace, and unseen kinds at the mean', () => {
    const tally = new ProgressTally(['quick', 'quick', 'quick', 'slow', 'slow', 'unseen']);
    expect(tally.progress(0).secondsLeft).toBeUndefined();
    tally.started('q', 0);
    tally.done('q', 'quick', 1_000, 1_000);
    tally.started('s', 1_000);
    tally.done('s', 'slow', 9_000, 10_000);
    // Two quick ones of 1 s, a slow one of 9 s, an unseen one at the mean of 5 s, one after another as so far.
    expect(tally.progress(10_000).secondsLeft).toBeCloseTo(2 * 1 + 9 + 5, 10);
    expect(tally.progress(10_000).tasksPerSecond).toBeCloseTo(0.2, 10);
  });

  it('expects as many tasks at once as it has seen, wherever they are done', () => {
    const left = (atOnce: number) => {
      const tally = new ProgressTally(Array.from({ length: 40 }, () => 'tile'));
      for (let n = 0; n < 2 * atOnce; n++) tally.started(`t${n}`, n < atOnce ? 0 : 1_000);
      for (let n = 0; n < atOnce; n++) tally.done(`t${n}`, 'tile', 1_000, 1_000);
      return tally.progress(2_000).secondsLeft;
    };
    expect(left(1)).toBeCloseTo(39, 10);
    expect(left(5)).toBeCloseTo(35 / 5, 10);
  });
});
