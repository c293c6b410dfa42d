import type { RunCounts, RunProgress } from './run-events.ts';

interface KindTally {
  total: number;
  done: number;
  skipped: number;
  failed: number;
  timed: number;
  milliseconds: number;
}

const emptyTally = (): KindTally => ({ total: 0, done: 0, skipped: 0, failed: 0, timed: 0, milliseconds: 0 });

/** Counts the tasks of one run and estimates how long the rest will take. */
export class ProgressTally {
  private readonly kinds = new Map<string, KindTally>();
  /** When each task in hand was begun. */
  private readonly running = new Map<string, number>();
  private firstStart: number | undefined;
  private lastEnd = 0;

  constructor(kinds: Iterable<string>) {
    for (const kind of kinds) this.tally(kind).total += 1;
  }

  started(id: string, now: number): void {
    this.running.set(id, now);
    this.firstStart ??= now;
  }

  /** The attempt ended without a result; another one may follow. */
  stopped(id: string): void {
    this.running.delete(id);
  }

  done(id: string, kind: string, milliseconds: number | undefined, now: number): void {
    this.running.delete(id);
    const tally = this.tally(kind);
    tally.done += 1;
    if (milliseconds !== undefined) {
      tally.timed += 1;
      tally.milliseconds += milliseconds;
    }
    this.lastEnd = now;
  }

  skipped(kind: string): void {
    this.tally(kind).skipped += 1;
  }

  failed(id: string, kind: string): void {
    this.running.delete(id);
    this.tally(kind).failed += 1;
  }

  /** Whether a task is in hand, as far as is known. */
  isInHand(id: string): boolean {
    return this.running.has(id);
  }

  /** Tasks in hand, as far as is known. */
  get inHand(): number {
    return this.running.size;
  }

  get counts(): RunCounts {
    const sum = { total: 0, done: 0, skipped: 0, failed: 0 };
    for (const tally of this.kinds.values()) {
      sum.total += tally.total;
      sum.done += tally.done;
      sum.skipped += tally.skipped;
      sum.failed += tally.failed;
    }
    return sum;
  }

  get countsByKind(): Readonly<Record<string, RunCounts>> {
    const entries = [...this.kinds].map(([kind, { total, done, skipped, failed }]) => [
      kind,
      { total, done, skipped, failed },
    ]);
    return Object.fromEntries(entries);
  }

  progress(now: number): RunProgress {
    const counts = this.counts;
    const seconds = this.firstStart === undefined ? 0 : (this.lastEnd - this.firstStart) / 1000;
    return {
      counts,
      countsByKind: this.countsByKind,
      running: this.inHand,
      tasksPerSecond: counts.done > 0 && seconds > 0 ? counts.done / seconds : 0,
      secondsLeft: this.secondsLeft(now),
    };
  }

  /**
   * Kinds differ in cost by orders of magnitude, so each counts with its own mean; unseen ones with the mean of all. How
   * many are done at once is taken from what was seen, since workers elsewhere come and go.
   */
  private secondsLeft(now: number): number | undefined {
    let timed = 0;
    let milliseconds = 0;
    for (const tally of this.kinds.values()) {
      timed += tally.timed;
      milliseconds += tally.milliseconds;
    }
    if (timed === 0) return undefined;
    let left = 0;
    for (const tally of this.kinds.values()) {
      const open = tally.total - tally.done - tally.skipped - tally.failed;
      left += open * (tally.timed > 0 ? tally.milliseconds / tally.timed : milliseconds / timed);
    }
    let busy = milliseconds;
    for (const begun of this.running.values()) busy += now - begun;
    const atOnce = busy / Math.max(1, now - (this.firstStart ?? now));
    return left / Math.max(1, atOnce) / 1000;
  }

  private tally(kind: string): KindTally {
    let tally = this.kinds.get(kind);
    if (!tally) {
      tally = emptyTally();
      this.kinds.set(kind, tally);
    }
    return tally;
  }
}
