import { Command } from 'commander';
import type { Language } from '../../pipeline/messages/text.ts';
import { stateText } from '../../workers/owner/state-text.ts';
import { findRun, workspaceOption } from '../runs-access.ts';

/** `shuibao cancel RUN` stops a run within a tile per process and says what is kept. */
export const cancelCommand = (language: () => Language): Command =>
  new Command('cancel')
    .description('取消运行；已完成的部分保留 / cancel a run; what is finished is kept')
    .argument('<run>', '运行编号、名称或运行文件 id, name or run file')
    .addOption(workspaceOption())
    .action(async (text: string, options: { workspace: string }) => {
      const { runs, run } = await findRun(text, options.workspace);
      const after = await runs.cancel(run.id);
      console.log(`${run.id}  ${stateText(after)[language()]}`);
    });
