import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { userError } from '../messages/user-error.ts';
import { syncDirectory, systemErrorCode } from '../store/atomic-file.ts';
import { chained, checkedChain, type Journal, type JournalEntry, type NewEntry } from './journal.ts';

/**
 * Journal in one file, one entry per line. An append counts once it is on the disk; a last line that a power cut left
 * unfinished was never reported as done and is cut off by the next append.
 */
export class FileJournal implements Journal {
  readonly place: string;

  constructor(path: string) {
    this.place = path;
  }

  async read(): Promise<JournalEntry[]> {
    return this.parse(await this.text());
  }

  /** Appends entries as one write and flushes it to the disk. */
  async append(entries: readonly NewEntry[]): Promise<JournalEntry[]> {
    await mkdir(dirname(this.place), { recursive: true });
    return this.alone(async () => {
      const text = await this.text();
      const whole = text.slice(0, text.lastIndexOf('\n') + 1);
      const added = chained(entries, this.parse(whole).at(-1));
      const isNew = text === '';
      const file = await open(this.place, isNew ? 'a' : 'r+');
      try {
        const end = Buffer.byteLength(whole);
        await file.truncate(end);
        await file.write(added.map((entry) => `${JSON.stringify(entry)}\n`).join(''), isNew ? null : end);
        await file.sync();
      } finally {
        await file.close();
      }
      if (isNew) await syncDirectory(dirname(this.place));
      return added;
    });
  }

  private async text(): Promise<string> {
    try {
      return await readFile(this.place, 'utf8');
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return '';
      throw error;
    }
  }

  private parse(text: string): JournalEntry[] {
    const lines = text.split('\n');
    // What follows the last line end is nothing, or the rest of a write that was cut short.
    lines.pop();
    return checkedChain(lines.map(parsed), this.place);
  }

  /** Runs work while no other process appends. */
  private async alone<T>(work: () => Promise<T>): Promise<T> {
    const lock = `${this.place}.lock`;
    for (let attempt = 0; ; attempt++) {
      try {
        const file = await open(lock, 'wx');
        await file.writeFile(String(process.pid));
        await file.close();
        break;
      } catch (error) {
        if (systemErrorCode(error) !== 'EEXIST') throw error;
        const owner = Number(await readFile(lock, 'utf8').catch(() => ''));
        if (attempt > 0 || isAlive(owner)) throw held(this.place);
        // Its owner is gone without having finished.
        await rm(lock, { force: true });
      }
    }
    try {
      return await work();
    } finally {
      await rm(lock, { force: true });
    }
  }
}

function parsed(line: string): JournalEntry | undefined {
  try {
    return JSON.parse(line) as JournalEntry;
  } catch {
    return undefined;
  }
}

function isAlive(process_: number): boolean {
  if (!Number.isInteger(process_) || process_ <= 0) return false;
  try {
    process.kill(process_, 0);
    return true;
  } catch (error) {
    return systemErrorCode(error) === 'EPERM';
  }
}

const held = (path: string): Error =>
  userError(
    'journal-held',
    path,
    { zh: '另一个进程正在写入台账', en: 'another process is writing to the journal' },
    { zh: '', en: '' },
    { zh: '请稍后再试', en: 'try again in a moment' },
  );
