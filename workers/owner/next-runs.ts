import type { RunEntry } from './run-entry.ts';

type Candidate = Pick<RunEntry, 'id' | 'user' | 'priority' | 'submitted'>;

/** When a run of each user was last started, milliseconds; users not in it come first. */
export type LastStarts = ReadonlyMap<string, number>;

/** Runs driven at once, one for each user; an urgent one may come on top. */
export const runsAtOnce = 4;

/** Queued runs in the order in which they are looked at when a place is free. */
export const inOrder = <Run extends Candidate>(queued: readonly Run[], lastStart: LastStarts = new Map()): Run[] =>
  [...queued].sort(
    (a, b) =>
      a.priority - b.priority ||
      (lastStart.get(a.user) ?? 0) - (lastStart.get(b.user) ?? 0) ||
      (a.submitted < b.submitted ? -1 : a.submitted > b.submitted ? 1 : a.id < b.id ? -1 : 1),
  );

/**
 * Which queued runs to start now. Each user has one run going, so that seven counties of one user finish one after another
 * and another user's county does not wait for all seven; a run more urgent than all its user's (or, when no place is free,
 * than everybody's) others is started beside them, and its tasks overtake theirs.
 */
export function runsToStart(
  queued: readonly Candidate[],
  active: readonly Candidate[],
  lastStart: LastStarts = new Map(),
): string[] {
  const going = [...active];
  const starting: string[] = [];
  for (const run of inOrder(queued, lastStart)) {
    const rivals = going.length >= runsAtOnce ? going : going.filter(({ user }) => user === run.user);
    if (!rivals.every(({ priority }) => run.priority < priority)) continue;
    going.push(run);
    starting.push(run.id);
  }
  return starting;
}
