import { findingLine } from '../pipeline/messages/finding.ts';
import { localTime } from '../pipeline/messages/local-time.ts';
import type { Language, Text } from '../pipeline/messages/text.ts';
import type { RunStatus } from '../workers/owner/live-run.ts';
import { stageNames, stateNames, stateText } from '../workers/owner/state-text.ts';
import { duration, kindNames } from './commands/plan-page.ts';
import { failureLine } from './run-lines.ts';
import { padded } from './text-columns.ts';

const none = '–';
/** A line for each of the first so many failures. */
const shownFailures = 20;

const said = (text: Text, language: Language): string => text[language];

/** All runs as a table, those to come and those going first. */
export function runsPage(runs: readonly RunStatus[], pid: number | undefined, language: Language): string {
  const owner =
    pid === undefined
      ? {
          zh: '没有进程在处理队列；shuibao serve 开始处理。',
          en: 'No process works on the queue; shuibao serve starts one.',
        }
      : { zh: `队列由进程 ${pid} 处理。`, en: `Process ${pid} works on the queue.` };
  if (runs.length === 0)
    return `${said({ zh: '队列为空。', en: 'The queue is empty.' }, language)} ${said(owner, language)}`;
  const rank = ({ state }: RunStatus) => (state === 'running' ? 0 : state === 'queued' ? 1 : 2);
  const sorted = [...runs].sort((a, b) => rank(a) - rank(b) || (rank(a) === 1 ? a.priority - b.priority : 0));
  const heads: Text[] = [
    { zh: '运行', en: 'run' },
    { zh: '状态', en: 'state' },
    { zh: '优先级', en: 'priority' },
    { zh: '任务', en: 'tasks' },
    { zh: '剩余', en: 'left' },
    { zh: '用户', en: 'user' },
    { zh: '名称', en: 'name' },
  ];
  const rows = sorted.map((run) => [
    run.id,
    said(shortState(run), language),
    String(run.priority),
    tally(run),
    timeLeft(run, language),
    run.user,
    run.name,
  ]);
  return `${padded([heads.map((head) => said(head, language)), ...rows])}\n${said(owner, language)}`;
}

/** One run: where it stands, how fast, the last sign of life, and which tile of which layer failed and why. */
export function runPage(run: RunStatus, language: Language): string {
  const zh = language === 'zh';
  const rows: [Text, string | undefined][] = [
    [{ zh: '运行', en: 'run' }, `${run.id}  ${run.name}`],
    [{ zh: '运行文件', en: 'run file' }, run.runFile],
    [{ zh: '状态', en: 'state' }, said(stateText(run), language)],
    [{ zh: '优先级', en: 'priority' }, String(run.priority)],
    [{ zh: '用户', en: 'user' }, run.user],
    [{ zh: '提交', en: 'submitted' }, localTime(run.submitted)],
    [{ zh: '开始', en: 'started' }, run.started && localTime(run.started)],
    [{ zh: '结束', en: 'ended' }, run.ended && localTime(run.ended)],
    [{ zh: '任务', en: 'tasks' }, tally(run)],
    [{ zh: '速度', en: 'rate' }, run.live && `${run.live.progress.tasksPerSecond.toFixed(1)}/s`],
    [{ zh: '剩余', en: 'time left' }, run.live && timeLeft(run, language)],
    [
      { zh: '最近动静', en: 'last sign' },
      run.live && `${ago(run.live.heartbeat, new Date(), language)}  ${run.live.lastTask ?? ''}`,
    ],
    [
      { zh: '失败的尝试', en: 'attempts failed' },
      run.live?.attemptsFailed ? String(run.live.attemptsFailed) : undefined,
    ],
    [{ zh: '最近错误', en: 'last error' }, run.live?.lastError && failureLine(run.live.lastError, language)],
    [{ zh: '成果目录', en: 'results' }, run.results],
    [{ zh: '故障', en: 'fault' }, run.fault],
  ];
  const lines = rows.filter(([, value]) => value).map(([label, value]) => [said(label, language), value!]);
  const page = [padded(lines)];
  for (const finding of run.problems ?? []) page.push(`  ${findingLine(finding, language)}`);
  page.push(...kindLines(run, language));
  const failures = run.failures ?? run.live?.failures ?? [];
  if (failures.length > 0) page.push(zh ? `失败的任务（${failures.length}）：` : `failed tasks (${failures.length}):`);
  for (const failure of failures.slice(0, shownFailures)) page.push(`  ${failureLine(failure, language)}`);
  if (run.state === 'failed')
    page.push(
      zh
        ? `改正后：shuibao retry ${run.id}，只重做失败的任务及依赖它们的任务。`
        : `Once mended: shuibao retry ${run.id} redoes only what failed and what needs it.`,
    );
  return page.join('\n');
}

function kindLines(run: RunStatus, language: Language): string[] {
  if (!run.live) return [];
  const rows = Object.entries(run.live.progress.countsByKind).map(([kind, counts]) => [
    `  ${kindNames[kind]?.[language] ?? kind}`,
    `${counts.done + counts.skipped}/${counts.total}`,
    counts.failed > 0 ? `${language === 'zh' ? '失败' : 'failed'} ${counts.failed}` : '',
  ]);
  return [padded(rows)];
}

/** In a table there is room for one word: what a going run is at says more than that it goes. */
const shortState = ({ state, stage }: RunStatus): Text =>
  state === 'running' && stage !== undefined && stage !== 'computing' ? stageNames[stage] : stateNames[state];

function tally(run: RunStatus): string {
  const counts = run.live?.progress.counts ?? run.counts;
  return counts ? `${counts.done + counts.skipped}/${counts.total}` : none;
}

function timeLeft(run: RunStatus, language: Language): string {
  const seconds = run.live?.progress.secondsLeft;
  return seconds === undefined ? none : duration(seconds, language);
}

/** How long ago a time was. */
function ago(iso: string, now: Date, language: Language): string {
  const past = duration(Math.max(0, now.getTime() - Date.parse(iso)) / 1000, language);
  return language === 'zh' ? `${past}前` : `${past} ago`;
}
