import { EventEmitter } from 'node:events';
import { findingLine } from '../pipeline/messages/finding.ts';
import type { Language } from '../pipeline/messages/text.ts';
import type { OwnerClient } from '../workers/owner/api/client.ts';
import type { RunStatus } from '../workers/owner/live-run.ts';
import type { RunWish } from '../workers/owner/owner.ts';
import { hasEnded } from '../workers/owner/run-entry.ts';
import { failureLine, keptLine } from './failure-line.ts';
import { showProgress } from './progress.ts';
import { runPage } from './runs-page.ts';

/**
 * Hands a run over to the process that owns its workspace and shows it to its end. An interrupt cancels the run.
 * @returns the exit code, as if the run had been driven here
 */
export async function runThroughOwner(owner: OwnerClient, wish: RunWish, language: Language): Promise<number> {
  const zh = language === 'zh';
  const { id } = await owner.submit(wish);
  console.error(
    zh ? `交由进程 ${owner.pid} 运行：${id}` : `Process ${owner.pid} owns the workspace and runs it: ${id}`,
  );
  const onSignal = () => void owner.cancel(id).catch(() => undefined);
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  try {
    return report(await follow(owner, id, language), language);
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

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
        ? '所有者进程已停止；运行保留在队列中，下次 shuibao serve 时继续。'
        : 'The owner has stopped; the run stays in its queue and goes on with the next shuibao serve.',
    );
    return 1;
  }
  if (run.state === 'finished') {
    console.log(zh ? `成果目录：${run.results}` : `Results: ${run.results}`);
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
