import { dependenciesOf } from '../tasks/resolve-task.ts';
import type { PlannedTask } from '../tasks/task.ts';

/** The same tasks under other names, so that tasks of several runs fit into one plan. Keys do not depend on names. */
export function prefixedTasks(tasks: readonly PlannedTask[], prefix: string): PlannedTask[] {
  return tasks.map((task) => ({
    ...task,
    id: `${prefix}/${task.id}`,
    inputs: Object.fromEntries(
      Object.entries(task.inputs).map(([name, input]) => [
        name,
        'task' in input ? { ...input, task: `${prefix}/${input.task}` } : input,
      ]),
    ),
  }));
}

/** Those of some tasks that others need, directly or not, in their order. */
export function neededTasks(tasks: readonly PlannedTask[], wanted: readonly string[]): PlannedTask[] {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const needed = new Set<string>();
  const visit = [...wanted];
  while (visit.length > 0) {
    const id = visit.pop()!;
    const task = byId.get(id);
    if (task === undefined || needed.has(id)) continue;
    needed.add(id);
    visit.push(...dependenciesOf(task));
  }
  return tasks.filter(({ id }) => needed.has(id));
}
