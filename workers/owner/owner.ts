import { EventEmitter } from 'node:events';
import { UserError, userError } from '../../pipeline/messages/user-error.ts';
import type { Plan } from '../../pipeline/tasks/task.ts';
import type { RunHandle } from '../active-run.ts';
import type { Engine } from '../engine.ts';
import type { Metric } from '../metrics.ts';
import { Mutex } from '../mutex.ts';
import type { RunEvent, RunReport } from '../run-events.ts';
import { askedRun, isUnderWay, type RunWish } from './asked-run.ts';
import { afterEvent, failureEntry, type LiveRun, type RunStage, type RunStatus } from './live-run.ts';
import { inOrder, runsToStart } from './next-runs.ts';
import { forgetInCatalog } from './reconcile-catalog.ts';
import { mustHaveRunFiles } from './relocate-run.ts';
import { hasEnded, type RunEntry, type RunState, requeued } from './run-entry.ts';
import type { RunLedger } from './run-ledger.ts';
import { RunLog } from './run-log.ts';
import { stageNames, stateNames, stateText } from './state-text.ts';
import { YearProblems, type Years } from './year-process.ts';

export interface OwnerOptions {
  readonly engine: Engine;
  readonly ledger: RunLedger;
  readonly years: Years;
  /** Version of this program, for manifests. */
  readonly version: string;
  readonly now?: () => Date;
}

const countsMilliseconds = 10_000;

/** News of an owner's runs: a run's state changed, or something happened within it. */
export type OwnerNews =
  | { readonly type: 'status'; readonly run: RunStatus }
  | { readonly type: 'event'; readonly event: RunEvent };

interface ActiveRun {
  readonly abort: AbortController;
  readonly log: RunLog;
  readonly done: Promise<void>;
  stage: RunStage;
  /** When the counts were last written down, milliseconds. */
  countsKept: number;
  handle?: RunHandle;
  live?: LiveRun;
  wanted: 'run' | 'cancel' | 'pause';
}

/**
 * Works through the runs asked for in one workspace: which comes next, from reading its run file to handing over its
 * results. What must outlive this process is in the ledger before anything else is done.
 */
export class Owner {
  private readonly options: OwnerOptions;
  private readonly entries = new Map<string, RunEntry>();
  private readonly active = new Map<string, ActiveRun>();
  private readonly lastStart = new Map<string, number>();
  /** Entries change one after another, so that of two changes at once neither is lost. */
  private readonly turns = new Mutex();
  private readonly emitter = new EventEmitter().setMaxListeners(0);
  private stopping = false;

  private constructor(options: OwnerOptions) {
    this.options = options;
  }

  /** Takes up the runs of the ledger: those that were queued or going when an earlier owner ended go on. */
  static async start(options: OwnerOptions): Promise<Owner> {
    const owner = new Owner(options);
    for (const entry of await options.ledger.list()) {
      const left = entry.state === 'running';
      const now: RunEntry = !left
        ? entry
        : entry.driver === 'queue'
          ? requeued(entry)
          : { ...entry, state: 'interrupted' };
      if (left) {
        await options.ledger.write(now);
        new RunLog(options.ledger.logFile(entry.id)).note('notice', {
          zh: '上一个所有者进程意外结束；已完成的部分已保留',
          en: 'the owner before ended unexpectedly; what was finished is kept',
        });
      }
      owner.entries.set(entry.id, now);
    }
    owner.startNext();
    return owner;
  }

  /** All runs, in the order in which they were first asked for. */
  list(): readonly RunStatus[] {
    return [...this.entries.keys()].map((id) => this.status(id)!);
  }

  status(id: string): RunStatus | undefined {
    const entry = this.entries.get(id);
    const active = this.active.get(id);
    if (!entry || !active) return entry;
    return { ...entry, stage: active.stage, ...(active.live ? { live: active.live } : {}) };
  }

  /** Whether a run waits or goes, or its end is just being noted. */
  isUnderWay(id: string): boolean {
    return this.active.has(id) || this.entries.get(id)?.state === 'queued';
  }

  /** The runs that wait, in the order in which they are to be started when there is room. */
  order(): readonly string[] {
    return inOrder(this.waiting(), this.lastStart).map(({ id }) => id);
  }

  /** Listens to all news; returns the function that ends it. */
  subscribe(listener: (news: OwnerNews) => void): () => void {
    this.emitter.on('news', listener);
    return () => this.emitter.off('news', listener);
  }

  /** Queues what is asked for; a run that is queued or going already is left as it is. */
  async submit(wish: RunWish): Promise<RunStatus> {
    const entry = await askedRun(wish, this.now());
    return isUnderWay(this.entries.get(entry.id), entry) ? this.status(entry.id)! : this.enqueue(entry);
  }

