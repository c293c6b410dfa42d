import { surveyPlan } from '../tasks/survey-plan.ts';
import type { Digest, Plan, TaskKey } from '../tasks/task.ts';
import type { ArtifactStore } from './artifact-store.ts';

/**
 * All that the runs of these plans have made or will look for: the plans, the records of their tasks and the contents
 * those name, also of tasks that were done by other runs.
 */
export async function reachableContents(
  store: ArtifactStore,
  plans: readonly { readonly plan: Plan; readonly digest?: Digest }[],
): Promise<{ objects: Set<Digest>; keys: Set<TaskKey> }> {
  const objects = new Set<Digest>();
  const keys = new Set<TaskKey>();
  for (const { plan, digest } of plans) {
    if (digest !== undefined) objects.add(digest);
    const survey = await surveyPlan(plan, {
      async completeRecord(key) {
        const record = await store.completeRecord(key);
        for (const output of Object.values(record?.outputs ?? {})) objects.add(output.digest);
        return record;
      },
    });
    for (const key of survey.keys.values()) keys.add(key);
  }
  return { objects, keys };
}
