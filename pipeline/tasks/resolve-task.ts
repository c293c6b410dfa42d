import type { Digest, PlannedTask, ResolvedInput, ResolvedTask, TaskOutputReference, TaskRecord } from './task.ts';
import { taskKey } from './task-key.ts';

/** Ids of the tasks whose outputs this task reads, each once, in the order of its inputs. */
export function dependenciesOf(planned: PlannedTask): readonly string[] {
  const ids = new Set<string>();
  for (const input of Object.values(planned.inputs)) if ('task' in input) ids.add(input.task);
  return [...ids];
}

/**
 * The task with a content digest for each input, and the key that follows.
 * @param recordOf - the outputs of a finished task, by its id in the plan
 * @param versions - version of each kind of task, by kind
 * @throws when a dependency has no record or not the output asked for, or the kind has no version
 */
export function resolveTask(
  planned: PlannedTask,
  recordOf: (id: string) => Pick<TaskRecord, 'outputs'> | undefined,
  versions: Readonly<Record<string, number>>,
): ResolvedTask {
  const version = versions[planned.kind];
  if (version === undefined) throw new Error(`the plan gives no version for tasks of kind '${planned.kind}'`);
  const inputs: Record<string, ResolvedInput> = {};
  const digests: Record<string, Digest> = {};
  for (const [name, input] of Object.entries(planned.inputs)) {
    const resolved: ResolvedInput =
      'task' in input
        ? { digest: outputDigest(planned, input, recordOf) }
        : { digest: input.digest, source: input.source };
    inputs[name] = resolved;
    digests[name] = resolved.digest;
  }
  const key = taskKey(planned.kind, version, planned.parameters, digests);
  return { key, id: planned.id, kind: planned.kind, version, parameters: planned.parameters, inputs };
}

function outputDigest(
  planned: PlannedTask,
  reference: TaskOutputReference,
  recordOf: (id: string) => Pick<TaskRecord, 'outputs'> | undefined,
): Digest {
  const record = recordOf(reference.task);
  if (!record) throw new Error(`${planned.id} needs ${reference.task}, which is not finished`);
  const output = record.outputs[reference.output];
  if (!output) {
    const known = Object.keys(record.outputs).join(', ') || 'none';
    throw new Error(`${planned.id} needs output '${reference.output}' of ${reference.task}, which has: ${known}`);
  }
  return output.digest;
}