  /** Continues a run that was cancelled, interrupted or failed. @throws UserError when its run file has been moved */
  async resume(id: string): Promise<RunStatus> {
    const entry = this.mustFind(id);
    if (!hasEnded(entry) || entry.state === 'finished') return this.status(id)!;
    mustHaveRunFiles(entry, this.options.ledger.directoryOf(id));
    return this.enqueue(requeued(entry));
  }

  /** @returns the run once it has stopped; one that has ended already is left as it is */
  async cancel(id: string): Promise<RunStatus> {
    const entry = this.mustFind(id);
    const active = this.active.get(id);
    if (active) {
      active.wanted = 'cancel';
      active.abort.abort();
      await active.handle?.cancel();
      await active.done;
    } else if (entry.state === 'queued') {
      await this.change(id, { state: 'cancelled', ended: this.now() });
    }
    return this.status(id)!;
  }

  /** Redoes what failed in a failed run, and what needs it; all else is found done. */
  async retry(id: string): Promise<RunStatus> {
    mustHaveFailed(this.mustFind(id));
    return this.resume(id);
  }

  async setPriority(id: string, priority: number): Promise<RunStatus> {
    this.mustFind(id);
    await this.change(id, { priority });
    this.logOf(id).note('notice', { zh: `优先级 ${priority}`, en: `priority ${priority}` });
    await this.active.get(id)?.handle?.setPriority(priority);
    this.startNext();
    return this.status(id)!;
  }

  async forget(id: string): Promise<void> {
    const { ledger, engine } = this.options;
    const endTurn = await this.turns.acquire();
    try {
      const entry = this.mustFind(id);
      mustHaveEnded(this.isUnderWay(id) ? { ...entry, state: 'running' } : entry);
      await ledger.forget(id);
      this.entries.delete(id);
      // In the same turn: what is asked for anew must not be buried with it.
      await forgetInCatalog(engine.catalog, ledger, id);
    } finally {
      endTurn();
    }
  }

  /** Stops what is going, so that the next owner continues it. The engine stays open. */
  async stop(): Promise<void> {
    this.stopping = true;
    const ending = [...this.active.values()].map(async (run) => {
      if (run.wanted === 'run') run.wanted = 'pause';
      run.abort.abort();
      await run.handle?.cancel();
      await run.done;
    });
    await Promise.all(ending);
  }

  /** How many runs are in which state, for Prometheus. */
  metrics(): readonly Metric[] {
    const values = (Object.keys(stateNames) as RunState[]).map((state) => ({
      labels: { state },
      value: [...this.entries.values()].filter((entry) => entry.state === state).length,
    }));
    return [{ name: 'shuibao_runs', help: 'Runs of the workspace.', type: 'gauge', values }];
  }

  private async enqueue(entry: RunEntry): Promise<RunStatus> {
    await this.replace(entry.id, () => entry);
    this.startNext();
    return this.status(entry.id)!;
  }

  private waiting(): RunEntry[] {
    return [...this.entries.values()].filter(({ id, state }) => state === 'queued' && !this.active.has(id));
  }

  private startNext(): void {
    if (this.stopping) return;
    const going = [...this.active.keys()].map((id) => this.entries.get(id)!);
    for (const id of runsToStart(this.waiting(), going, this.lastStart)) {
      this.lastStart.set(this.entries.get(id)!.user, Date.now());
      const log = new RunLog(this.options.ledger.logFile(id));
      const done = Promise.resolve();
      const run: ActiveRun = {
        abort: new AbortController(),
        log,
        wanted: 'run',
        stage: 'reading',
        countsKept: 0,
        done,
      };
      this.active.set(id, run);
      Object.assign(run, { done: this.drive(id, run) });
    }
  }

  private async drive(id: string, run: ActiveRun): Promise<void> {
    let end: Partial<RunEntry>;
    try {
      await this.change(id, { state: 'running', started: this.now() });
      end = await this.attempt(id, run);
    } catch (error) {
      end = run.abort.signal.aborted ? { state: 'cancelled' } : { state: 'failed', ...reasonOf(error) };
    }
    // What was stopped by the owner's own end is continued by the next one.
    const paused = run.wanted === 'pause' && end.state === 'cancelled';
    const ended = this.now();
    const atEnd = (entry: RunEntry) => (paused ? requeued(entry) : { ...entry, ...end, ended });
    await this.replace(id, atEnd).catch((error: unknown) => {
      run.log.note('notice', { zh: String(error), en: String(error) });
      this.entries.set(id, atEnd(this.entries.get(id)!));
    });
    await run.log.settled();
    this.active.delete(id);
    this.startNext();
  }

