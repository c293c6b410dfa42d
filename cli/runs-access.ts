import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { basename, extname, resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { loadRunFile } from '../pipeline/inputs/run-file.ts';
import { workspaceOf } from '../pipeline/inputs/run-places.ts';
import { userError } from '../pipeline/messages/user-error.ts';
import { OwnerClient } from '../workers/owner/api/client.ts';
import { DirectRuns } from '../workers/owner/direct-runs.ts';
import type { RunStatus } from '../workers/owner/live-run.ts';
import { unknownRun } from '../workers/owner/owner.ts';
import { runsCalled } from '../workers/owner/run-entry.ts';
import type { Runs } from '../workers/owner/runs.ts';

export const workspaceOption = (): Option =>
  new Option('--workspace <directory>', '工作目录 workspace').env('SHUIBAO_WORKSPACE').default('.shuibao');

export const priorityArgument = (text: string): number => {
  const priority = Number(text);
  if (Number.isInteger(priority) && priority >= 1 && priority <= 9) return priority;
  throw new InvalidArgumentError('应为 1（最先）到 9（最后） / 1 (first) to 9 (last)');
};

export const countArgument = (text: string): number => {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 0) return count;
  throw new InvalidArgumentError('应为非负整数 / a whole number is expected');
};

export const workersArgument = (text: string): number => {
  const workers = Number(text);
  if (Number.isInteger(workers) && workers >= 1 && workers <= 256) return workers;
  throw new InvalidArgumentError('应为 1 到 256 的整数 / expected a whole number from 1 to 256');
};

export const portArgument = (text: string): number => {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError('应为 0 到 65535 的端口号 / a port number from 0 to 65535');
};

/** The name of who asks, as the machine knows it. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}

const isRunFile = (text: string): boolean => /^\.ya?ml$/i.test(extname(text)) && existsSync(text);

/** The runs of a workspace: through its owner when one serves it, else straight from its ledger. */
export async function runsOf(workspace: string): Promise<Runs> {
  return (await OwnerClient.find(workspace)) ?? new DirectRuns(workspace);
}

export interface FoundRun {
  readonly runs: Runs;
  readonly run: RunStatus;
  readonly workspace: string;
}

/**
 * The run a person means: by its id or the beginning of it, its name, or its run file, which also tells the workspace.
 * @throws UserError when none or several fit
 */
export async function findRun(text: string, workspace: string): Promise<FoundRun> {
  const byFile = isRunFile(text);
  const place = byFile ? workspaceOf(await loadRunFile(text)) : workspace;
  const runs = await runsOf(place);
  const found = runsCalled(byFile ? resolve(text) : text, await runs.list());
  if (found.length === 1) return { runs, run: found[0]! as RunStatus, workspace: place };
  if (found.length === 0) throw unknownRun(text);
  const each = found.map(({ id, runFile }) => ({
    zh: `${id}（${basename(runFile)}）`,
    en: `${id} (${basename(runFile)})`,
  }));
  throw userError(
    'run-ambiguous',
    text,
    {
      zh: `符合的运行不止一个：${each.map(({ zh }) => zh).join('、')}`,
      en: `several runs fit: ${each.map(({ en }) => en).join(', ')}`,
    },
    undefined,
    { zh: '请给出运行编号或运行文件', en: 'give the id or the run file of one' },
  );
}
