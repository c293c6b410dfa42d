import fc from 'fast-check';
import type { Plan } from '../../pipeline/tasks/task.ts';
import { sha256 } from '../../pipeline/tasks/task-key.ts';
import { from, joinTask, planOf, source } from '../workers/support/engine.ts';

/** A plan in which each task joins one to three of the ten before it; the same on every call. */
export function wovenPlan(size: number, milliseconds = 0): Plan {
  const shape = fc.array(fc.array(fc.nat(9), { minLength: 1, maxLength: 3 }), { minLength: size, maxLength: size });
  const [backs] = fc.sample(shape, { seed: 4, numRuns: 1 });
  const tasks = backs!.map((links, index) => {
    // Every tenth begins anew, so that the joined texts stay short.
    const first = index - (index % 10);
    const before = [...new Set(links.map((back) => index - 1 - back).filter((at) => at >= first))];
    const inputs = before.length > 0 ? before.map((at) => from(`t${at}`)) : [source(`s${index}`)];
    return joinTask(`t${index}`, Object.fromEntries(inputs.map((input, n) => [`i${n}`, input])), milliseconds);
  });
  return planOf(...tasks);
}

/** Digest that each task of a plan of joins must have, worked out without any queue or store. */
export function expectedDigests(plan: Plan): Record<string, string> {
  const texts = new Map<string, string>();
  for (const task of plan.tasks) {
    const parts = Object.entries(task.inputs)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, input]) => ('task' in input ? texts.get(input.task)! : (input.source as { value: string }).value));
    texts.set(task.id, `${(task.parameters as { label: string }).label}(${parts.join('+')})`);
  }
  return Object.fromEntries([...texts].map(([id, text]) => [id, sha256(text)]));
}
