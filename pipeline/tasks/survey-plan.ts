import { dependenciesOf, resolveTask } from './resolve-task.ts';
import type { Plan, PlannedTask, TaskKey, TaskRecord } from './task.ts';

/** `ready`: its key is known and the store lacks it; `waiting`: its key depends on work still to be done. */
export type TaskState = 'done' | 'ready' | 'waiting';

export interface TaskCounts {
  readonly total: number;
  readonly done: number;
  readonly ready: number;
  readonly waiting: number;
}

export interface PlanSurvey {
  readonly states: ReadonlyMap<string, TaskState>;
  /** Keys of the tasks whose key is known. */
  readonly keys: ReadonlyMap<string, TaskKey>;
  readonly counts: TaskCounts;
  readonly countsByKind: Readonly<Record<string, TaskCounts>>;
}

const parallelReads = 32;

/** Looks up in the store which tasks of a plan need no work; reads records only, runs nothing. */
export async function surveyPlan(
  plan: Plan,
  store: { completeRecord(key: TaskKey): Promise<TaskRecord | undefined> },
): Promise<PlanSurvey> {
  const states = new Map<string, TaskState>();
  const keys = new Map<string, TaskKey>();
  const outputs = new Map<string, Pick<TaskRecord, 'outputs'>>();
  for (const level of levelsOf(plan)) {
    await forEachInParallel(level, async (planned) => {
      if (dependenciesOf(planned).some((id) => !outputs.has(id))) {
        states.set(planned.id, 'waiting');
        return;
      }
      const { key } = resolveTask(planned, (id) => outputs.get(id), plan.versions);
      keys.set(planned.id, key);
      const record = await store.completeRecord(key);
      states.set(planned.id, record ? 'done' : 'ready');
      if (record) outputs.set(planned.id, { outputs: record.outputs });
    });
  }
  return { states, keys, ...count(plan, states) };
}

/** Tasks grouped so that each depends on earlier groups only. */
function levelsOf(plan: Plan): PlannedTask[][] {
  const levelOf = new Map<string, number>();
  const levels: PlannedTask[][] = [];
  for (const planned of plan.tasks) {
    let level = 0;
    for (const id of dependenciesOf(planned)) {
      const before = levelOf.get(id);
      if (before === undefined) throw new Error(`${planned.id} depends on ${id}, which does not come before it`);
      level = Math.max(level, before + 1);
    }
    levelOf.set(planned.id, level);
    (levels[level] ??= []).push(planned);
  }
  return levels;
}

async function forEachInParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < items.length) await work(items[next++]!);
  };
  await Promise.all(Array.from({ length: Math.min(parallelReads, items.length) }, lane));
}

function count(plan: Plan, states: ReadonlyMap<string, TaskState>): Pick<PlanSurvey, 'counts' | 'countsByKind'> {
  const empty = () => ({ total: 0, done: 0, ready: 0, waiting: 0 });
  const counts = empty();
  const countsByKind: Record<string, ReturnType<typeof empty>> = {};
  for (const planned of plan.tasks) {
    const state = states.get(planned.id)!;
    const ofKind = (countsByKind[planned.kind] ??= empty());
    for (const each of [counts, ofKind]) {
      each.total += 1;
      each[state] += 1;
    }
  }
  return { counts, countsByKind };
}
