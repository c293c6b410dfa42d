import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { UserError, userError } from '../../pipeline/messages/user-error.ts';
import type { Comparison } from '../../pipeline/results/comparison.ts';
import { namedRun } from './asked-run.ts';
import { previousRunFileCopy, runFileCopy } from './backup.ts';
import type { RunEntry } from './run-entry.ts';

const runFilesOf = ({ runFile, comparison }: Pick<RunEntry, 'runFile' | 'comparison'>): readonly string[] =>
  comparison ? [comparison.previousRunFile, runFile] : [runFile];

/** A run file of a run that is not where the run was asked for; undefined when all are. */
export const missingRunFile = (run: Pick<RunEntry, 'runFile' | 'comparison'>): string | undefined =>
  runFilesOf(run).find((path) => !existsSync(path));

/**
 * A run as it is where its workspace is restored. Run files that are no longer where they were are looked for at the same
 * place beside the new workspace; those found there name the run from now on.
 * @param before - where the workspace was; undefined when the backup does not say
 */
export async function relocated(run: RunEntry, before: string | undefined, workspace: string): Promise<RunEntry> {
  if (before === undefined || missingRunFile(run) === undefined) return run;
  const moved = (path: string): string => resolve(workspace, relative(before, path));
  const { comparison, results } = run;
  const files: Pick<RunEntry, 'runFile'> & { readonly comparison?: Comparison } = {
    runFile: moved(run.runFile),
    ...(comparison ? { comparison: { ...comparison, previousRunFile: moved(comparison.previousRunFile) } } : {}),
  };
  if (missingRunFile(files) !== undefined) return run;
  try {
    const named = await namedRun(files);
    // Another file at that place is another run.
    return named.name === run.name ? { ...run, ...named, ...(results ? { results: moved(results) } : {}) } : run;
  } catch (error) {
    if (error instanceof UserError) return run;
    throw error;
  }
}

/** Where a backup has put the copy of a run file. */
export const copyOf = (file: string, { runFile }: Pick<RunEntry, 'runFile'>, directory: string): string =>
  resolve(directory, file === runFile ? runFileCopy : previousRunFileCopy);

/**
 * @param directory - where the files of the run lie
 * @throws UserError when a run cannot go on because a run file has been moved, as after a restore in another place
 */
export function mustHaveRunFiles(run: RunEntry, directory: string): void {
  const missing = missingRunFile(run);
  if (missing === undefined) return;
  const copy = copyOf(missing, run, directory);
  const kept = existsSync(copy);
  throw userError(
    'run-file-gone',
    missing,
    { zh: '运行文件已不在此处', en: 'the run file is no longer here' },
    { zh: '继续运行需要它', en: 'the run needs it to go on' },
    {
      zh: `放回原处${kept ? `（副本：${copy}）` : ''}，或在新位置用 shuibao run 运行，已完成的部分不会重算`,
      en: `put it back${kept ? ` (a copy: ${copy})` : ''}, or give shuibao run the one in its new place: what is finished is not computed again`,
    },
  );
}
