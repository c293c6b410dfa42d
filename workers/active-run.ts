import { EventEmitter } from 'node:events';
import type { Catalog } from '../pipeline/catalog/catalog.ts';
import type { Finding } from '../pipeline/messages/finding.ts';
import type { ArtifactStore } from '../pipeline/store/artifact-store.ts';
import type { Digest, JsonValue, Plan } from '../pipeline/tasks/task.ts';
import { Coordinator } from './coordinator.ts';
import { patiently } from './patience.ts';
import type { RunEvent, RunReport } from './run-events.ts';
import type { TaskHints } from './task-hints.ts';
import type { TaskJobs } from './task-jobs.ts';

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

/** What a run needs around it. */
export interface RunSurroundings {
  readonly store: ArtifactStore;
  readonly catalog: Catalog;
  readonly jobs: TaskJobs;
  readonly hints: TaskHints;
  /** Tasks that this process does at once. */
  readonly slots: number;
  readonly logger?: { warn(message: string): void; error(message: string): void };
  readonly onEvent?: (event: RunEvent) => void;
  /** Called before anybody hears of the end, so that whoever does may submit the run again. */
  forget(runId: string): void;
}

const catalogFlagMilliseconds = 2_000;
/** A damaged sheet costs its tiles; beyond this many the fault is not in single tiles. */
const failuresTolerated = 20;

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A run from its submission to its end: drives it, listens to those who cancel it, tells how it ended. */
export class ActiveRun {
  readonly request: RunRequest;
  readonly planDigest: Digest;
  readonly handle: RunHandle;
  private readonly around: RunSurroundings;
  private readonly emitter = new EventEmitter();
  private resolve: (report: RunReport) => void = () => {};
  private reject: (error: unknown) => void = () => {};
  private cancelled = false;
  private priority: number | undefined;
  private flagLookedAt = Date.now();
  private coordinator: Coordinator | undefined;
  private driven: Promise<void> | undefined;

  constructor(request: RunRequest, planDigest: Digest, around: RunSurroundings) {
    this.request = request;
    this.planDigest = planDigest;
    this.around = around;
    this.priority = request.priority;
    const finished = new Promise<RunReport>((onReport, onError) => {
      this.resolve = onReport;
      this.reject = onError;
    });
    // Whoever holds the handle sees the error; without this, a holder that only listens would end the process.
    finished.catch(() => undefined);
    this.handle = {
      runId: request.runId,
      events: this.emitter,
      finished,
      cancel: async () => {
        this.cancelHere();
        await around.catalog.requestCancel(request.runId);
      },
      setPriority: async (priority) => {
        this.priority = priority;
        await this.coordinator?.setPriority(priority);
      },
    };
  }

  get begun(): boolean {
    return this.driven !== undefined;
  }

  /** Drives the run to its end; asked again, joins what is in progress. */
  drive(): Promise<void> {
    this.driven ??= this.toTheEnd();
    return this.driven;
  }

  /** Cancels without telling the catalog, as when this process ends, and waits for the end. */
  async stop(): Promise<void> {
    this.cancelHere();
    await this.handle.finished.catch(() => undefined);
  }

  private cancelHere(): void {
    this.cancelled = true;
    this.coordinator?.wake();
  }

  private async toTheEnd(): Promise<void> {
    const { catalog, store, jobs, hints, slots } = this.around;
    const { runId } = this.request;
    try {
      const request = this.priority === undefined ? this.request : { ...this.request, priority: this.priority };
      this.coordinator = new Coordinator(request, {
        store,
        jobs,
        hints,
        slots,
        failuresTolerated,
        cancelRequested: () => this.cancelRequested(),
        emit: (event) => this.emit(event),
      });
      const report = await this.coordinator.drive();
      const counts = { ...report.counts };
      await patiently(() => catalog.endRun(runId, report.state, counts, failureEntry(report)));
      this.around.forget(runId);
      this.resolve(report);
    } catch (error) {
      this.around.forget(runId);
      const finding = (error as { finding?: Finding }).finding;
      const entry = { message: messageOf(error), ...(finding ? { finding: { ...finding } } : {}) };
      await catalog.endRun(runId, 'failed', null, entry as unknown as JsonValue).catch(() => undefined);
      this.reject(error);
    }
  }

  /** The flag of this process at once; that of the catalog, which others may set, is looked at beside, every now and then. */
  private cancelRequested(): boolean {
    const now = Date.now();
    if (!this.cancelled && now - this.flagLookedAt >= catalogFlagMilliseconds) {
      this.flagLookedAt = now;
      void this.lookAtFlag();
    }
    return this.cancelled;
  }

  private async lookAtFlag(): Promise<void> {
    try {
      if (await this.around.catalog.cancelRequested(this.request.runId)) this.cancelHere();
    } catch (error) {
      // While the catalog is away nobody can have set its flag.
      this.around.logger?.warn(`catalog: ${messageOf(error)}`);
    }
  }

  private emit(event: RunEvent): void {
    // An error in a listener (a progress bar, say) must not end the run.
    try {
      this.emitter.emit('event', event);
      this.around.onEvent?.(event);
    } catch (error) {
      this.around.logger?.error(`listener: ${messageOf(error)}`);
    }
  }
}

function failureEntry(report: RunReport): JsonValue {
  const first = report.failures[0];
  if (!first) return null;
  const entry = { task: first.task.id, message: first.message, finding: first.finding ?? null };
  return entry as unknown as JsonValue;
}
