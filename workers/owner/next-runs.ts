import type { RunEntry } from './run-entry.ts';

type Candidate = Pick<RunEntry, 'id' | 'user' | 'priority' | 'submitted'>;

/** Runs driven at once, one for each user; an urgent one may come on top. */
export const runsAtOnce = 4;

/**
 * Which queued runs to start now. Each user has one run going, so that seven counties of one user finish one after another
 * and another user's county does not wait for all seven; a run more urgent than all its user's (or, when no place is free,
 * than everybody's) others is started beside them, and its tasks overtake theirs.
 * @param lastStart - when a run of each user was last started, milliseconds; users not in it come first
 */
export function runsToStart(
  queued: readonly Candidate[],
  active: readonly Candidate[],
  lastStart: ReadonlyMap<string, number> = new Map(),
): string[] {
  const going = [...active];
  const waiting = [...queued].sort(
    (a, b) =>
      a.priority - b.priority ||
      (lastStart.get(a.user) ?? 0) - (lastStart.get(b.user) ?? 0) ||
      (a.submitted < b.submitted ? -1 : a.submitted > b.submitted ? 1 : a.id < b.id ? -1 : 1),
  );
  const starting: string[] = [];
  for (const run of waiting) {
    const rivals = going.length >= runsAtOnce ? going : going.filter(({ user }) => user === run.user);
    if (!rivals.every(({ priority }) => run.priority < priority)) continue;
    going.push(run);
    starting.push(run.id);
  }
  return starting;
}
