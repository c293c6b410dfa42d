import { findingLine } from '../pipeline/messages/finding.ts';
import type { Language } from '../pipeline/messages/text.ts';
import type { FailureEntry } from '../workers/owner/run-entry.ts';
import type { RunCounts } from '../workers/run-events.ts';

/** A failed task as one line: which tile of which layer, which file, what was found, what to do. */
export function failureLine({ task, message, finding }: FailureEntry, language: Language): string {
  if (!finding) return `${task}  ${message}`;
  const line = findingLine(finding, language);
  return finding.file === task ? line : `${task}  ${line}`;
}

/** What a run that failed has kept, and how it goes on. */
export function keptLine({ total, done, skipped, failed }: RunCounts, language: Language): string {
  const kept = done + skipped;
  return language === 'zh'
    ? `${total} 项任务中 ${failed} 项失败，${kept} 项已保留；改正后再次运行，只做其余的。`
    : `${failed} of ${total} tasks failed, ${kept} are kept; once mended, run again: only the rest is done.`;
}

export const resultsLine = (directory: string, language: Language): string =>
  language === 'zh' ? `成果目录：${directory}` : `Results: ${directory}`;
