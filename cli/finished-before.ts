import { surveyPlan } from '../pipeline/tasks/survey-plan.ts';
import type { Plan, TaskKey } from '../pipeline/tasks/task.ts';
import { planDigestOf } from '../pipeline/tasks/task-key.ts';
import { RunLedger } from '../workers/owner/run-ledger.ts';
import { openWorkspaceStore } from '../workers/store-location.ts';

/**
 * Keys of all tasks where this very plan was finished and handed over before and the store still holds all of it: then no
 * queue is needed.
 */
export async function finishedBefore(
  workspace: string,
  runId: string,
  plan: Plan,
): Promise<Readonly<Record<string, TaskKey>> | undefined> {
  const entry = await new RunLedger(workspace).read(runId);
  if (entry?.state !== 'finished' || entry.planDigest !== planDigestOf(plan)) return undefined;
  return keysOfDone(workspace, plan);
}

/** Keys of all tasks of a plan where the store of a workspace has all their results. */
export async function keysOfDone(
  workspace: string,
  plan: Plan,
): Promise<Readonly<Record<string, TaskKey>> | undefined> {
  const { counts, keys } = await surveyPlan(plan, openWorkspaceStore(workspace));
  return counts.done === counts.total ? Object.fromEntries(keys) : undefined;
}
