import { dependenciesOf, resolveTask } from '../pipeline/tasks/resolve-task.ts';
import type { Plan, PlannedTask, ResolvedTask, TaskRecord } from '../pipeline/tasks/task.ts';

/** Which tasks of a plan can be begun, given those that have records; knows nothing of queues or stores. */
export class PlanWalk {
  private readonly plan: Plan;
  private readonly open = new Map<string, number>();
  private readonly dependents = new Map<string, PlannedTask[]>();
  /** Outputs of finished tasks as long as a task still to be taken reads them. */
  private readonly outputs = new Map<string, Pick<TaskRecord, 'outputs'>>();
  private readonly readersLeft = new Map<string, number>();
  private readonly finished = new Set<string>();
  private ready: PlannedTask[] = [];
  private taken = 0;

  /** @throws when a task depends on one that does not come before it, or two tasks share an id */
  constructor(plan: Plan) {
    this.plan = plan;
    for (const planned of plan.tasks) {
      if (this.open.has(planned.id)) throw new Error(`the plan has two tasks called ${planned.id}`);
      const dependencies = dependenciesOf(planned);
      for (const id of dependencies) {
        const before = this.dependents.get(id);
        if (!before) throw new Error(`${planned.id} depends on ${id}, which does not come before it`);
        before.push(planned);
        this.readersLeft.set(id, (this.readersLeft.get(id) ?? 0) + 1);
      }
      this.open.set(planned.id, dependencies.length);
      this.dependents.set(planned.id, []);
      if (dependencies.length === 0) this.ready.push(planned);
    }
  }

  get readyCount(): number {
    return this.ready.length - this.taken;
  }

  get complete(): boolean {
    return this.finished.size === this.plan.tasks.length;
  }

  /** The next tasks to begin, with their keys, in the order in which they became ready. */
  take(limit: number): ResolvedTask[] {
    const end = Math.min(this.ready.length, this.taken + limit);
    const next = this.ready.slice(this.taken, end);
    this.taken = end;
    if (this.taken > 1_000 && this.taken * 2 > this.ready.length) {
      this.ready = this.ready.slice(this.taken);
      this.taken = 0;
    }
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
    if (this.readersLeft.has(id)) this.outputs.set(id, { outputs: record.outputs });
    for (const dependent of this.dependents.get(id) ?? []) {
      const left = this.open.get(dependent.id)! - 1;
      this.open.set(dependent.id, left);
      if (left === 0) this.ready.push(dependent);
    }
  }
  private forgetReader(id: string): void {
    const left = this.readersLeft.get(id)! - 1;
    this.readersLeft.set(id, left);
    if (left > 0) return;
    this.readersLeft.delete(id);
    this.outputs.delete(id);
  }
}
