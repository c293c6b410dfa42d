import { EventEmitter } from 'node:events';
import { availableParallelism, hostname } from 'node:os';
import { join, resolve } from 'node:path';
import type { Catalog } from '../pipeline/catalog/catalog.ts';
import { openSqlCatalog } from '../pipeline/catalog/sql-catalog.ts';
import type { Finding } from '../pipeline/messages/finding.ts';
import { DirectoryStore } from '../pipeline/store/directory-store.ts';
import type { Digest, JsonValue, Plan } from '../pipeline/tasks/task.ts';
import { canonicalJson, sha256 } from '../pipeline/tasks/task-key.ts';
import { Coordinator, jobIdOf } from './coordinator.ts';
import { databaseTemplatePath } from './database-template.ts';
import { openEmbeddedDatabase } from './embedded-database.ts';
import { type Metric, queueMetrics, TileTally } from './metrics.ts';
import { patiently } from './patience.ts';
import {
  type AnyQueue,
  type AnyQueueEvents,
  type AnyWorker,
  migrateQueue,
  openQueueBackend,
  openServerPool,
  type QueueBackend,
  queueSetting,
} from './queue-backend.ts';
import type { RunEvent, RunReport } from './run-events.ts';
import type { SqlPool } from './sql-pool.ts';
import { TaskHints } from './task-hints.ts';
import { startTileWorker, type TileWorkerOptions, taskQueueName } from './tile-worker.ts';
import { lockWorkspace, type WorkspaceLock } from './workspace-lock.ts';

export interface EngineOptions
  extends Partial<
    Pick<TileWorkerOptions, 'slots' | 'durable' | 'registry' | 'childMemoryLimitBytes' | 'lockMilliseconds'>
  > {
  /** Directory that holds the store and the queue; made when missing. */
  readonly workspace: string;
  readonly childEnvironment?: Readonly<Record<string, string>>;
  readonly logger?: { warn(message: string): void; error(message: string): void };
  /** Called with the events of all runs. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Where QUEUE_URL, REDIS_URL and DATABASE_URL are looked up; default the process's own. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

export interface RunRequest {
  /** Names the run; submitting the same one again continues it. */
  readonly runId: string;
  readonly name: string;
  readonly plan: Plan;
  /** 1 (first) to 9 (last); default 5. */
  readonly priority?: number;
}

/** Where to listen to a run. */
export interface RunEventSource {
  on(name: 'event', listener: (event: RunEvent) => void): unknown;
  off(name: 'event', listener: (event: RunEvent) => void): unknown;
}

export interface RunHandle {
  readonly runId: string;
  /** Emits 'event' with each `RunEvent` of this run; the first comes after `submit` has returned. */
  readonly events: RunEventSource;
  /** Rejects only when the run could not be driven at all (disk full, queue lost); failed tasks are in the report. */
  readonly finished: Promise<RunReport>;
  /** Asks the run to stop; tasks in hand end first, and what is finished stays. */
  cancel(): Promise<void>;
  /** Puts the run's waiting tasks before or behind those of other runs. */
  setPriority(priority: number): Promise<void>;
}

export interface Engine {
  readonly store: DirectoryStore;
  readonly catalog: Catalog;
  readonly slots: number;
  submit(run: RunRequest): Promise<RunHandle>;
  /** Figures about the queue and this process, for Prometheus. */
  metrics(): Promise<readonly Metric[]>;
  /** Cancels what runs, ends the child processes and gives the workspace up. */
  close(): Promise<void>;
}

/** Directory of a workspace's store; reading it needs no ownership of the workspace. */
export const storeDirectory = (workspace: string): string => join(workspace, 'store');

const runsAtOnce = 16;
const catalogFlagMilliseconds = 2_000;
const runLockMilliseconds = 60_000;
const runStalledRepeats = 1_000;
const lostRunsMilliseconds = 10_000;
/** A damaged sheet costs its tiles; beyond this many the fault is not in single tiles. */
const failuresTolerated = 20;
/** Workers of other processes come and go; so many tasks are kept ahead for them. */
const slotsElsewhere = 16;

