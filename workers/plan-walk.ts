import { dependenciesOf, resolveTask } from '../pipeline/tasks/resolve-task.ts';
import type { Plan, PlannedTask, ResolvedTask, TaskRecord } from '../pipeline/tasks/task.ts';
import { ReadyTasks } from './ready-tasks.ts';

/**
 * Which tasks of a plan can be begun, given those that have records; knows nothing of queues or stores. Tasks on which others
 * wait come first, as they become ready; those for which nobody waits (results) follow in the order of the plan.
 */
export class PlanWalk {
  private readonly plan: Plan;
  private readonly open = new Map<string, number>();
  private readonly dependents = new Map<string, PlannedTask[]>();
  /** Outputs of finished tasks as long as a task still to be taken reads them. */
  private readonly outputs = new Map<string, Pick<TaskRecord, 'outputs'>>();
  private readonly readersLeft = new Map<string, number>();
  private readonly finished = new Set<string>();
  private readonly ready = new ReadyTasks();
  private readonly readyLast = new ReadyTasks();
  private readonly places = new Map<string, number>();
  private madeReady = 0;
  /** Unfinished tasks on which others wait. */
  private awaited = 0;

  /** @throws when a task depends on one that does not come before it, or two tasks share an id */
  constructor(plan: Plan) {
    this.plan = plan;
    for (const [place, planned] of plan.tasks.entries()) {
      if (this.open.has(planned.id)) throw new Error(`the plan has two tasks called ${planned.id}`);
      const dependencies = dependenciesOf(planned);
      for (const id of dependencies) {
        const before = this.dependents.get(id);
        if (!before) throw new Error(`${planned.id} depends on ${id}, which does not come before it`);
        before.push(planned);
        this.readersLeft.set(id, (this.readersLeft.get(id) ?? 0) + 1);
      }
      this.open.set(planned.id, dependencies.length);
      this.places.set(planned.id, place);
      this.dependents.set(planned.id, []);
    }
    for (const planned of plan.tasks) {
      if (this.isAwaited(planned.id)) this.awaited += 1;
      if (this.open.get(planned.id) === 0) this.makeReady(planned);
    }
  }

  get readyCount(): number {
    return this.ready.size + this.readyLast.size;
  }

  get complete(): boolean {
    return this.finished.size === this.plan.tasks.length;
  }

  /** How many tasks `take` would give at most. */
  takeable(idle: number): number {
    return this.ready.size + this.lastAllowed(idle - this.ready.size);
  }

  /**
   * The next tasks to begin, with their keys.
   * @param idle - results fill these up to so many, as long as a task on which others wait is unfinished; then all may be given
   */
  take(limit: number, idle: number = limit): ResolvedTask[] {
    const next = this.ready.take(limit);
    next.push(...this.readyLast.take(Math.min(limit - next.length, this.lastAllowed(idle - next.length))));
    return next.map((planned) => {
      const resolved = resolveTask(planned, (id) => this.outputs.get(id), this.plan.versions);
      for (const id of dependenciesOf(planned)) this.forgetReader(id);
      return resolved;
    });
  }

  /** The task has its record; tasks that waited for nothing else become ready. */
  finish(id: string, record: Pick<TaskRecord, 'outputs'>): void {
    if (this.finished.has(id)) return;
    this.finished.add(id);
    if (this.isAwaited(id)) this.awaited -= 1;
    if (this.readersLeft.has(id)) this.outputs.set(id, { outputs: record.outputs });
    for (const dependent of this.dependents.get(id) ?? []) {
      const left = this.open.get(dependent.id)! - 1;
      this.open.set(dependent.id, left);
      if (left === 0) this.makeReady(dependent);
    }
  }

  private lastAllowed(most: number): number {
    return this.awaited === 0 ? this.readyLast.size : Math.min(this.readyLast.size, Math.max(0, most));
  }

  private isAwaited(id: string): boolean {
    return (this.dependents.get(id)?.length ?? 0) > 0;
  }

  private makeReady(planned: PlannedTask): void {
    if (this.isAwaited(planned.id)) this.ready.add(planned, this.madeReady++);
    else this.readyLast.add(planned, this.places.get(planned.id)!);
  }

  private forgetReader(id: string): void {
    const left = this.readersLeft.get(id)! - 1;
    this.readersLeft.set(id, left);
    if (left > 0) return;
    this.readersLeft.delete(id);
    this.outputs.delete(id);
  }
}
