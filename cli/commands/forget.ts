import { Command } from 'commander';
import type { Language } from '../../pipeline/messages/text.ts';
import { findRun, workspaceOption } from '../runs-access.ts';

/** `shuibao forget RUN` takes a run that has ended off the list; its results stay, `gc` then frees what only it needs. */
export const forgetCommand = (language: () => Language): Command =>
  new Command('forget')
    .description('从运行列表中删除；成果保留 / take a run off the list; its results stay')
    .argument('<run>', '运行编号、名称或运行文件 id, name or run file')
    .addOption(workspaceOption())
    .action(async (text: string, options: { workspace: string }) => {
      const { runs, run } = await findRun(text, options.workspace);
      await runs.forget(run.id);
      console.log(
        language() === 'zh'
          ? `${run.id} 已从运行列表中删除，成果目录未动；shuibao gc 清理仅它需要的中间数据。`
          : `${run.id} is off the list; its results are where they were. shuibao gc removes what only it needs.`,
      );
    });