/** Makes this process the owner of a workspace and starts its queue and child processes. */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const lock = await lockWorkspace(options.workspace);
  const closers: (() => Promise<void>)[] = [() => lock.release()];
  try {
    return await open(options, lock, closers);
  } catch (error) {
    await closeAll(closers, options);
    throw error;
  }
}

async function open(options: EngineOptions, lock: WorkspaceLock, closers: (() => Promise<void>)[]): Promise<Engine> {
  const environment = options.environment ?? process.env;
  const setting = queueSetting(environment);
  const slots = options.slots ?? availableParallelism();
  const durable = options.durable ?? true;
  const store = new DirectoryStore(storeDirectory(options.workspace), { durable });
  if (setting.kind === 'embedded') await store.clearTemporary();

  let catalog: Catalog | undefined;
  let embeddedPool: SqlPool | undefined;
  if (environment.DATABASE_URL) {
    const pool = await openServerPool(environment.DATABASE_URL);
    closers.push(() => pool.end());
    catalog = await openSqlCatalog(pool);
  }
  if (!catalog || setting.kind === 'embedded') {
    const pool = await openEmbeddedDatabase({
      directory: join(options.workspace, 'database'),
      template: databaseTemplatePath(environment),
      async prepare(opened) {
        await migrateQueue(opened);
        if (!environment.DATABASE_URL) catalog = await openSqlCatalog(opened);
      },
      notice(text) {
        options.logger?.warn(text.en);
        options.onEvent?.({ type: 'notice', text });
      },
    });
    embeddedPool = pool;
    closers.push(() => pool.end());
  }

  const backend = await openQueueBackend(setting, embeddedPool);
  closers.push(() => backend.close());
  const engine = new WorkspaceEngine(options, { lock, store, catalog: catalog!, backend, slots, durable });
  closers.push(() => engine.stop());
  await engine.start();
  return Object.assign(engine, { close: () => closeAll(closers, options) });
}

