import type { Finding } from '../pipeline/messages/finding.ts';
import { inSources } from '../pipeline/programs/source-places.ts';

/** Why a task failed, in a form that survives the way from the process that ran it. */
export interface FailureReason {
  readonly message: string;
  /** Set when the user can mend it: which file, what was found, what was expected, how. */
  readonly finding?: Finding;
  /** Where in the program, for the log. */
  readonly stack?: string;
}

const mark = 'shuibao-failure:';
const keptStackLines = 12;

/**
 * The error with which a task's process reports a failure. A finding of the user's files, or an error that says
 * `retryable: false`, will not go away by trying again and ends the attempts.
 */
export function failureError(error: unknown): Error {
  const source = error instanceof Error ? error : new Error(String(error));
  const { finding, retryable } = source as { finding?: Finding; retryable?: boolean };
  const reason: FailureReason = {
    message: source.message,
    ...(finding ? { finding } : {}),
    ...(finding || !source.stack
      ? {}
      : { stack: inSources(source.stack.split('\n').slice(0, keptStackLines).join('\n')) }),
  };
  const report = new Error(mark + JSON.stringify(reason));
  report.stack = '';
  // The queue knows final errors by this name, also after they have crossed the process border.
  if (finding || retryable === false) report.name = 'UnrecoverableError';
  return report;
}

/**
 * The reason carried by a failed job's text; any other text is taken as the message itself.
 * @param files - the user's files that the task read: one of them may be what its process died of
 */
export function failureReason(text: string | undefined, taskId: string, files: readonly string[] = []): FailureReason {
  if (text?.startsWith(mark)) {
    try {
      return JSON.parse(text.slice(mark.length)) as FailureReason;
    } catch {
      return { message: text };
    }
  }
  const died = /^Unexpected exit code: (\S+) signal: (\S+)/.exec(text ?? '');
  if (died) return processDied(taskId, files, died[2] === 'null' ? `exit code ${died[1]}` : died[2]!);
  return { message: text || 'unknown failure' };
}

const namedFiles = 3;

function processDied(taskId: string, files: readonly string[], how: string): FailureReason {
  const named = files.slice(0, namedFiles).join(', ') + (files.length > namedFiles ? ' …' : '');
  const finding: Finding = {
    code: 'task-process-died',
    severity: 'error',
    file: named || taskId,
    found: {
      zh: `计算 ${taskId} 的进程意外退出（${how}）`,
      en: `the process computing ${taskId} died (${how})`,
    },
    expected: { zh: '', en: '' },
    cure: {
      zh: '可能是输入文件损坏或内存不足：对输入运行 check，或减少并行数或分块大小',
      en: 'an input file may be damaged or memory short: run check on the inputs, or use fewer slots or smaller tiles',
    },
  };
  return { message: `${taskId}: the process died (${how})`, finding };
}
