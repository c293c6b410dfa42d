import { rm } from 'node:fs/promises';
import type { ArtifactStore } from '../../pipeline/store/artifact-store.ts';
import type { OutputDescription, Plan, ResolvedTask, TaskHandler, TaskRecord } from '../../pipeline/tasks/task.ts';
import { PlanWalk } from '../../workers/plan-walk.ts';

export interface PlanRunOptions {
  /** Which of the ready tasks comes next; the first by default. */
  readonly choose?: (ready: readonly ResolvedTask[]) => number;
  /** Tasks to do before the run is broken off. */
  readonly stopAfter?: number;
}

export interface PlanRunResult {
  /** Ids of the tasks that were done now, not found in the store. */
  readonly done: readonly string[];
  /** Records of all finished tasks, by id. */
  readonly records: ReadonlyMap<string, TaskRecord>;
}

/** Carries out a plan in this process, one task after the other; what the store holds is not done again. */
export async function runPlan(
  plan: Plan,
  handlers: readonly TaskHandler[],
  store: ArtifactStore,
  { choose = () => 0, stopAfter = Number.POSITIVE_INFINITY }: PlanRunOptions = {},
): Promise<PlanRunResult> {
  const byKind = new Map(handlers.map((handler) => [handler.kind, handler]));
  const walk = new PlanWalk(plan);
  const ready: ResolvedTask[] = [];
  const done: string[] = [];
  const records = new Map<string, TaskRecord>();
  while (!walk.complete) {
    ready.push(...walk.take(Number.MAX_SAFE_INTEGER));
    const [task] = ready.splice(choose(ready), 1);
    let record = await store.completeRecord(task!.key);
    if (!record) {
      if (done.length >= stopAfter) break;
      record = await perform(task!, byKind.get(task!.kind)!, store);
      done.push(task!.id);
    }
    records.set(task!.id, record);
    walk.finish(task!.id, record);
  }
  return { done, records };
}

async function perform(task: ResolvedTask, handler: TaskHandler, store: ArtifactStore): Promise<TaskRecord> {
  const temporaryDirectory = await store.createTemporaryDirectory();
  try {
    const result = await handler.run(task, {
      temporaryDirectory,
      inputPath: (name) => store.localPath(task.inputs[name]!.digest),
      inputBytes: (name) => store.readBytes(task.inputs[name]!.digest),
      signal: new AbortController().signal,
    });
    const outputs: Record<string, OutputDescription> = {};
    for (const [name, output] of Object.entries(result.outputs)) {
      const stored =
        'path' in output ? await store.putFile(output.path, { move: true }) : await store.putBytes(output.bytes);
      outputs[name] = { ...stored, mediaType: output.mediaType };
    }
    const inputs = Object.fromEntries(Object.entries(task.inputs).map(([name, { digest }]) => [name, digest]));
    const { key, id, kind, version, parameters } = task;
    const record: TaskRecord = { key, id, kind, version, parameters, inputs, outputs, facts: result.facts ?? null };
    await store.writeRecord(record);
    return record;
  } finally {
    await rm(temporaryDirectory, { recursive: true, force: true });
  }
}
