import type { Finding } from '../pipeline/messages/finding.ts';
import type { ArtifactStore } from '../pipeline/store/artifact-store.ts';
import { hopelessStoreFindings } from '../pipeline/store/store-errors.ts';
import { sourcesShown } from '../pipeline/tasks/source-file.ts';
import type { Plan, ResolvedTask, TaskKey, TaskRecord } from '../pipeline/tasks/task.ts';
import { PlanWalk } from './plan-walk.ts';
import type { FailedTask, RunEvent, RunReport, TaskReference } from './run-events.ts';
import { ProgressTally } from './run-progress.ts';
import { failureError, failureReason } from './task-failure.ts';
import type { TaskHints, TaskNews } from './task-hints.ts';
import type { TaskJobs } from './task-jobs.ts';

export interface CoordinatedRun {
  readonly runId: string;
  readonly name: string;
  readonly plan: Plan;
  /** 1 (first) to 9 (last); tasks of equal priority are served in the order in which they were queued. */
  readonly priority?: number;
}

export const usualPriority = 5;

export interface CoordinatorContext {
  readonly store: ArtifactStore;
  readonly jobs: TaskJobs;
  readonly hints: TaskHints;
  /** Tasks that this process does at once; others may do more. */
  readonly slots: number;
  cancelRequested(): boolean;
  emit(event: RunEvent): void;
  /** Time between two looks at the store for results nobody told of; default 2 s. */
  readonly sweepMilliseconds?: number;
  /** Tasks that may fail before no new ones are begun, so that a retry finds all else done; default 0. */
  readonly failuresTolerated?: number;
}

const defaultSweepMilliseconds = 2_000;
/** Asking the queue about each job costs more, so it is done on every so many sweeps. */
const sweepsPerInquiry = 5;
/** A slot that takes a job says so within this time. */
const takingMilliseconds = 50;
const smallestWindow = 16;
const firstFew = 4;
const queuedPerSlot = 8;
const queuedPerTaskInHand = 4;
const reportedFailures = 100;
/** A job may vanish from the queue without a record (queue wiped, another run's cancel); but not for ever. */
const maximumLosses = 5;
/** Every other task would fail of these too. */
const hopelessFindings: ReadonlySet<string> = new Set(hopelessStoreFindings);

const isHopeless = (finding: Finding | undefined): boolean =>
  finding !== undefined && hopelessFindings.has(finding.code);

interface Outstanding {
  readonly task: ResolvedTask;
  /** All tasks of the plan with this key; usually one. */
  readonly references: TaskReference[];
  losses: number;
}

/**
 * Drives one run to its end. The store decides what is done: before a task is queued and whenever news of it arrive or
 * fail to arrive, its record is looked up; the queue only carries keys and may repeat, lose or forget them.
 */
export class Coordinator {
  private readonly run: CoordinatedRun;
  private readonly context: CoordinatorContext;
  private readonly jobs: TaskJobs;
  private readonly walk: PlanWalk;
  private readonly tally: ProgressTally;
  private readonly outstanding = new Map<TaskKey, Outstanding>();
  private readonly keys: Record<string, TaskKey> = {};
  private readonly failures: FailedTask[] = [];
  private priority: number;
  private failedTasks = 0;
  private mostInHand = 0;
  private stopping: 'no' | 'cancelled' | 'failed' = 'no';
  private readonly news = new Set<TaskKey>();
  private readonly awaitingReply: (() => void)[] = [];
  private poked = false;
  private wakeUp: () => void = () => {};

  constructor(run: CoordinatedRun, context: CoordinatorContext) {
    this.run = run;
    this.context = context;
    this.jobs = context.jobs;
    this.walk = new PlanWalk(run.plan);
    const kinds = run.plan.tasks.map((task) => task.kind);
    this.tally = new ProgressTally(kinds);
    this.priority = run.priority ?? usualPriority;
  }

  /**
   * How many jobs are kept in the queue: enough that no worker waits, however many there are, and no more, since runs of the
   * same priority take turns by what each has in the queue.
   */
  private get window(): number {
    return Math.max(smallestWindow, queuedPerSlot * this.context.slots, queuedPerTaskInHand * this.tally.inHand);
  }

  /** Slots for which this run has nothing in the queue. Where others have helped nobody knows how many: there is always one more. */
  private get idle(): number {
    const { slots } = this.context;
    const known = slots > 0 && this.mostInHand <= slots ? slots : this.tally.inHand + 1;
    return Math.max(0, known - this.outstanding.size);
  }

