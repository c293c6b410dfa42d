import type { Language } from '../pipeline/messages/text.ts';
import type { PublishedYear } from '../pipeline/results/year.ts';
import type { ArtifactStore } from '../pipeline/store/artifact-store.ts';
import type { Plan, TaskKey } from '../pipeline/tasks/task.ts';
import { type Engine, hasDatabase, openEngine } from '../workers/engine.ts';
import { CommandRun } from '../workers/owner/command-run.ts';
import { failuresOf } from '../workers/owner/owner.ts';
import type { RunEntry } from '../workers/owner/run-entry.ts';
import { RunLedger } from '../workers/owner/run-ledger.ts';
import { showProgress } from './progress.ts';
import { failureLine, keptLine, resultsLine } from './run-lines.ts';
import { userName } from './runs-access.ts';

/** A run ready to be driven. */
export interface PlannedRun {
  readonly workspace: string;
  readonly entry: Pick<RunEntry, 'id' | 'name' | 'runFile' | 'comparison' | 'check'>;
  readonly plan: Plan;
  /** Where its results go. */
  publication(store: ArtifactStore): RunPublication;
}

/** Hands over the results of a run. */
export interface RunPublication {
  /** Told of each task that has its record, by its id in the plan. */
  ended?(id: string, key: TaskKey): Promise<void>;
  /** Told the key of each task, by its id in the plan. */
  publish(keys: Readonly<Record<string, TaskKey>>): Promise<PublishedYear>;
  /** Removes what was made ready of results that are not handed over. */
  abandon?(): Promise<void>;
}

export interface DrivingOptions {
  readonly workers?: number;
}

export { hasDatabase };

/** The engine that drives a run in this process. @param tasks - how many it has, if that is known */
export const openFor = (
  workspace: string,
  { workers }: DrivingOptions,
  tasks = Number.POSITIVE_INFINITY,
): Promise<Engine> => openEngine({ workspace, warm: tasks, ...(workers ? { slots: workers } : {}) });

/**
 * Drives a run in this process, which owns the workspace meanwhile: does what the store lacks and hands over the results.
 * @param opened - its engine, if it has been opened ahead; closed at the end
 * @returns the exit code
 */
export async function driveRun(
  { workspace, entry, plan, publication }: PlannedRun,
  options: DrivingOptions,
  language: Language,
  opened?: Engine,
): Promise<number> {
  const engine = opened ?? (await openFor(workspace, options, plan.tasks.length));
  const { id: runId, name } = entry;
  const results = publication(engine.store);
  const interrupt = new AbortController();
  const onSignal = () => interrupt.abort();
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  try {
    const ledger = new RunLedger(workspace);
    const handle = await engine.submit({ runId, name, plan });
    const progress = showProgress(handle.events, language);
    handle.events.on('event', (event) => {
      // What goes wrong ahead of time goes wrong again, and is told, when the results are handed over.
      if (event.type === 'task-finished' || event.type === 'task-skipped')
        void results.ended?.(event.task.id, event.task.key).catch(() => undefined);
    });
    const kept = await CommandRun.begin(ledger, { ...entry, user: userName() }, handle, engine.catalog);
    interrupt.signal.addEventListener('abort', () => void handle.cancel(), { once: true });
    if (interrupt.signal.aborted) await handle.cancel();
    const report = await handle.finished.catch((error: unknown) => kept.faulted(error));
    progress.stop(report);
    if (report.state !== 'finished') await kept.ended(report);
    if (report.state === 'cancelled') {
      console.error(
        language === 'zh'
          ? '已停止，完成的部分已保留；再次运行即可继续。'
          : 'Stopped; what is finished is kept. Run again to continue.',
      );
      return 130;
    }
    if (report.state === 'failed') {
      for (const failure of failuresOf(report) ?? []) console.error(failureLine(failure, language));
      console.error(keptLine(report.counts, language));
      return report.failures.some(({ finding }) => finding) ? 2 : 1;
    }
    const published = await results.publish(report.keys);
    await ledger.writeFigures(runId, published.figures);
    await engine.catalog.writeStatistics(runId, published.figures);
    await kept.ended(report, published.directory);
    console.log(resultsLine(published.directory, language));
    return 0;
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    await engine.close();
    await results.abandon?.();
  }
}
