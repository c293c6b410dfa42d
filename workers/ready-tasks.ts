import type { PlannedTask } from '../pipeline/tasks/task.ts';

interface Placed {
  readonly place: number;
  readonly task: PlannedTask;
}

/** Tasks that can be begun, the lowest place first. */
export class ReadyTasks {
  private tasks: Placed[] = [];
  private taken = 0;

  get size(): number {
    return this.tasks.length - this.taken;
  }

  /** Tasks come nearly in the order of their places, so one is seldom put far from the end. */
  add(task: PlannedTask, place: number): void {
    let at = this.tasks.length;
    while (at > this.taken && this.tasks[at - 1]!.place > place) at -= 1;
    this.tasks.splice(at, 0, { place, task });
  }

  take(limit: number): PlannedTask[] {
    const next = this.tasks.slice(this.taken, this.taken + limit);
    this.taken += next.length;
    if (this.taken > 1_000 && this.taken * 2 > this.tasks.length) {
      this.tasks = this.tasks.slice(this.taken);
      this.taken = 0;
    }
    return next.map(({ task }) => task);
  }
}
