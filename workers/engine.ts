import { existsSync } from 'node:fs';
import { availableParallelism, hostname } from 'node:os';
import { join, resolve } from 'node:path';
import type { Catalog } from '../pipeline/catalog/catalog.ts';
import { openSqlCatalog } from '../pipeline/catalog/sql-catalog.ts';
import type { ArtifactStore } from '../pipeline/store/artifact-store.ts';
import { openStore } from '../pipeline/store/open-store.ts';
import { planBytes, sha256 } from '../pipeline/tasks/task-key.ts';
import { ActiveRun, messageOf, type RunHandle, type RunRequest, type RunSurroundings } from './active-run.ts';
import { databaseTemplatePath } from './database-template.ts';
import { openEmbeddedDatabase } from './embedded-database.ts';
import { type Metric, queueMetrics, TileTally } from './metrics.ts';
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
import type { RunEvent } from './run-events.ts';
import type { SqlPool } from './sql-pool.ts';
import { storeLocation } from './store-location.ts';
import { TaskHints } from './task-hints.ts';
import { jobIdOf, TaskJobs } from './task-jobs.ts';
import { TileProcesses, type TileProcessOptions } from './tile-processes.ts';
import { startTileWorker, type TileWorkerOptions, taskQueueName } from './tile-worker.ts';
import { lockWorkspace, type WorkspaceLock } from './workspace-lock.ts';

export interface EngineOptions
  extends Partial<Omit<TileProcessOptions, 'store'>>,
    Pick<TileWorkerOptions, 'lockMilliseconds'> {
  /** Directory that holds the store and the queue; made when missing. */
  readonly workspace: string;
  /** Whether this process will answer other commands about the workspace; default false. */
  readonly serves?: boolean;
  /** So many processes start while the queue opens: for whoever has work for them at once; default none. */
  readonly warm?: number;
  readonly logger?: { warn(message: string): void; error(message: string): void };
  /** Called with the events of all runs. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Where QUEUE_URL, REDIS_URL, DATABASE_URL, STORE_URL and what belongs to them are looked up; default the process's own. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

export interface Engine {
  readonly store: ArtifactStore;
  readonly catalog: Catalog;
  readonly slots: number;
  submit(run: RunRequest): Promise<RunHandle>;
  /** The queues, for those who want to look into them. */
  readonly queues: readonly AnyQueue[];
  /** Figures about the queue and this process, for Prometheus. */
  metrics(): Promise<readonly Metric[]>;
  /** Undefined while the queue answers, else what is wrong. */
  complaint(): Promise<string | undefined>;
  /** Cancels what runs, ends the child processes and gives the workspace up. */
  close(): Promise<void>;
}

const runsAtOnce = 16;
const runLockMilliseconds = 60_000;
const runStalledRepeats = 1_000;
const lostRunsMilliseconds = 10_000;

const databaseOf = (workspace: string): string => join(workspace, 'database');

/** Whether a process with an embedded queue has owned a workspace before. */
export const hasDatabase = (workspace: string): boolean => existsSync(databaseOf(workspace));

