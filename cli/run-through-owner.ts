import { EventEmitter } from 'node:events';
import { findingLine } from '../pipeline/messages/finding.ts';
import type { Language } from '../pipeline/messages/text.ts';
import { isUnreachable, type OwnerClient } from '../workers/owner/api/client.ts';
import type { RunWish } from '../workers/owner/asked-run.ts';
import type { RunStatus } from '../workers/owner/live-run.ts';
import { hasEnded } from '../workers/owner/run-entry.ts';
import { showProgress } from './progress.ts';
import { failureLine, keptLine, resultsLine } from './run-lines.ts';
import { runPage } from './runs-page.ts';

/**
 * Hands a run over to the process that owns its workspace and shows it to its end. An interrupt cancels the run.
 * @returns the exit code, as if the run had been driven here
 */
export async function runThroughOwner(owner: OwnerClient, wish: RunWish, language: Language): Promise<number> {
  const zh = language === 'zh';
  const { id, state, stage } = await owner.submit(wish);
  console.error(
    zh ? `交由进程 ${owner.pid} 运行：${id}` : `Process ${owner.pid} owns the workspace and runs it: ${id}`,
  );
  // What is about to start is queued for a moment, but at its first stage already.
  if (state === 'queued' && stage === undefined)
    console.error(
      zh
        ? '排队等候其他运行（shuibao queue 查看，shuibao priority 提前）'
        : 'It waits for other runs (shuibao queue lists them, shuibao priority moves it)',
    );
  const onSignal = () => void owner.cancel(id).catch(() => undefined);
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  try {
    return report(await follow(owner, id, language), language);
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

/** @returns the run as it ended; undefined when its owner ended first */
async function follow(owner: OwnerClient, id: string, language: Language): Promise<RunStatus | undefined> {
  const events = new EventEmitter();
  const progress = showProgress(events, language);
  const leave = new AbortController();
  try {
    for await (const news of owner.news(leave.signal)) {
      if (news.type === 'status' && news.run.id === id && hasEnded(news.run)) return news.run;
      if (news.type !== 'event' || !('runId' in news.event) || news.event.runId !== id) continue;
      events.emit('event', news.event);
      if (news.event.type === 'run-ended') progress.stop(news.event.report);
    }
  } catch (error) {
    if (!isUnreachable(error)) throw error;
  } finally {
    leave.abort();
  }
  return undefined;
}

function report(run: RunStatus | undefined, language: Language): number {
  const zh = language === 'zh';
  if (!run) {
    console.error(
      zh
        ? '服务进程已停止或没有应答；完成的部分已保留，下次 shuibao serve 或再次运行本命令时继续。'
        : 'The serving process has stopped or does not answer; what is finished is kept, and the next shuibao serve or this command goes on.',
    );
    return 1;
  }
  if (run.state === 'finished') {
    console.log(resultsLine(run.results!, language));
    return 0;
  }
  if (run.state === 'cancelled') {
    console.error(runPage(run, language));
    return 130;
  }
  const { problems = [], failures = [] } = run;
  for (const problem of problems) console.error(findingLine(problem, language));
  for (const failure of failures) console.error(failureLine(failure, language));
  if (problems.length + failures.length === 0) console.error(runPage(run, language));
  if (run.counts) console.error(keptLine(run.counts, language));
  return problems.length > 0 || failures.some(({ finding }) => finding) ? 2 : 1;
}
