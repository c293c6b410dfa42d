import { Command } from 'commander';
import type { Language } from '../../pipeline/messages/text.ts';
import { stateText } from '../../workers/owner/state-text.ts';
import { findRun, workspaceOption } from '../runs-access.ts';

/** `shuibao resume RUN` queues a run that was cancelled, interrupted or failed; it goes on where it stopped. */
export const resumeCommand = (language: () => Language): Command =>
  new Command('resume')
    .description('继续取消、中断或失败的运行 / continue a run that was stopped')
    .argument('<run>', '运行编号、名称或运行文件 id, name or run file')
    .addOption(workspaceOption())
    .action(async (text: string, options: { workspace: string }) => {
      const { runs, run } = await findRun(text, options.workspace);
      const after = await runs.resume(run.id);
      console.log(`${run.id}  ${stateText(after)[language()]}`);
    });
