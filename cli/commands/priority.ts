import { Command } from 'commander';
import type { Language } from '../../pipeline/messages/text.ts';
import { findRun, priorityArgument, workspaceOption } from '../runs-access.ts';

/** `shuibao priority RUN N` puts a run before or behind others, also while it is going. */
export const priorityCommand = (language: () => Language): Command =>
  new Command('priority')
    .description('改变运行的优先级 / change the priority of a run')
    .argument('<run>', '运行编号、名称或运行文件 id, name or run file')
    .argument('<priority>', '1（最先）到 9（最后） 1 (first) to 9 (last)', priorityArgument)
    .addOption(workspaceOption())
    .action(async (text: string, priority: number, options: { workspace: string }) => {
      const { runs, run } = await findRun(text, options.workspace);
      const after = await runs.setPriority(run.id, priority);
      console.log(`${run.id}  ${language() === 'zh' ? '优先级' : 'priority'} ${after.priority}`);
    });
