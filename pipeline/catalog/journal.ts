import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { userError } from '../messages/user-error.ts';
import { syncDirectory, systemErrorCode } from '../store/atomic-file.ts';
import type { Digest, JsonValue } from '../tasks/task.ts';
import { canonicalJson, sha256 } from '../tasks/task-key.ts';

/** One thing people did or brought in. */
export interface JournalEntry {
  /** Counted from 1. */
  readonly sequence: number;
  /** ISO time, as the caller's clock had it. */
  readonly at: string;
  /** Who did it. */
  readonly by: string;
  /** Such as `boundaries.import`. */
  readonly kind: string;
  readonly body: JsonValue;
  /** Hash of the entry before; 64 zeros for the first. */
  readonly previous: Digest;
  /** SHA-256 over all of the above as canonical JSON. */
  readonly hash: Digest;
}

export type NewEntry = Pick<JournalEntry, 'at' | 'by' | 'kind' | 'body'>;

const noEntry: Digest = '0'.repeat(64);

/**
 * Append-only history in one file, one entry per line, each bound to the one before by its hash: an entry that is changed,
 * taken out or moved breaks the chain. An append counts once it is on the disk; a last line that a power cut left
 * unfinished was never reported as done and is cut off by the next append.
 */
export class Journal {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /**
   * All entries, checked.
   * @throws UserError `journal-broken` naming the first entry that does not follow from the one before
   */
  async read(): Promise<JournalEntry[]> {
    return this.parse(await this.text());
  }

  /** Appends entries as one write and flushes it to the disk. */
  async append(entries: readonly NewEntry[]): Promise<JournalEntry[]> {
    await mkdir(dirname(this.path), { recursive: true });
    return this.alone(async () => {
      const text = await this.text();
      const whole = text.slice(0, text.lastIndexOf('\n') + 1);
      let last = this.parse(whole).at(-1);
      const added = entries.map((entry) => {
        const rest = { ...entry, sequence: (last?.sequence ?? 0) + 1, previous: last?.hash ?? noEntry };
        last = { ...rest, hash: hashOf(rest) };
        return last;
      });
      const isNew = text === '';
      const file = await open(this.path, isNew ? 'a' : 'r+');
      try {
        const end = Buffer.byteLength(whole);
        await file.truncate(end);
        await file.write(added.map((entry) => `${JSON.stringify(entry)}\n`).join(''), isNew ? null : end);
        await file.sync();
      } finally {
        await file.close();
      }
      if (isNew) await syncDirectory(dirname(this.path));
      return added;
    });
  }

  private async text(): Promise<string> {
    try {
      return await readFile(this.path, 'utf8');
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return '';
      throw error;
    }
  }

  private parse(text: string): JournalEntry[] {
    const lines = text.split('\n');
    // What follows the last line end is nothing, or the rest of a write that was cut short.
    lines.pop();
    let previous = noEntry;
    return lines.map((line, at) => {
      const entry = parsed(line);
      if (
        entry === undefined ||
        entry.sequence !== at + 1 ||
        entry.previous !== previous ||
        hashOf(entry) !== entry.hash
      )
        throw broken(this.path, at + 1);
      previous = entry.hash;
      return entry;
    });
  }

  /** Runs work while no other process appends. */
  private async alone<T>(work: () => Promise<T>): Promise<T> {
    const lock = `${this.path}.lock`;
    for (let attempt = 0; ; attempt++) {
      try {
        const file = await open(lock, 'wx');
        await file.writeFile(String(process.pid));
        await file.close();
        break;
      } catch (error) {
        if (systemErrorCode(error) !== 'EEXIST') throw error;
        const owner = Number(await readFile(lock, 'utf8').catch(() => ''));
        if (attempt > 0 || isAlive(owner)) throw held(this.path);
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

function hashOf(entry: Omit<JournalEntry, 'hash'>): Digest {
  const { sequence, at, by, kind, body, previous } = entry;
  return sha256(canonicalJson({ sequence, at, by, kind, body, previous }));
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

const broken = (path: string, entry: number): Error =>
  userError(
    'journal-broken',
    path,
    { zh: `第 ${entry} 条记录与前一条不衔接，台账已被改动`, en: `entry ${entry} does not follow from the one before` },
    { zh: '应为未经改动的台账', en: 'expected the journal as it was written' },
    { zh: '请从备份恢复', en: 'restore it from a backup' },
  );

const held = (path: string): Error =>
  userError(
    'journal-held',
    path,
    { zh: '另一个进程正在写入台账', en: 'another process is writing to the journal' },
    { zh: '', en: '' },
    { zh: '请稍后再试', en: 'try again in a moment' },
  );
