import { Presets, SingleBar } from 'cli-progress';
import type { Language } from '../pipeline/messages/text.ts';
import type { RunEventSource } from '../workers/active-run.ts';
import type { RunProgress, RunReport } from '../workers/run-events.ts';
import { duration, kindNames } from './commands/plan-page.ts';
import { failureLine } from './run-lines.ts';

/** Plain lines come no more often than this, so that a log stays readable. */
const plainLineMilliseconds = 5000;

/** Shows a run: a bar on a terminal, a line now and then elsewhere. */
export function showProgress(
  events: RunEventSource,
  language: Language,
  terminal: NodeJS.WriteStream = process.stderr,
): { stop(report: RunReport): void } {
  const bar = terminal.isTTY
    ? new SingleBar(
        { format: '{bar} {value}/{total}  {what}', stream: terminal, hideCursor: true, clearOnComplete: true },
        Presets.shades_classic,
      )
    : undefined;
  let started = false;
  let lastLine = 0;
  const show = (progress: RunProgress, what: string) => {
    const { counts } = progress;
    const ended = counts.done + counts.skipped + counts.failed;
    if (bar) {
      if (!started) bar.start(counts.total, ended, { what });
      bar.update(ended, { what: `${rate(progress, language)}  ${what}` });
      started = true;
      return;
    }
    const now = performance.now();
    if (now - lastLine < plainLineMilliseconds && ended < counts.total) return;
    lastLine = now;
    terminal.write(`${ended}/${counts.total}  ${rate(progress, language)}  ${what}\n`);
  };
  events.on('event', (event) => {
    if (event.type === 'notice') terminal.write(`${event.text[language]}\n`);
    if (event.type === 'task-retried')
      terminal.write(
        `${language === 'zh' ? '重试' : 'again'}  ${failureLine({ task: event.task.id, ...event.reason }, language)}\n`,
      );
    if (event.type === 'task-started' || event.type === 'task-finished')
      show(event.progress, kindNames[event.task.kind]?.[language] ?? event.task.kind);
  });
  return {
    stop(report) {
      if (started) bar?.stop();
      const { done, skipped, total } = report.counts;
      const seconds = duration(report.milliseconds / 1000, language);
      terminal.write(
        language === 'zh'
          ? `${total} 项任务：本次完成 ${done}，已有 ${skipped}；用时 ${seconds}\n`
          : `${total} tasks: ${done} done now, ${skipped} already stored; ${seconds}\n`,
      );
    },
  };
}

function rate({ tasksPerSecond, secondsLeft }: RunProgress, language: Language): string {
  const left =
    secondsLeft === undefined
      ? ''
      : language === 'zh'
        ? `剩余约 ${duration(secondsLeft, language)}`
        : `about ${duration(secondsLeft, language)} left`;
  return `${tasksPerSecond.toFixed(1)}/s ${left}`;
}
