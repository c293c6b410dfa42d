import { Command } from 'commander';
import type { Language } from '../../pipeline/messages/text.ts';
import { findRun, runsOf, workspaceOption } from '../runs-access.ts';
import { runPage, runsPage } from '../runs-page.ts';

/** `shuibao status [RUN]`: where all runs, or one of them, stand. */
export const statusCommand = (language: () => Language): Command =>
  new Command('status')
    .description('运行的进展、速度、剩余时间与错误 / where runs stand')
    .argument('[run]', '运行编号、名称或运行文件 id, name or run file')
    .addOption(workspaceOption())
    .option('--json', '以 JSON 输出 as JSON')
    .action(async (text: string | undefined, options: { workspace: string; json?: boolean }) => {
      if (text === undefined) {
        const runs = await runsOf(options.workspace);
        const all = await runs.list();
        console.log(options.json ? JSON.stringify(all, undefined, 1) : runsPage(all, runs.pid, language()));
        return;
      }
      const { run } = await findRun(text, options.workspace);
      console.log(options.json ? JSON.stringify(run, undefined, 1) : runPage(run, language()));
    });
