import { Command } from 'commander';
import { renderErrorPage } from '../../pipeline/inputs/check-page.ts';
import { loadRunFile } from '../../pipeline/inputs/run-file.ts';
import { runIdOf, workspaceOf } from '../../pipeline/inputs/run-places.ts';
import type { Language } from '../../pipeline/messages/text.ts';
import { type CheckedYear, checkYear, planYear, YearPublication } from '../../pipeline/results/year.ts';
import { OwnerClient } from '../../workers/owner/api/client.ts';
import { openWorkspaceStore } from '../../workers/store-location.ts';
import type { PlannedRun } from '../drive-run.ts';
import { EngineAhead, loadDriving } from '../engine-ahead.ts';
import { finishedBefore } from '../finished-before.ts';
import { packageVersion } from '../package-version.ts';
import { resultsLine } from '../run-lines.ts';
import { userName, workersArgument } from '../runs-access.ts';

interface RunOptions {
  readonly workers?: number;
  readonly check: boolean;
}

/** `shuibao run RUN.yaml`: checks, plans, runs what the store lacks, and hands over the results. */
export const runCommand = (language: () => Language): Command =>
  new Command('run')
    .description('检查并运行一年 / check and run a year; running again continues')
    .argument('<run-file>', '运行文件 run file (YAML)')
    .option('--workers <n>', '进程数 worker processes', workersArgument)
    .option('--no-check', '跳过输入检查 skip the inspection of inputs')
    .action(async (file: string, options: RunOptions) => {
      const loaded = await loadRunFile(file);
      const owner = await OwnerClient.find(workspaceOf(loaded));
      if (owner) {
        const { runThroughOwner } = await import('../run-through-owner.ts');
        const wish = { runFile: loaded.path, user: userName(), check: options.check };
        process.exitCode = await runThroughOwner(owner, wish, language());
      } else process.exitCode = await runHere(file, workspaceOf(loaded), options, language());
    });

async function runHere(file: string, workspace: string, options: RunOptions, language: Language): Promise<number> {
  const ahead = new EngineAhead(workspace, options);
  try {
    const year = await checkYear(file, options.check, () => ahead.prepare());
    return await runChecked(year, workspace, ahead, options, language);
  } finally {
    await ahead.close();
  }
}

async function runChecked(
  year: CheckedYear,
  workspace: string,
  ahead: EngineAhead,
  options: RunOptions,
  language: Language,
): Promise<number> {
  const { loaded, findings, inspections, refused } = year;
  if (refused) {
    console.error(renderErrorPage(inspections, findings, language));
    return 2;
  }
  ahead.allow();
  const planned = await planYear(loaded);
  const { plan } = planned;
  const entry = { id: runIdOf(loaded), name: loaded.run.name, runFile: loaded.path, check: options.check };
  const publication: PlannedRun['publication'] = (store) => new YearPublication(year, planned, store, packageVersion());
  const done = await finishedBefore(workspace, entry.id, plan);
  if (done) {
    const { directory } = await publication(openWorkspaceStore(workspace)).publish(done);
    console.log(
      language === 'zh'
        ? `${plan.tasks.length} 项任务均已完成，没有需要重算的部分。`
        : `All ${plan.tasks.length} tasks are done; nothing has to be computed again.`,
    );
    console.log(resultsLine(directory, language));
    return 0;
  }
  const { driveRun } = await loadDriving();
  return driveRun({ workspace, entry, plan, publication }, options, language, await ahead.take());
}
