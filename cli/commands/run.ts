import { Command, InvalidArgumentError } from 'commander';
import { renderCheckPage } from '../../pipeline/inputs/check-page.ts';
import { type LoadedRun, loadRunFile } from '../../pipeline/inputs/run-file.ts';
import { runIdOf, workspaceOf } from '../../pipeline/inputs/run-places.ts';
import type { Language } from '../../pipeline/messages/text.ts';
import type { AnnualPlan } from '../../pipeline/plan/annual-run.ts';
import { checkYear, planYear, publishYear } from '../../pipeline/results/year.ts';
import { surveyPlan } from '../../pipeline/tasks/survey-plan.ts';
import type { JsonValue, TaskKey } from '../../pipeline/tasks/task.ts';
import { canonicalJson, sha256 } from '../../pipeline/tasks/task-key.ts';
import { OwnerClient } from '../../workers/owner/api/client.ts';
import { RunLedger } from '../../workers/owner/run-ledger.ts';
import { openWorkspaceStore } from '../../workers/store-location.ts';
import type { RunOptions } from '../drive-run.ts';
import { packageVersion } from '../package-version.ts';
import { userName } from '../runs-access.ts';

const positiveInteger = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 256)
    throw new InvalidArgumentError('应为 1 到 256 的整数 / expected a whole number from 1 to 256');
  return value;
};

/** `shuibao run RUN.yaml`: checks, plans, runs what the store lacks, and hands over the results. */
export const runCommand = (language: () => Language): Command =>
  new Command('run')
    .description('检查并运行一年 / check and run a year; running again continues')
    .argument('<run-file>', '运行文件 run file (YAML)')
    .option('--workers <n>', '进程数 worker processes', positiveInteger)
    .option('--no-check', '跳过输入检查 skip the inspection of inputs')
    .action(async (file: string, options: RunOptions) => {
      const loaded = await loadRunFile(file);
      const owner = await OwnerClient.find(workspaceOf(loaded));
      if (owner) {
        const { runThroughOwner } = await import('../run-through-owner.ts');
        const wish = { runFile: loaded.path, user: userName(), check: options.check };
        process.exitCode = await runThroughOwner(owner, wish, language());
      } else process.exitCode = await runHere(file, options, language());
    });

async function runHere(file: string, options: RunOptions, language: Language): Promise<number> {
  const { loaded, findings, inspections, refused } = await checkYear(file, options.check);
  if (refused) {
    console.error(renderCheckPage(inspections, findings, language));
    return 2;
  }
  const workspace = workspaceOf(loaded);
  const planned = await planYear(loaded);
  const done = await finishedBefore(loaded, planned);
  if (done) {
    const year = await publishYear(
      { loaded, findings },
      planned,
      done,
      openWorkspaceStore(workspace),
      packageVersion(),
    );
    console.log(
      language === 'zh'
        ? `${planned.plan.tasks.length} 项任务均已完成，没有需要重算的部分。\n成果目录：${year.directory}`
        : `All ${planned.plan.tasks.length} tasks are done; nothing has to be computed again.\nResults: ${year.directory}`,
    );
    return 0;
  }
  // Queue and database take as long to load as everything else together; a run with nothing to do needs neither.
  const { driveRun } = await import('../drive-run.ts');
  return driveRun({ loaded, findings }, planned, options, language);
}

/**
 * Keys of all tasks where this very plan was finished and handed over before and the store still holds all of it: then no
 * queue is needed.
 */
async function finishedBefore(
  loaded: LoadedRun,
  { plan }: AnnualPlan,
): Promise<Readonly<Record<string, TaskKey>> | undefined> {
  const workspace = workspaceOf(loaded);
  const entry = await new RunLedger(workspace).read(runIdOf(loaded));
  if (entry?.state !== 'finished' || entry.planDigest !== sha256(canonicalJson(plan as unknown as JsonValue)))
    return undefined;
  const { counts, keys } = await surveyPlan(plan, openWorkspaceStore(workspace));
  return counts.done === counts.total ? Object.fromEntries(keys) : undefined;
}
