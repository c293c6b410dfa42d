import { Command } from 'commander';
import { localTime } from '../../pipeline/messages/local-time.ts';
import type { Language } from '../../pipeline/messages/text.ts';
import { hasEnded } from '../../workers/owner/run-entry.ts';
import { RunLedger } from '../../workers/owner/run-ledger.ts';
import { followRunLog, type LogLine, readRunLog } from '../../workers/owner/run-log.ts';
import { countArgument, findRun, runsOf, workspaceOption } from '../runs-access.ts';

/** `shuibao logs RUN`: the states, progress and failures of a run, also of one that ended long ago. */
export const logsCommand = (language: () => Language): Command =>
  new Command('logs')
    .description('运行日志 / the log of a run')
    .argument('<run>', '运行编号、名称或运行文件 id, name or run file')
    .option('--tail <n>', '最后若干行 the last lines', countArgument)
    .option('-f, --follow', '持续显示直到运行结束 go on until the run has ended')
    .addOption(workspaceOption())
    .action(async (text: string, options: { workspace: string; tail?: number; follow?: boolean }) => {
      const { run, workspace } = await findRun(text, options.workspace);
      const file = new RunLedger(workspace).logFile(run.id);
      const show = (line: LogLine) => console.log(`${localTime(line.time)}  ${line.text[language()]}`);
      if (!options.follow) {
        for (const line of await readRunLog(file, options.tail)) show(line);
        return;
      }
      // The owner may be killed and another one take over meanwhile.
      const isOver = async () => hasEnded(await (await runsOf(workspace)).status(run.id));
      for await (const line of followRunLog(file, { tail: options.tail, isOver })) show(line);
    });