  async drive(): Promise<RunReport> {
    const begin = Date.now();
    const unsubscribe = this.context.hints.subscribe((key, news) => this.hint(key, news));
    this.emit({ type: 'run-started', runId: this.run.runId, progress: this.tally.progress(Date.now()) });
    try {
      await this.loop();
    } catch (error) {
      // Nobody would look at what these tasks give.
      await this.stop('failed').catch(() => undefined);
      throw error;
    } finally {
      unsubscribe();
      this.reply();
    }
    const report: RunReport = {
      runId: this.run.runId,
      name: this.run.name,
      state: this.walk.complete ? 'finished' : this.stopping === 'cancelled' ? 'cancelled' : 'failed',
      counts: this.tally.counts,
      countsByKind: this.tally.countsByKind,
      milliseconds: Date.now() - begin,
      failures: this.failures,
      keys: this.keys,
    };
    this.emit({ type: 'run-ended', runId: this.run.runId, report, progress: this.tally.progress(Date.now()) });
    return report;
  }

  /** Makes the coordinator look at the cancel flag now instead of at its next step. */
  wake(): void {
    this.poked = true;
    this.wakeUp();
  }

  /** Moves the tasks that wait, and those still to be queued, before or behind those of other runs. */
  async setPriority(priority: number): Promise<void> {
    this.priority = priority;
    await this.jobs.setPriority([...this.outstanding.keys()], priority);
  }

  private async loop(): Promise<void> {
    const sweepMilliseconds = this.context.sweepMilliseconds ?? defaultSweepMilliseconds;
    let sweeps = 0;
    let lastSweep = Date.now();
    while (!this.walk.complete) {
      if (this.stopping === 'no' && this.context.cancelRequested()) await this.stop('cancelled');
      if (this.stopping === 'no') await this.fill();
      if (this.walk.complete) return;
      if (this.outstanding.size === 0 && (this.stopping !== 'no' || this.walk.readyCount === 0)) return;
      await this.waitForNews(lastSweep + sweepMilliseconds - Date.now());
      const told = [...this.news];
      this.news.clear();
      for (const key of told) await this.settle(key, true);
      if (Date.now() - lastSweep >= sweepMilliseconds) {
        lastSweep = Date.now();
        const inquire = ++sweeps % sweepsPerInquiry === 0;
        for (const key of [...this.outstanding.keys()]) await this.settle(key, inquire);
      }
    }
  }

  /** Takes tasks from the plan until enough jobs are in the queue; those with records are passed over. */
  private async fill(): Promise<void> {
    while (this.walk.takeable(this.idle) > 0 && this.outstanding.size <= this.window / 2) {
      // Where slots wait, the first tasks are not to wait for the others.
      const most = this.outstanding.size === 0 ? firstFew : this.window;
      const candidates = this.walk.take(Math.min(most, this.window - this.outstanding.size), this.idle);
      const records = await Promise.all(candidates.map((task) => this.context.store.completeRecord(task.key)));
      const added: ResolvedTask[] = [];
      candidates.forEach((task, index) => {
        const record = records[index];
        const reference = { id: task.id, kind: task.kind, key: task.key };
        const same = this.outstanding.get(task.key);
        if (record) this.passOver(reference, record);
        else if (same) same.references.push(reference);
        else {
          this.outstanding.set(task.key, { task, references: [reference], losses: 0 });
          added.push(task);
        }
      });
      await this.enqueue(added);
      if (this.context.cancelRequested()) return;
    }
  }

  private async enqueue(added: readonly ResolvedTask[]): Promise<void> {
    if (added.length === 0) return;
    const cleared = Promise.all(added.map(({ key }) => this.jobs.clear(key)));
    try {
      await Promise.all(added.map((task) => this.context.store.writeTask(task)));
    } catch (error) {
      if (!isHopeless((error as { finding?: Finding }).finding)) throw error;
      return this.giveUp(added, error);
    }
    await cleared;
    const { priority } = this;
    await this.jobs.add(added, priority);
    // Who changed the priority while the jobs were on their way did not find them in the queue.
    if (this.priority !== priority)
      await this.jobs.setPriority(
        added.map(({ key }) => key),
        this.priority,
      );
  }

  /** What keeps one description from being stored would keep the others too: one failure tells, the rest stays undone. */
  private async giveUp([first, ...others]: readonly ResolvedTask[], error: unknown): Promise<void> {
    for (const { key } of others) this.outstanding.delete(key);
    const outstanding = this.outstanding.get(first!.key);
    if (outstanding) await this.fail(outstanding, failureError(error).message);
  }

  /** Looks whether an outstanding task has its record; if not, and if `inquire`, what the queue says of its job. */
  private async settle(key: TaskKey, inquire: boolean): Promise<void> {
    const outstanding = this.outstanding.get(key);
    if (!outstanding) return;
    const record = await this.context.store.completeRecord(key);
    if (record) return this.finish(outstanding, record);
    if (!inquire) return;
    const { state, failedReason } = await this.jobs.inquire(key);
    if (state === 'failed') return this.fail(outstanding, failedReason);
    if (state !== 'completed' && state !== 'unknown') return;
    // Between the two looks the job may have ended properly and been forgotten.
    const late = await this.context.store.completeRecord(key);
    if (late) return this.finish(outstanding, late);
    if (this.stopping !== 'no') {
      this.outstanding.delete(key);
      return;
    }
    outstanding.losses += 1;
    if (outstanding.losses > maximumLosses)
      return this.fail(outstanding, 'its job ends again and again without a result');
    await this.enqueue([outstanding.task]);
  }

