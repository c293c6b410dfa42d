import { Command } from 'commander';
import type { Language } from '../../pipeline/messages/text.ts';
import { stateText } from '../../workers/owner/state-text.ts';
import { findRun, workspaceOption } from '../runs-access.ts';

/** `shuibao retry RUN` redoes the tasks of a failed run that failed, and those that need them; nothing else. */
export const retryCommand = (language: () => Language): Command =>
  new Command('retry')
    .description('只重做失败的任务 / redo only the tasks that failed')
    .argument('<run>', '运行编号、名称或运行文件 id, name or run file')
    .addOption(workspaceOption())
    .action(async (text: string, options: { workspace: string }) => {
      const { runs, run } = await findRun(text, options.workspace);
      const after = await runs.retry(run.id);
      for (const { task } of run.failures ?? []) console.log(`  ${task}`);
      console.log(`${run.id}  ${stateText(after)[language()]}`);
    });