async function closeAll(closers: (() => Promise<void>)[], options: EngineOptions): Promise<void> {
  for (const close of closers.splice(0).reverse()) {
    await close().catch((error: unknown) => options.logger?.error(`closing: ${messageOf(error)}`));
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

interface Parts {
  readonly lock: WorkspaceLock;
  readonly store: DirectoryStore;
  readonly catalog: Catalog;
  readonly backend: QueueBackend;
  readonly slots: number;
  readonly durable: boolean;
}

interface ActiveRun {
  readonly request: RunRequest;
  readonly events: EventEmitter;
  readonly handle: RunHandle;
  readonly resolve: (report: RunReport) => void;
  readonly reject: (error: unknown) => void;
  cancelled: boolean;
  priority: number | undefined;
  planDigest?: Digest;
  flagLookedAt: number;
  coordinator?: Coordinator;
  driven?: Promise<void>;
}

class WorkspaceEngine {
  readonly store: DirectoryStore;
  readonly catalog: Catalog;
  readonly slots: number;
  private readonly options: EngineOptions;
  private readonly parts: Parts;
  private readonly hints = new TaskHints();
  private readonly tally = new TileTally();
  private readonly active = new Map<string, ActiveRun>();
  private tasks!: AnyQueue;
  private runs!: AnyQueue;
  private readonly workers: AnyWorker[] = [];
  private lostRuns: NodeJS.Timeout | undefined;
  private events: AnyQueueEvents | undefined;
  private stopped = false;

  constructor(options: EngineOptions, parts: Parts) {
    this.options = options;
    this.parts = parts;
    this.store = parts.store;
    this.catalog = parts.catalog;
    this.slots = parts.slots;
  }

  async start(): Promise<void> {
    const { backend } = this.parts;
    this.tasks = backend.openQueue(taskQueueName);
    // Reports are awaited in the process that submitted the run, so on a shared server each workspace has its own queue.
    const place = sha256(`${hostname()}:${resolve(this.options.workspace)}`).slice(0, 16);
    const runQueueName = backend.kind === 'embedded' ? 'runs' : `runs-${place}`;
    this.runs = backend.openQueue(runQueueName);
    for (const queue of [this.tasks, this.runs]) this.logErrors(queue);
    // Leftovers of an owner that was killed: no process works on them any more, and the store knows what was done.
    for (const queue of backend.kind === 'embedded' ? [this.tasks, this.runs] : [this.runs]) {
      await queue.obliterate({ force: true });
      await queue.resume();
    }
    if (this.parts.slots > 0) this.startTileWorker();
    if (backend.kind !== 'embedded') {
      this.events = backend.openEvents(taskQueueName);
      this.logErrors(this.events);
      this.hints.followEvents(this.events, (jobId) => jobId.slice(jobIdOf('').length));
    }
    const runWorker = backend.openWorker(runQueueName, (job) => this.coordinate(job.data.runId), {
      concurrency: runsAtOnce,
      lockDuration: runLockMilliseconds,
      maxStalledCount: runStalledRepeats,
    });
    this.logErrors(runWorker);
    this.workers.push(runWorker);
    this.lostRuns = setInterval(() => void this.enqueueLostRuns(), lostRunsMilliseconds).unref();
  }

  /** A run whose job went with the queue's memory before it was begun would wait for ever. */
  private async enqueueLostRuns(): Promise<void> {
    for (const run of this.active.values()) {
      if (run.driven || run.planDigest === undefined) continue;
      const waiting = await this.runs.getJobCounts('waiting', 'active', 'delayed').catch(() => undefined);
      if (waiting && Object.values(waiting).every((count) => count === 0) && !run.driven)
        await this.enqueueRun(run.request.runId, run.planDigest).catch(() => undefined);
    }
  }

  private startTileWorker(): void {
    const { registry, childEnvironment, childMemoryLimitBytes, lockMilliseconds } = this.options;
    const worker = startTileWorker(this.parts.backend, {
      slots: this.parts.slots,
      store: this.store.root,
      durable: this.parts.durable,
      ...(registry ? { registry } : {}),
      ...(childEnvironment ? { childEnvironment } : {}),
      ...(childMemoryLimitBytes ? { childMemoryLimitBytes } : {}),
      ...(lockMilliseconds ? { lockMilliseconds } : {}),
    });
    this.hints.followWorker(worker);
    this.tally.follow(worker);
    this.logErrors(worker);
    this.workers.push(worker);
  }

  async submit(request: RunRequest): Promise<RunHandle> {
    if (this.stopped) throw new Error('the engine is closed');
    const running = this.active.get(request.runId);
    if (running) return running.handle;
    const planText = canonicalJson(request.plan as unknown as JsonValue);
    const { digest } = await this.store.putBytes(new TextEncoder().encode(planText));
    await this.catalog.startRun({ id: request.runId, name: request.name, planDigest: digest });
    const run = this.activeRun(request);
    this.active.set(request.runId, run);
    try {
      run.planDigest = digest;
      await this.enqueueRun(request.runId, digest);
    } catch (error) {
      this.active.delete(request.runId);
      throw error;
    }
    return run.handle;
  }

  async metrics(): Promise<readonly Metric[]> {
    return [...this.tally.metrics(this.slots), ...(await queueMetrics(this.tasks))];
  }

  async stop(): Promise<void> {
    this.stopped = true;
    const ending = [...this.active.values()].map((run) => {
      run.cancelled = true;
      run.coordinator?.wake();
      return run.handle.finished.catch(() => undefined);
    });
    await Promise.all(ending);
    clearInterval(this.lostRuns);
    await Promise.all(this.workers.map((worker) => worker.close()));
    await this.events?.close();
    if (this.runs && this.parts.backend.kind !== 'embedded') await this.runs.obliterate({ force: true });
    await this.runs?.close();
    await this.tasks?.close();
  }

  private activeRun(request: RunRequest): ActiveRun {
    let resolve: (report: RunReport) => void = () => {};
    let reject: (error: unknown) => void = () => {};
    const finished = new Promise<RunReport>((onReport, onError) => {
      resolve = onReport;
      reject = onError;
    });
    // Whoever holds the handle sees the error; without this, a holder that only listens would end the process.
    finished.catch(() => undefined);
    const events = new EventEmitter();
    const run: ActiveRun = {
      request,
      events,
      resolve,
      reject,
      cancelled: false,
      priority: request.priority,
      flagLookedAt: Date.now(),
      handle: {
        runId: request.runId,
        events,
        finished,
        cancel: async () => {
          run.cancelled = true;
          run.coordinator?.wake();
          await this.catalog.requestCancel(request.runId);
        },
        setPriority: async (priority) => {
          run.priority = priority;
          await run.coordinator?.setPriority(priority);
        },
      },
    };
    return run;
  }

  private async enqueueRun(runId: string, plan: Digest): Promise<void> {
    await this.runs.add('run', { runId, plan }, { removeOnComplete: true, removeOnFail: true });
  }

  /** Processor of the runs queue. A job repeated by the queue joins the coordination in progress. */
  private async coordinate(runId: string): Promise<void> {
    const run = this.active.get(runId);
    if (!run) return;
    run.driven ??= this.drive(run);
    await run.driven;
  }

  private async drive(run: ActiveRun): Promise<void> {
    const { runId } = run.request;
    const emit = (event: RunEvent) => this.emit(run, event);
    try {
      const shared = this.parts.backend.kind !== 'embedded';
      const request = run.priority === undefined ? run.request : { ...run.request, priority: run.priority };
      run.coordinator = new Coordinator(request, {
        store: this.store,
        tasks: this.tasks,
        hints: this.hints,
        slots: shared ? Math.max(this.parts.slots, slotsElsewhere) : this.parts.slots,
        failuresTolerated,
        cancelRequested: () => this.cancelRequested(run),
        emit,
      });
      const report = await run.coordinator.drive();
      const counts = { ...report.counts };
      await patiently(() => this.catalog.endRun(runId, report.state, counts, failureEntry(report)));
      this.active.delete(runId);
      run.resolve(report);
    } catch (error) {
      this.active.delete(runId);
      const finding = (error as { finding?: Finding }).finding;
      const entry = { message: messageOf(error), ...(finding ? { finding: { ...finding } } : {}) };
      await this.catalog.endRun(runId, 'failed', null, entry as unknown as JsonValue).catch(() => undefined);
      run.reject(error);
    }
  }

  /** The flag of this process at once; that of the catalog, which others may set, every now and then. */
  private async cancelRequested(run: ActiveRun): Promise<boolean> {
    const now = Date.now();
    if (!run.cancelled && now - run.flagLookedAt >= catalogFlagMilliseconds) {
      run.flagLookedAt = now;
      // While the catalog is away nobody can have set its flag.
      const requested = await this.catalog.cancelRequested(run.request.runId).catch((error: unknown) => {
        this.options.logger?.warn(`catalog: ${messageOf(error)}`);
        return false;
      });
      run.cancelled ||= requested;
    }
    return run.cancelled;
  }

  private emit(run: ActiveRun, event: RunEvent): void {
    // An error in a listener (a progress bar, say) must not end the run.
    try {
      run.events.emit('event', event);
      this.options.onEvent?.(event);
    } catch (error) {
      this.options.logger?.error(`listener: ${messageOf(error)}`);
    }
  }

  private logErrors(source: { on(event: 'error', listener: (error: Error) => void): unknown }): void {
    source.on('error', (error) => this.options.logger?.warn(`queue: ${error.message}`));
  }
}

function failureEntry(report: RunReport): JsonValue {
  const first = report.failures[0];
  if (!first) return null;
  const entry = { task: first.task.id, message: first.message, finding: first.finding ?? null };
  return entry as unknown as JsonValue;
}
