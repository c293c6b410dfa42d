import { Command } from 'commander';
import type { Language } from '../../pipeline/messages/text.ts';
import { RunLedger } from '../../workers/owner/run-ledger.ts';
import { type LogLine, readRunLog } from '../../workers/owner/run-log.ts';
import { countArgument, findRun, workspaceOption } from '../runs-access.ts';

const followMilliseconds = 1_000;

/** `shuibao logs RUN`: the states, progress and failures of a run, also of one that ended long ago. */
export const logsCommand = (language: () => Language): Command =>
  new Command('logs')
    .description('运行日志 / the log of a run')
    .argument('<run>', '运行编号、名称或运行文件 id, name or run file')
    .option('--tail <n>', '最后若干行 the last lines', countArgument)
    .option('-f, --follow', '持续显示直到运行结束 go on until the run has ended')
    .addOption(workspaceOption())
    .action(async (text: string, options: { workspace: string; tail?: number; follow?: boolean }) => {
      const { run, runs, workspace } = await findRun(text, options.workspace);
      const file = new RunLedger(workspace).logFile(run.id);
      const show = (lines: readonly LogLine[]) => {
        for (const line of lines) console.log(`${line.time}  ${line.text[language()]}`);
      };
      let shown = (await readRunLog(file)).length;
      show(await readRunLog(file, options.tail));
      while (options.follow) {
        const state = (await runs.list()).find(({ id }) => id === run.id)?.state;
        const lines = await readRunLog(file);
        show(lines.slice(shown));
        shown = lines.length;
        if (state !== 'queued' && state !== 'running') return;
        await new Promise((resolve) => setTimeout(resolve, followMilliseconds));
      }
    });
