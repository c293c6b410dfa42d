import { Command } from 'commander';
import { hasErrors, renderCheckPage } from '../../pipeline/inputs/check-page.ts';
import { checkRun } from '../../pipeline/inputs/check-run.ts';
import { loadRunFile } from '../../pipeline/inputs/run-file.ts';
import { findingLine } from '../../pipeline/messages/finding.ts';
import type { Language } from '../../pipeline/messages/text.ts';
import { planAnnualRun } from '../../pipeline/plan/annual-run.ts';
import { publishFiles } from '../../pipeline/results/publish-run.ts';
import { runManifest } from '../../pipeline/results/run-manifest.ts';
import { runFigures, runOutputs } from '../../pipeline/results/run-outputs.ts';
import { canonicalJson, sha256 } from '../../pipeline/tasks/task-key.ts';
import { openEngine } from '../../workers/engine.ts';
import type { FailedTask } from '../../workers/run-events.ts';
import { packageVersion } from '../package-version.ts';
import { showProgress } from '../progress.ts';
import { digestCache, resultsOf, workspaceOf } from '../workspace.ts';

/** `shuibao run RUN.yaml`: checks, plans, runs what the store lacks, and hands over the results. */
export const runCommand = (language: () => Language): Command =>
  new Command('run')
    .description('检查并运行一年 / check and run a year; running again continues')
    .argument('<run-file>', '运行文件 run file (YAML)')
    .option('--workers <n>', '进程数 worker processes', Number)
    .option('--no-check', '跳过输入检查 skip the inspection of inputs')
    .action(async (file: string, options: { workers?: number; check: boolean }) => {
      process.exitCode = await run(file, options, language());
    });

async function run(file: string, options: { workers?: number; check: boolean }, language: Language): Promise<number> {
  const loaded = await loadRunFile(file);
  const { findings, inspections } = options.check ? await checkRun(loaded) : { findings: [], inspections: [] };
  if (hasErrors(findings)) {
    console.error(renderCheckPage(inspections, findings, language));
    return 2;
  }
  const workspace = workspaceOf(loaded);
  const planned = await planAnnualRun(loaded, digestCache(workspace));
  const engine = await openEngine({ workspace, ...(options.workers ? { slots: options.workers } : {}) });
  const runId = `${loaded.run.year}-${sha256(canonicalJson([loaded.run.name, loaded.path])).slice(0, 12)}`;
  const interrupt = new AbortController();
  const onSignal = () => interrupt.abort();
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  try {
    const handle = await engine.submit({ runId, name: loaded.run.name, plan: planned.plan });
    const progress = showProgress(handle.events, language);
    interrupt.signal.addEventListener('abort', () => void handle.cancel(), { once: true });
    const report = await handle.finished;
    progress.stop(report);
    if (report.state === 'cancelled') {
      console.error(
        language === 'zh'
          ? '已停止，完成的部分已保留；再次运行即可继续。'
          : 'Stopped; what is finished is kept. Run again to continue.',
      );
      return 130;
    }
    if (report.state === 'failed') {
      for (const failure of report.failures) console.error(failureLine(failure, language));
      return report.failures.some(({ finding }) => finding) ? 2 : 1;
    }
    const directory = resultsOf(loaded);
    const files = await runOutputs(loaded, report.keys, engine.store);
    const manifest = await runManifest({
      loaded,
      planned,
      report: (await engine.store.readRecord(report.keys.report!))!,
      files,
      findings,
      version: packageVersion(),
      cacheDirectory: digestCache(workspace),
    });
    await engine.catalog.writeStatistics(runId, await runFigures(loaded, report.keys, engine.store));
    await publishFiles(engine.store, directory, files, manifest);
    console.log(language === 'zh' ? `成果目录：${directory}` : `Results: ${directory}`);
    return 0;
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    await engine.close();
  }
}

function failureLine(failure: FailedTask, language: Language): string {
  if (failure.finding) return findingLine(failure.finding, language);
  return language === 'zh'
    ? `任务 ${failure.task.id} 失败：${failure.message}`
    : `task ${failure.task.id} failed: ${failure.message}`;
}