/** Makes this process the owner of a workspace and starts its queue and child processes. */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const lock = await lockWorkspace(options.workspace, options.serves);
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
  const store = openStore(storeLocation(options.workspace, environment), { environment, durable });
  await store.prepare();
  if (setting.kind === 'embedded') await store.clearTemporary();
  const { childMemoryLimitBytes, registry, childEnvironment, warm = 0 } = options;
  const processes = new TileProcesses({
    slots,
    store: store.location,
    durable,
    ...(childMemoryLimitBytes ? { childMemoryLimitBytes } : {}),
    ...(registry ? { registry } : {}),
    ...(childEnvironment ? { childEnvironment } : {}),
  });
  closers.push(() => processes.clean());
  processes.warm(Math.min(warm, slots));

  let catalog: Catalog | undefined;
  let embeddedPool: SqlPool | undefined;
  let hasLeftovers = setting.kind !== 'embedded';
  if (environment.DATABASE_URL) {
    const pool = await openServerPool(environment.DATABASE_URL);
    closers.push(() => pool.end());
    catalog = await openSqlCatalog(pool);
  }
  if (!catalog || setting.kind === 'embedded') {
    const directory = databaseOf(options.workspace);
    hasLeftovers ||= existsSync(directory);
    const pool = await openEmbeddedDatabase({
      directory,
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
  const engine = new WorkspaceEngine(options, {
    lock,
    store,
    catalog: catalog!,
    backend,
    hasLeftovers,
    slots,
    processes,
  });
  closers.push(() => engine.stop());
  await engine.start();
  return Object.assign(engine, { close: () => closeAll(closers, options) });
}

async function closeAll(closers: (() => Promise<void>)[], options: EngineOptions): Promise<void> {
  for (const close of closers.splice(0).reverse()) {
    await close().catch((error: unknown) => options.logger?.error(`closing: ${messageOf(error)}`));
  }
}

interface Parts {
  readonly lock: WorkspaceLock;
  readonly store: ArtifactStore;
  readonly catalog: Catalog;
  readonly backend: QueueBackend;
  /** Whether an earlier owner of the workspace may have left jobs in the queues. */
  readonly hasLeftovers: boolean;
  readonly slots: number;
  readonly processes: TileProcesses;
}

class WorkspaceEngine {
  readonly store: ArtifactStore;
  readonly catalog: Catalog;
  readonly slots: number;
  private readonly options: EngineOptions;
  private readonly parts: Parts;
  private readonly hints = new TaskHints();
  private readonly tally = new TileTally();
  private readonly active = new Map<string, ActiveRun>();
  private tasks!: AnyQueue;
  private jobs!: TaskJobs;
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
    const { backend, hasLeftovers } = this.parts;
    this.tasks = backend.openQueue(taskQueueName);
    // The embedded queue is emptied below.
    this.jobs = new TaskJobs(this.tasks, { isOwn: backend.kind === 'embedded' });
    // Reports are awaited in the process that submitted the run, so on a shared server each workspace has its own queue.
    const place = sha256(`${hostname()}:${resolve(this.options.workspace)}`).slice(0, 16);
    const runQueueName = backend.kind === 'embedded' ? 'runs' : `runs-${place}`;
    this.runs = backend.openQueue(runQueueName);
    for (const queue of [this.tasks, this.runs]) this.logErrors(queue);
    // Leftovers of an owner that was killed: no process works on them any more, and the store knows what was done.
    const own = backend.kind === 'embedded' ? [this.tasks, this.runs] : [this.runs];
    for (const queue of hasLeftovers ? own : []) {
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
      if (run.begun) continue;
      const waiting = await this.runs.getJobCounts('waiting', 'active', 'delayed').catch(() => undefined);
      if (waiting && Object.values(waiting).every((count) => count === 0) && !run.begun)
        await this.enqueue(run).catch(() => undefined);
    }
  }

  private startTileWorker(): void {
    const { backend, processes, slots } = this.parts;
    const { lockMilliseconds } = this.options;
    const worker = startTileWorker(backend, processes, {
      slots,
      onResult: (result) => this.hints.ended(result),
      ...(lockMilliseconds ? { lockMilliseconds } : {}),
    });
    this.hints.followWorker(worker);
    this.tally.follow(worker);
    this.logErrors(worker);
    this.workers.push(worker);
  }

  async submit(request: RunRequest): Promise<RunHandle> {
    if (this.stopped) throw new Error('the engine is closed');
    const { runId, name, plan } = request;
    const running = this.active.get(runId);
    if (running) return running.handle;
    const { digest } = await this.store.putBytes(planBytes(plan));
    await this.catalog.startRun({ id: runId, name, planDigest: digest });
    const run = new ActiveRun(request, digest, this.surroundings());
    this.active.set(runId, run);
    try {
      await this.enqueue(run);
    } catch (error) {
      this.active.delete(runId);
      throw error;
    }
    return run.handle;
  }

  get queues(): readonly AnyQueue[] {
    return [this.tasks, this.runs];
  }

  async complaint(): Promise<string | undefined> {
    return (await this.parts.backend.isHealthy()) ? undefined : 'the queue does not answer';
  }

  async metrics(): Promise<readonly Metric[]> {
    return [...this.tally.metrics(this.slots), ...(await queueMetrics(this.tasks))];
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all([...this.active.values()].map((run) => run.stop()));
    clearInterval(this.lostRuns);
    await Promise.all(this.workers.map((worker) => worker.close()));
    await this.events?.close();
    if (this.runs && this.parts.backend.kind !== 'embedded') await this.runs.obliterate({ force: true });
    await this.runs?.close();
    await this.tasks?.close();
  }

  private surroundings(): RunSurroundings {
    const { logger, onEvent } = this.options;
    const { store, catalog, jobs, hints, slots } = this;
    const listeners = { ...(logger ? { logger } : {}), ...(onEvent ? { onEvent } : {}) };
    return { store, catalog, jobs, hints, slots, ...listeners, forget: (runId) => void this.active.delete(runId) };
  }

  private async enqueue({ request, planDigest }: ActiveRun): Promise<void> {
    const data = { runId: request.runId, plan: planDigest };
    await this.runs.add('run', data, { removeOnComplete: true, removeOnFail: true });
  }

  /** Processor of the runs queue. A job repeated by the queue joins the coordination in progress. */
  private async coordinate(runId: string): Promise<void> {
    await this.active.get(runId)?.drive();
  }

  private logErrors(source: { on(event: 'error', listener: (error: Error) => void): unknown }): void {
    source.on('error', (error) => this.options.logger?.warn(`queue: ${error.message}`));
  }
}
