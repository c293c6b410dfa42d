import { Command } from 'commander';
import type { Language } from '../../pipeline/messages/text.ts';
import { isArchive, packing, unpacked } from '../../workers/owner/archive.ts';
import { type BackupSummary, writeBackup } from '../../workers/owner/backup.ts';
import { rebuildCatalog } from '../../workers/owner/catalog-access.ts';
import { copyOf, missingRunFile } from '../../workers/owner/relocate-run.ts';
import { restoreBackup } from '../../workers/owner/restore.ts';
import type { RunEntry } from '../../workers/owner/run-entry.ts';
import { RunLedger } from '../../workers/owner/run-ledger.ts';
import { workspaceOption } from '../runs-access.ts';

interface Options {
  readonly workspace: string;
  readonly withResults?: boolean;
}

/** `shuibao backup DIRECTORY|FILE.tar.gz`: what a workspace cannot make anew, also while it is served. */
export const backupCommand = (language: () => Language): Command =>
  new Command('backup')
    .description('备份台账、运行记录及其所需内容 / back up journal, runs and what they need')
    .argument('<to>', '新目录，或 .tar.gz、.tar 文件 new directory or archive')
    .option('--with-results', '连同已完成运行的全部数据 with all that finished runs made')
    .addOption(workspaceOption())
    .action(async (to: string, { workspace, withResults = false }: Options) => {
      const write = (directory: string) => writeBackup(workspace, directory, { withResults });
      console.log(summaryLine(isArchive(to) ? await packing(to, write) : await write(to), language()));
    });

/** `shuibao restore DIRECTORY|FILE.tar.gz`: an empty workspace becomes what was backed up. */
export const restoreCommand = (language: () => Language): Command =>
  new Command('restore')
    .description('把备份恢复到新的工作目录 / restore a backup into an empty workspace')
    .argument('<from>', '备份目录或文件 directory or archive of the backup')
    .addOption(workspaceOption())
    .action(async (from: string, { workspace }: Options) => {
      const restore = (directory: string) => restoreBackup(directory, workspace);
      const { summary, adrift } = isArchive(from) ? await unpacked(from, restore) : await restore(from);
      await rebuildCatalog(workspace);
      console.log(summaryLine(summary, language()));
      for (const run of adrift) console.log(adriftLine(run, workspace, language()));
    });

function adriftLine(run: RunEntry, workspace: string, language: Language): string {
  const where = missingRunFile(run)!;
  const copy = copyOf(where, run, new RunLedger(workspace).directoryOf(run.id));
  return language === 'zh'
    ? `  ${run.id}  ${run.name}：运行文件不在 ${where}，放回前不能继续（副本：${copy}）`
    : `  ${run.id}  ${run.name}: its run file is not at ${where}; it cannot go on until it is (a copy: ${copy})`;
}

function summaryLine({ entries, runs, contents, withResults, lastHash }: BackupSummary, language: Language): string {
  return language === 'zh'
    ? `台账 ${entries} 条（末条 ${lastHash ?? '-'}），运行 ${runs}，内容 ${contents}${withResults ? '（含成果数据）' : ''}`
    : `${entries} journal entries (the last ${lastHash ?? '-'}), ${runs} runs, ${contents} contents${withResults ? ', results included' : ''}`;
}
