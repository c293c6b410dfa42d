import { relative, resolve } from 'node:path';
import { Command } from 'commander';
import { loadRunFile } from '../../pipeline/inputs/run-file.ts';
import { workspaceOf } from '../../pipeline/inputs/run-places.ts';
import type { Language } from '../../pipeline/messages/text.ts';
import { punctuation } from '../punctuation.ts';
import { priorityArgument, runsOf, userName, workspaceOption } from '../runs-access.ts';
import { runsPage } from '../runs-page.ts';

/** `shuibao queue RUN.yaml…` asks for runs; `shuibao queue` shows all of them. */
export const queueCommand = (language: () => Language): Command =>
  new Command('queue')
    .description('把运行排入队列，或列出队列 / queue runs, or list the queue')
    .argument('[run-files...]', '运行文件 run files (YAML)')
    .option('--priority <n>', '1（最先）到 9（最后） 1 (first) to 9 (last)', priorityArgument)
    .option('--no-check', '跳过输入检查 skip the inspection of inputs')
    .addOption(workspaceOption())
    .action(async (files: string[], options: { priority?: number; check: boolean; workspace: string }) => {
      const zh = language() === 'zh';
      const { bracketed } = punctuation[language()];
      if (files.length === 0) {
        const runs = await runsOf(options.workspace);
        console.log(runsPage(await runs.list(), runs.pid, language()));
        return;
      }
      // All files are read before any is queued, so that a wrong one does not leave half of them queued.
      const loaded = await Promise.all(files.map((file) => loadRunFile(file)));
      for (const each of loaded) {
        const workspace = workspaceOf(each);
        const runs = await runsOf(workspace);
        const priority = options.priority === undefined ? {} : { priority: options.priority };
        const run = await runs.submit({
          runFile: resolve(each.path),
          user: userName(),
          check: options.check,
          ...priority,
        });
        // Whoever serves another workspace would wait in vain.
        const serve = `shuibao serve${resolve(options.workspace) === workspace ? '' : ` --workspace ${relative('', workspace)}`}`;
        const waits = runs.pid !== undefined ? '' : bracketed(`${zh ? '等待' : 'waits for'} ${serve}`);
        console.log(zh ? `已排队：${run.id}  ${run.name}${waits}` : `Queued: ${run.id}  ${run.name}${waits}`);
      }
    });
