import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { FileJournal } from '../../pipeline/catalog/file-journal.ts';
import { contentsOf } from '../../pipeline/catalog/journal.ts';
import { userError } from '../../pipeline/messages/user-error.ts';
import { copyContents } from '../../pipeline/store/copy-contents.ts';
import { DirectoryStore } from '../../pipeline/store/directory-store.ts';
import { journalFile, openJournal } from '../open-journal.ts';
import { openWorkspaceStore, storeDirectory } from '../store-location.ts';
import { lockWorkspace } from '../workspace-lock.ts';
import { type BackupSummary, copyRecord, copyRun, readSummary } from './backup.ts';
import { missingRunFile, relocated } from './relocate-run.ts';
import type { RunEntry } from './run-entry.ts';
import { RunLedger } from './run-ledger.ts';

export interface RestoredBackup {
  readonly summary: BackupSummary;
  /** Runs whose run files are neither where they were nor beside the workspace: they cannot go on. */
  readonly adrift: readonly RunEntry[];
}

/**
 * Makes an empty workspace what the backed-up one was. The journal comes last: until it is there nothing has been restored.
 * @throws UserError when the workspace is not empty, or the backup is incomplete or damaged: then nothing is written
 */
export async function restoreBackup(
  directory: string,
  workspace: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<RestoredBackup> {
  const summary = await readSummary(directory);
  const entries = await new FileJournal(journalFile(directory)).read();
  if (entries.length !== summary.entries || (entries.at(-1)?.hash ?? null) !== summary.lastHash) throw cut(directory);
  const journal = openJournal(workspace, environment);
  const present = (await readdir(workspace).catch(() => [])).filter((name) => name !== 'quarantine');
  if (present.length > 0 || (await journal.read()).length > 0) throw notEmpty(workspace, present);
  const [from, to] = [new DirectoryStore(storeDirectory(directory)), openWorkspaceStore(workspace, environment)];
  const adrift: RunEntry[] = [];
  const lock = await lockWorkspace(workspace);
  try {
    await to.prepare();
    await copyContents(from, to, entries.flatMap(contentsOf));
    for await (const digest of from.contents()) await copyContents(from, to, [digest]);
    for await (const key of from.recordKeys()) await copyRecord(from, to, key);
    const ledger = new RunLedger(directory);
    for (const run of await ledger.list()) {
      const here = await relocated(run, summary.workspace, resolve(workspace));
      await copyRun(ledger, new RunLedger(workspace), run, here);
      if (missingRunFile(here) !== undefined) adrift.push(here);
    }
    if (entries.length > 0) await journal.append(entries);
  } finally {
    await lock.release();
  }
  return { summary, adrift };
}

const cut = (directory: string): Error =>
  userError(
    'backup-damaged',
    directory,
    { zh: '台账与备份说明不符', en: 'its journal is not the one it tells of' },
    { zh: '应为写出时的备份', en: 'expected the backup as it was written' },
    { zh: '用另一份备份', en: 'take another backup' },
  );

const notEmpty = (workspace: string, present: readonly string[]): Error =>
  userError(
    'workspace-not-empty',
    workspace,
    {
      zh: `工作目录不是空的（${present.slice(0, 5).join('、') || '数据库中已有台账'}）`,
      en: `the workspace is not empty (${present.slice(0, 5).join(', ') || 'the database has a journal'})`,
    },
    { zh: '应为新的工作目录', en: 'expected a new workspace' },
    { zh: '用 --workspace 指定新目录', en: 'give a new directory with --workspace' },
  );
