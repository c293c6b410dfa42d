import type { Text } from '../../pipeline/messages/text.ts';
import type { RunStage, RunStatus } from './live-run.ts';
import type { RunState } from './run-entry.ts';

export const stateNames: Readonly<Record<RunState, Text>> = {
  queued: { zh: '排队', en: 'queued' },
  running: { zh: '运行中', en: 'running' },
  finished: { zh: '完成', en: 'finished' },
  failed: { zh: '失败', en: 'failed' },
  cancelled: { zh: '已取消', en: 'cancelled' },
  interrupted: { zh: '中断', en: 'interrupted' },
};

export const stageNames: Readonly<Record<RunStage, Text>> = {
  reading: { zh: '读取输入', en: 'reading the inputs' },
  computing: { zh: '计算', en: 'computing' },
  'handing-over': { zh: '输出成果', en: 'handing over the results' },
};

/** The state of a run as a sentence; when it is going, with what it is at; when it ended early, with what of it was kept. */
export function stateText(entry: Pick<RunStatus, 'state' | 'counts' | 'stage'>): Text {
  const name = stateNames[entry.state];
  const { counts, stage } = entry;
  if (entry.state === 'running' && stage !== undefined)
    return { zh: `${name.zh}，${stageNames[stage].zh}`, en: `${name.en}, ${stageNames[stage].en}` };
  if (!counts || entry.state === 'queued' || entry.state === 'running') return name;
  if (entry.state === 'finished')
    return { zh: `${name.zh}，共 ${counts.total} 项任务`, en: `${name.en}, ${counts.total} tasks in all` };
  const kept = counts.done + counts.skipped;
  return {
    zh: `${name.zh}，${counts.total} 项任务中的 ${kept} 项已保留`,
    en: `${name.en}; ${kept} of ${counts.total} tasks are kept`,
  };
}