  private passOver(reference: TaskReference, record: TaskRecord): void {
    this.keys[reference.id] = reference.key;
    this.tally.skipped(reference.kind);
    this.walk.finish(reference.id, record);
    this.emit({
      type: 'task-skipped',
      runId: this.run.runId,
      task: reference,
      progress: this.tally.progress(Date.now()),
    });
  }

  private finish(outstanding: Outstanding, record: TaskRecord): void {
    const { key } = outstanding.task;
    this.outstanding.delete(key);
    const milliseconds = this.context.hints.millisecondsOf(key);
    outstanding.references.forEach((task, index) => {
      this.keys[task.id] = key;
      if (index === 0) this.tally.done(task.id, task.kind, milliseconds, Date.now());
      else this.tally.skipped(task.kind);
      this.walk.finish(task.id, record);
      const progress = this.tally.progress(Date.now());
      if (index > 0) this.emit({ type: 'task-skipped', runId: this.run.runId, task, progress });
      else this.emit({ type: 'task-finished', runId: this.run.runId, task, milliseconds, progress });
    });
  }

  private async fail(outstanding: Outstanding, text: string | undefined): Promise<void> {
    this.outstanding.delete(outstanding.task.key);
    let hopeless = false;
    for (const task of outstanding.references) {
      this.failedTasks += 1;
      const reason = failureReason(text, task.id, sourcesShown(outstanding.task));
      hopeless ||= isHopeless(reason.finding);
      this.tally.failed(task.id, task.kind);
      if (this.failures.length < reportedFailures) this.failures.push({ ...reason, task });
      this.emit({
        type: 'task-failed',
        runId: this.run.runId,
        task,
        reason,
        progress: this.tally.progress(Date.now()),
      });
    }
    const tooMany = this.failedTasks > (this.context.failuresTolerated ?? 0);
    if (this.stopping === 'no' && (hopeless || tooMany)) await this.stop('failed');
  }

  /** No new tasks; those waiting in the queue are withdrawn, those in hand run to their end and count. */
  private async stop(why: 'cancelled' | 'failed'): Promise<void> {
    this.stopping = why;
    const withdrawn: Outstanding[] = [];
    for (const [key, outstanding] of this.outstanding) if (await this.jobs.remove(key)) withdrawn.push(outstanding);
    // A server may let go of a job that a slot is just taking; that it has begun is told in a moment, and that it has ended later.
    if (withdrawn.length > 0) await new Promise((resolve) => setTimeout(resolve, takingMilliseconds));
    for (const outstanding of withdrawn) {
      const { key } = outstanding.task;
      // It may have been withdrawn because it had ended well, and nobody had told of it yet.
      const record = await this.context.store.completeRecord(key);
      if (record) this.finish(outstanding, record);
      else if (!this.tally.isInHand(outstanding.references[0]!.id)) this.outstanding.delete(key);
    }
  }

  /** @returns when what depends on an ended task is in the queue, if else a slot would look into it in vain */
  private hint(key: TaskKey, news: TaskNews): Promise<void> | undefined {
    const outstanding = this.outstanding.get(key);
    const task = outstanding?.references[0];
    if (!task) return undefined;
    if (news === 'started') {
      this.tally.started(task.id, Date.now());
      this.mostInHand = Math.max(this.mostInHand, this.tally.inHand);
      this.emit({ type: 'task-started', runId: this.run.runId, task, progress: this.tally.progress(Date.now()) });
      return undefined;
    }
    if (news !== 'ended') {
      this.tally.stopped(task.id);
      const reason = failureReason(news.attemptFailed, task.id, sourcesShown(outstanding!.task));
      this.emit({
        type: 'task-retried',
        runId: this.run.runId,
        task,
        reason,
        progress: this.tally.progress(Date.now()),
      });
      return undefined;
    }
    this.news.add(key);
    this.wakeUp();
    if (this.outstanding.size > this.tally.inHand) return undefined;
    return new Promise((resolve) => this.awaitingReply.push(resolve));
  }

  private reply(): void {
    for (const resolve of this.awaitingReply.splice(0)) resolve();
  }

  private async waitForNews(milliseconds: number): Promise<void> {
    if (this.news.size === 0) this.reply();
    if (this.news.size > 0 || this.poked || milliseconds <= 0) {
      this.poked = false;
      return;
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wakeUp = () => {};
    this.poked = false;
  }

  private emit(event: RunEvent): void {
    this.context.emit(event);
  }
}
