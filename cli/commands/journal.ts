import { Command, Option } from 'commander';
import { contentsOf } from '../../pipeline/catalog/journal.ts';
import type { Language } from '../../pipeline/messages/text.ts';
import { missingContents } from '../../pipeline/store/missing-contents.ts';
import { entryKinds } from '../../pipeline/supervision/journal-entries.ts';
import { openJournal } from '../../workers/open-journal.ts';
import { rebuildCatalog } from '../../workers/owner/catalog-access.ts';
import { openWorkspaceStore } from '../../workers/store-location.ts';
import { journalPage } from '../journal-page.ts';
import { countArgument, workspaceOption } from '../runs-access.ts';

interface ListOptions {
  readonly workspace: string;
  readonly kind?: string;
  readonly tail?: number;
  readonly json?: boolean;
}

/** `shuibao journal list|verify|replay`: what people brought in and decided, checked, and the catalog made anew from it. */
export const journalCommand = (language: () => Language): Command => {
  const command = new Command('journal').description('台账：导入与决定的记录 / what people brought in and decided');
  command
    .command('list')
    .description('列出记录 / list entries')
    .addOption(workspaceOption())
    .addOption(new Option('--kind <kind>', '只列一类 only one kind').choices(Object.values(entryKinds)))
    .option('--tail <n>', '只列最后若干条 only the last ones', countArgument)
    .option('--json', '以 JSON 原样输出 entries as they are, as JSON')
    .action(async ({ workspace, kind, tail, json }: ListOptions) => {
      const all = await openJournal(workspace).read();
      const entries = all.filter((entry) => kind === undefined || entry.kind === kind);
      const listed = entries.slice(tail === undefined ? 0 : Math.max(0, entries.length - tail));
      if (json) console.log(JSON.stringify(listed, undefined, 1));
      else if (listed.length === 0) console.log(language() === 'zh' ? '没有记录' : 'no entries');
      else console.log(journalPage(listed, language()));
    });
  command
    .command('verify')
    .description('核对哈希链和所引用的内容 / check the chain and the contents it names')
    .addOption(workspaceOption())
    .action(async ({ workspace }: { workspace: string }) => {
      process.exitCode = await verify(workspace, language() === 'zh');
    });
  command
    .command('replay')
    .description('由台账重建目录库 / make the catalog anew from the journal')
    .addOption(workspaceOption())
    .action(async ({ workspace }: { workspace: string }) => {
      const { entries } = await rebuildCatalog(workspace);
      console.log(language() === 'zh' ? `已由 ${entries} 条记录重建` : `made anew from ${entries} entries`);
    });
  return command;
};

async function verify(workspace: string, zh: boolean): Promise<number> {
  const journal = openJournal(workspace);
  const entries = await journal.read();
  const missing = await missingContents(openWorkspaceStore(workspace), entries.flatMap(contentsOf));
  for (const entry of entries)
    for (const digest of contentsOf(entry)) {
      const harm = missing.get(digest);
      if (harm === undefined) continue;
      const what = zh ? { missing: '存储中没有', damaged: '已损坏' }[harm] : harm;
      console.error(`${journal.place}: #${entry.sequence} ${entry.kind}  ${digest}  ${what}`);
    }
  const last = entries.at(-1)?.hash ?? '-';
  console.log(
    zh
      ? `${entries.length} 条记录衔接完好，末条 ${last}；内容缺损 ${missing.size}`
      : `${entries.length} entries follow from each other, the last is ${last}; contents missing or damaged: ${missing.size}`,
  );
  return missing.size === 0 ? 0 : 2;
}
