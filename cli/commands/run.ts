import { Command } from 'commander';
import { renderErrorPage } from '../../pipeline/inputs/check-page.ts';
import { loadRunFile } from '../../pipeline/inputs/run-file.ts';
import { runIdOf, workspaceOf } from '../../pipeline/inputs/run-places.ts';
import type { Language } from '../../pipeline/messages/text.ts';
import { type CheckedYear, checkYear, planYear, YearPublication } from '../../pipeline/results/year.ts';
import type { Engine } from '../../workers/engine.ts';
import { OwnerClient } from '../../workers/owner/api/client.ts';
import { openWorkspaceStore } from '../../workers/store-location.ts';
import type { PlannedRun } from '../drive-run.ts';
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

// Queue and database take as long to load as everything else together; a run with nothing to do needs neither.
const loadDriving = (): Promise<typeof import('../drive-run.ts')> => import('../drive-run.ts');

async function runHere(file: string, workspace: string, options: RunOptions, language: Language): Promise<number> {
  let ahead: Promise<Engine | undefined> | undefined;
  // Another process looks at files that have changed, and who changed them wants something done.
  const prepare = (): void => {
    ahead ??= loadDriving().then(({ openAhead }) => openAhead(workspace, options));
    // Whether it can be opened matters only to a run that is not refused.
    ahead.catch(() => undefined);
  };
  try {
    const year = await checkYear(file, options.check, prepare);
    return await runChecked(year, workspace, () => ahead, options, language);
  } finally {
    const engine = await ahead?.catch(() => undefined);
    await engine?.close();
  }
}

async function runChecked(
  year: CheckedYear,
  workspace: string,
  ahead: () => Promise<Engine | undefined> | undefined,
  options: RunOptions,
  language: Language,
): Promise<number> {
  const { loaded, findings, inspections, refused } = year;
  if (refused) {
    console.error(renderErrorPage(inspections, findings, language));
    return 2;
  }
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
  return driveRun({ workspace, entry, plan, publication }, options, language, await ahead());
}
