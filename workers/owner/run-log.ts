import { mkdirSync } from 'node:fs';
import { appendFile, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { findingLine } from '../../pipeline/messages/finding.ts';
import type { Language, Text } from '../../pipeline/messages/text.ts';
import type { RunEvent } from '../run-events.ts';

/** One line of a run's log. */
export interface LogLine {
  readonly time: string;
  readonly what: 'state' | 'progress' | 'retried' | 'failed' | 'notice';
  readonly text: Text;
}

/** Progress is noted no more often than this, so that a log of a day's run can still be read. */
const progressMilliseconds = 15_000;

/** Keeps the log of one run: its states, a progress line now and then, and each failure. Losing a line is no failure. */
export class RunLog {
  private readonly file: string;
  private tail: Promise<void> = Promise.resolve();
  private lastProgress = 0;

  constructor(file: string) {
    this.file = file;
    mkdirSync(dirname(file), { recursive: true });
  }

  note(what: LogLine['what'], text: Text): void {
    const line: LogLine = { time: new Date().toISOString(), what, text };
    this.tail = this.tail.then(() => appendFile(this.file, `${JSON.stringify(line)}\n`)).catch(() => undefined);
  }

  follow(event: RunEvent): void {
    if (event.type === 'notice') this.note('notice', event.text);
    if (event.type === 'task-failed' || event.type === 'task-retried') {
      const { task, reason } = event;
      const { finding, message } = reason;
      const why = (language: Language) => (finding ? findingLine(finding, language) : message);
      const again = event.type === 'task-retried';
      this.note(again ? 'retried' : 'failed', {
        zh: `${task.id} ${again ? '重试' : '失败'}：${why('zh')}`,
        en: `${task.id} ${again ? 'tried again' : 'failed'}: ${why('en')}`,
      });
    }
    if (event.type !== 'task-finished') return;
    const now = Date.now();
    if (now - this.lastProgress < progressMilliseconds) return;
    this.lastProgress = now;
    const { counts, tasksPerSecond } = event.progress;
    const tally = `${counts.done + counts.skipped}/${counts.total}  ${tasksPerSecond.toFixed(1)}/s  ${event.task.id}`;
    this.note('progress', { zh: tally, en: tally });
  }

  /** Resolves when all lines noted so far are written. */
  async settled(): Promise<void> {
    await this.tail;
  }
}

/** The lines of a log, the last `limit` of them; a line cut off by a crash is left out. */
export async function readRunLog(file: string, limit = Number.POSITIVE_INFINITY): Promise<readonly LogLine[]> {
  const lines = linesOf(await readFile(file, 'utf8').catch(() => ''));
  return limit < lines.length ? lines.slice(lines.length - limit) : lines;
}

export interface Following {
  /** How many of the lines that are there already are told. */
  readonly tail?: number | undefined;
  /** Whether the run has ended, all its lines written. */
  isOver(): Promise<boolean>;
  readonly signal?: AbortSignal;
  /** Time between two looks at the file; default 0.5 s. */
  readonly pauseMilliseconds?: number;
}

/** The last lines of a log and then each line as it is written, until the run is over or the signal comes. */
export async function* followRunLog(file: string, following: Following): AsyncGenerator<LogLine> {
  const { tail = Number.POSITIVE_INFINITY, signal, pauseMilliseconds = 500 } = following;
  let read = 0;
  for (let first = true; !signal?.aborted; first = false) {
    // Asked before the file is read: what is written until the end of the run is then read once more.
    const over = await following.isOver();
    const text = await readFrom(file, read);
    const whole = text.subarray(0, text.lastIndexOf(newline) + 1);
    read += whole.length;
    const lines = linesOf(whole.toString());
    yield* first && tail < lines.length ? lines.slice(lines.length - tail) : lines;
    if (over) return;
    await setTimeout(pauseMilliseconds, undefined, signal ? { signal } : {}).catch(() => undefined);
  }
}

const newline = '\n'.charCodeAt(0);

async function readFrom(file: string, offset: number): Promise<Buffer> {
  const handle = await open(file).catch(() => undefined);
  if (!handle) return Buffer.alloc(0);
  try {
    const length = Math.max(0, (await handle.stat()).size - offset);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function linesOf(text: string): LogLine[] {
  const lines: LogLine[] = [];
  for (const line of text.split('\n')) {
    try {
      if (line) lines.push(JSON.parse(line) as LogLine);
    } catch {
      // The process was killed while writing it.
    }
  }
  return lines;
}
