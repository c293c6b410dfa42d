import { mkdirSync } from 'node:fs';
import { appendFile, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Text } from '../../pipeline/messages/text.ts';
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
      const found = reason.finding?.found ?? { zh: reason.message, en: reason.message };
      const again = event.type === 'task-retried';
      this.note(again ? 'retried' : 'failed', {
        zh: `${task.id} ${again ? '重试' : '失败'}：${found.zh}`,
        en: `${task.id} ${again ? 'tried again' : 'failed'}: ${found.en}`,
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
  const text = await readFile(file, 'utf8').catch(() => '');
  const lines: LogLine[] = [];
  for (const line of text.split('\n')) {
    try {
      if (line) lines.push(JSON.parse(line) as LogLine);
    } catch {
      // The process was killed while writing it.
    }
  }
  return limit < lines.length ? lines.slice(lines.length - limit) : lines;
}
