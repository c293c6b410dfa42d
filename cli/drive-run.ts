import { runIdOf, workspaceOf } from '../pipeline/inputs/run-places.ts';
import type { Language } from '../pipeline/messages/text.ts';
import type { AnnualPlan } from '../pipeline/plan/annual-run.ts';
import { type CheckedYear, publishYear } from '../pipeline/results/year.ts';
import { openEngine } from '../workers/engine.ts';
import { CommandRun } from '../workers/owner/command-run.ts';
import { failuresOf } from '../workers/owner/owner.ts';
import { RunLedger } from '../workers/owner/run-ledger.ts';
import { failureLine, keptLine } from './failure-line.ts';
import { packageVersion } from './package-version.ts';
import { showProgress } from './progress.ts';
import { userName } from './runs-access.ts';

export interface RunOptions {
  readonly workers?: number;
  readonly check: boolean;
}

/**
 * Drives a year in this process, which owns the workspace meanwhile: runs what the store lacks and hands over the results.
 * @returns the exit code
 */
export async function driveRun(
  year: Pick<CheckedYear, 'loaded' | 'findings'>,
  planned: AnnualPlan,
  options: RunOptions,
  language: Language,
): Promise<number> {
  const { loaded } = year;
  const workspace = workspaceOf(loaded);
  const engine = await openEngine({ workspace, ...(options.workers ? { slots: options.workers } : {}) });
  const { name } = loaded.run;
  const runId = runIdOf(loaded);
  const interrupt = new AbortController();
  const onSignal = () => interrupt.abort();
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  try {
    const ledger = new RunLedger(workspace);
    const handle = await engine.submit({ runId, name, plan: planned.plan });
    const progress = showProgress(handle.events, language);
    const entry = { id: runId, name, runFile: loaded.path, check: options.check, user: userName() };
    const kept = await CommandRun.begin(ledger, entry, handle, engine.catalog);
    interrupt.signal.addEventListener('abort', () => void handle.cancel(), { once: true });
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
    const published = await publishYear(year, planned, report.keys, engine.store, packageVersion());
    await ledger.writeFigures(runId, published.figures);
    await engine.catalog.writeStatistics(runId, published.figures);
    await kept.ended(report, published.directory);
    console.log(language === 'zh' ? `成果目录：${published.directory}` : `Results: ${published.directory}`);
    return 0;
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    await engine.close();
  }
}
