import type { Finding } from '../pipeline/messages/finding.ts';

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
    ...(finding || !source.stack ? {} : { stack: source.stack.split('\n').slice(0, keptStackLines).join('\n') }),
  };
  const report = new Error(mark + JSON.stringify(reason));
  report.stack = '';
  // The queue knows final errors by this name, also after they have crossed the process border.
  if (finding || retryable === false) report.name = 'UnrecoverableError';
  return report;
}

/** The reason carried by a failed job's text; any other text is taken as the message itself. */
export function failureReason(text: string | undefined, taskId: string): FailureReason {
  if (text?.startsWith(mark)) {
    try {
      return JSON.parse(text.slice(mark.length)) as FailureReason;
    } catch {
      return { message: text };
    }
  }
  const died = /^Unexpected exit code: (\S+) signal: (\S+)/.exec(text ?? '');
  if (died) return processDied(taskId, died[2] === 'null' ? `exit code ${died[1]}` : died[2]!);
  return { message: text || 'unknown failure' };
}

function processDied(taskId: string, how: string): FailureReason {
  const finding: Finding = {
    code: 'task-process-died',
    severity: 'error',
    file: taskId,
    found: {
      zh: `计算进程多次意外退出（${how}）`,
      en: `the process computing it died repeatedly (${how})`,
    },
    expected: { zh: '', en: '' },
    cure: {
      zh: '可能是内存不足或输入文件损坏：减少并行数或分块大小，并对输入运行 check',
      en: 'memory may be short or an input file damaged: use fewer slots or smaller tiles, and run check on the inputs',
    },
  };
  return { message: `${taskId}: the process died (${how})`, finding };
}
