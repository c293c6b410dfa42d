import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { userError } from '../messages/user-error.ts';
import { createWhole, syncDirectory, systemErrorCode } from '../store/atomic-file.ts';
import { explainingDisk } from '../store/store-errors.ts';
import {
  chained,
  checkedChain,
  isLastLook,
  type Journal,
  type JournalEntry,
  type LastLook,
  type NewEntry,
} from './journal.ts';

const usualPatienceMilliseconds = 10_000;
const pauseMilliseconds = 20;

/**
 * Journal in one file, one entry per line. An append counts once it is on the disk; a last line that a power cut left
 * unfinished was never reported as done and is cut off by the next append.
 */
export class FileJournal implements Journal {
  readonly place: string;
  private readonly patienceMilliseconds: number;

  /** @param patienceMilliseconds - how long others that append are waited for */
  constructor(path: string, patienceMilliseconds = usualPatienceMilliseconds) {
    this.place = path;
    this.patienceMilliseconds = patienceMilliseconds;
  }

  async read(): Promise<JournalEntry[]> {
    return this.parse(await this.text());
  }

  /** Appends entries as one write and flushes it to the disk. */
  async append(entries: readonly NewEntry[] | LastLook): Promise<JournalEntry[]> {
    return explainingDisk(this.place, () => this.appendAlone(entries));
  }

  private async appendAlone(entries: readonly NewEntry[] | LastLook): Promise<JournalEntry[]> {
    await mkdir(dirname(this.place), { recursive: true });
    return this.alone(async () => {
      const text = await this.text();
      const whole = text.slice(0, text.lastIndexOf('\n') + 1);
      const present = this.parse(whole);
      const wanted = isLastLook(entries) ? entries.entries(present.slice(entries.seen)) : entries;
      const added = chained(wanted, present.at(-1));
      if (added.length === 0) return added;
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

  /** Runs work while no other process appends; appending takes a moment, so others are waited for. */
  private async alone<T>(work: () => Promise<T>): Promise<T> {
    const lock = `${this.place}.lock`;
    const own = `${process.pid} ${randomUUID()}`;
    for (const deadline = Date.now() + this.patienceMilliseconds; !(await createWhole(lock, own)); ) {
      const holder = await readFile(lock, 'utf8').catch(() => undefined);
      if (holder !== undefined && !isAlive(Number.parseInt(holder, 10))) await removeDead(lock, holder, own);
      else if (Date.now() > deadline) throw held(this.place);
      else await setTimeout(pauseMilliseconds);
    }
    try {
      return await work();
    } finally {
      await rm(lock, { force: true });
    }
  }
}

/**
 * Takes a lock away whose process is gone without having finished. Of several that see it only the one that holds the marker
 * may, and it looks again: otherwise a slow one could take away the lock of a quick one.
 */
async function removeDead(lock: string, holder: string, own: string): Promise<void> {
  const marker = `${lock}.takeover`;
  if (!(await createWhole(marker, own))) {
    const other = await readFile(marker, 'utf8').catch(() => undefined);
    if (other !== undefined && !isAlive(Number.parseInt(other, 10))) await rm(marker, { force: true });
    return;
  }
  try {
    if ((await readFile(lock, 'utf8').catch(() => undefined)) === holder) await rm(lock, { force: true });
  } finally {
    await rm(marker, { force: true });
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
    undefined,
    { zh: '请稍后再试', en: 'try again in a moment' },
  );