  private async attempt(id: string, run: ActiveRun): Promise<Partial<RunEntry>> {
    const { engine, years, version } = this.options;
    const entry = this.entries.get(id)!;
    mustHaveRunFiles(entry, this.options.ledger.directoryOf(id));
    const { runFile, comparison, check, name } = entry;
    const asked = { runFile, ...(comparison ? { comparison } : {}) };
    const { signal } = run.abort;
    const store = engine.store.location;
    const { planDigest, findings } = await years.prepare({ ...asked, check, store }, signal);
    await this.change(id, { planDigest });
    const plan = JSON.parse(Buffer.from(await engine.store.readBytes(planDigest)).toString()) as Plan;
    const { priority } = this.entries.get(id)!;
    run.handle = await engine.submit({ runId: id, name, plan, priority });
    this.enter(id, run, 'computing');
    run.handle.events.on('event', (event) => this.heard(id, run, event));
    if (signal.aborted) await run.handle.cancel();
    const report = await run.handle.finished;
    const { counts } = report;
    if (report.state !== 'finished') return { state: report.state, counts, failures: failuresOf(report) };
    this.enter(id, run, 'handing-over');
    const published = await years.publish(
      { ...asked, store, planDigest, findings, version },
      new AbortController().signal,
    );
    await this.options.ledger.writeFigures(id, published.figures);
    await engine.catalog.writeStatistics(id, published.figures);
    return { state: 'finished', counts, results: published.directory };
  }

  private heard(id: string, run: ActiveRun, event: RunEvent): void {
    const now = this.options.now?.() ?? new Date();
    const live = afterEvent(run.live, event, now);
    if (live) run.live = live;
    if (event.type === 'task-finished' && now.getTime() - run.countsKept >= countsMilliseconds) {
      run.countsKept = now.getTime();
      // For whoever asks after a power cut; that they are missing harms nothing.
      void this.change(id, { counts: event.progress.counts }).catch(() => undefined);
    }
    run.log.follow(event);
    this.emitter.emit('news', { type: 'event', event } satisfies OwnerNews);
  }

  private enter(id: string, run: ActiveRun, stage: RunStage): void {
    run.stage = stage;
    run.log.note('state', stageNames[stage]);
    this.tellStatus(id);
  }

  private change(id: string, part: Partial<RunEntry>): Promise<void> {
    return this.replace(id, () => ({ ...this.mustFind(id), ...part }));
  }

  private async replace(id: string, next: (entry: RunEntry) => RunEntry): Promise<void> {
    const endTurn = await this.turns.acquire();
    try {
      const before = this.entries.get(id);
      const entry = next(before!);
      await this.options.ledger.write(entry);
      // Noted first: whoever sees the state may look for it in the log.
      if (before?.state !== entry.state) {
        const log = this.logOf(id);
        log.note('state', stateText(entry));
        await log.settled();
      }
      this.entries.set(id, entry);
    } finally {
      endTurn();
    }
    this.tellStatus(id);
  }

  private logOf(id: string): RunLog {
    return this.active.get(id)?.log ?? new RunLog(this.options.ledger.logFile(id));
  }

  private tellStatus(id: string): void {
    this.emitter.emit('news', { type: 'status', run: this.status(id)! } satisfies OwnerNews);
  }

  private mustFind(id: string): RunEntry {
    const entry = this.entries.get(id);
    if (entry) return entry;
    throw unknownRun(id);
  }

  private now(): string {
    return (this.options.now?.() ?? new Date()).toISOString();
  }
}

export const unknownRun = (text: string): UserError =>
  userError('run-unknown', text, { zh: '没有这个运行', en: 'there is no such run' }, undefined, {
    zh: '用 shuibao queue 查看全部运行',
    en: 'shuibao queue lists all runs',
  });

/** @throws UserError for a run that has not failed: there is nothing to redo */
export function mustHaveFailed(entry: RunEntry): void {
  if (entry.state === 'failed') return;
  const state = stateText(entry);
  throw userError(
    'run-not-failed',
    entry.id,
    { zh: `该运行没有失败（${state.zh}）`, en: `the run has not failed (${state.en})` },
    undefined,
    { zh: '取消或中断的运行用 shuibao resume 继续', en: 'shuibao resume continues one that was stopped' },
  );
}

/** @throws UserError for a run that waits or goes */
export function mustHaveEnded(entry: RunEntry): void {
  if (hasEnded(entry)) return;
  const state = stateText(entry);
  throw userError(
    'run-under-way',
    entry.id,
    { zh: `该运行尚未结束（${state.zh}）`, en: `the run has not ended (${state.en})` },
    undefined,
    { zh: `先用 shuibao cancel ${entry.id} 取消`, en: `cancel it first with shuibao cancel ${entry.id}` },
  );
}

function reasonOf(error: unknown): Pick<RunEntry, 'problems' | 'fault'> {
  if (error instanceof YearProblems) return { problems: error.problems };
  if (error instanceof UserError) return { problems: [error.finding] };
  return { fault: error instanceof Error ? error.message : String(error) };
}

export const failuresOf = (report: RunReport): RunEntry['failures'] =>
  report.failures.map(({ task, ...reason }) => failureEntry(task.id, reason));
