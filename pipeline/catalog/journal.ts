import { userError } from '../messages/user-error.ts';
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

/** Entries that rest on what the journal held when they were made, looked at once more while nobody else can append. */
export interface LastLook {
  /** Number of the last entry they rest on; 0 when there was none. */
  readonly seen: number;
  /** The entries to be appended, told what others appended since; what it throws leaves the journal as it is. */
  entries(since: readonly JournalEntry[]): readonly NewEntry[];
}

/** Append-only history in which each entry is bound to the one before by its hash. */
export interface Journal {
  /** File or table it lies in, for people. */
  readonly place: string;
  /**
   * All entries, checked.
   * @throws UserError `journal-broken` naming the first entry that does not follow from the one before
   */
  read(): Promise<JournalEntry[]>;
  /** Appends entries, all or none; they count once this returns. Appends of several processes take turns. */
  append(entries: readonly NewEntry[] | LastLook): Promise<JournalEntry[]>;
}

/** Whether entries rest on what the journal held when they were made. */
export const isLastLook = (entries: readonly NewEntry[] | LastLook): entries is LastLook => 'seen' in entries;

/** What the first entry follows from. */
const noEntry: Digest = '0'.repeat(64);

/** New entries bound to the last one there is. */
export function chained(entries: readonly NewEntry[], last: JournalEntry | undefined): JournalEntry[] {
  let before = last;
  return entries.map(({ at, by, kind, body }) => {
    const rest = { sequence: (before?.sequence ?? 0) + 1, at, by, kind, body, previous: before?.hash ?? noEntry };
    before = { ...rest, hash: hashOf(rest) };
    return before;
  });
}

/** Whether an entry is unchanged and follows from the one before; the first follows from nothing. */
export const follows = (entry: JournalEntry, before: JournalEntry | undefined): boolean =>
  entry.sequence === (before?.sequence ?? 0) + 1 &&
  entry.previous === (before?.hash ?? noEntry) &&
  hashOf(entry) === entry.hash;

/**
 * Entries as they were read, each held against the one before.
 * @param place - file or table they were read from
 * @throws UserError `journal-broken` naming the first entry that is changed, missing or out of place
 */
export function checkedChain(entries: readonly (JournalEntry | undefined)[], place: string): JournalEntry[] {
  let before: JournalEntry | undefined;
  return entries.map((entry, at) => {
    if (!entry || !follows(entry, before)) throw brokenAt(place, at + 1);
    before = entry;
    return entry;
  });
}

/** Contents an entry needs from the store: a body names them under `content`. */
export function contentsOf({ body }: JournalEntry): Digest[] {
  const named: Digest[] = [];
  const look = (value: JsonValue, name: string) => {
    if (typeof value === 'string' && name === 'content') named.push(value);
    else if (Array.isArray(value)) for (const each of value) look(each, name);
    else if (value !== null && typeof value === 'object')
      for (const [key, each] of Object.entries(value)) look(each as JsonValue, key);
  };
  look(body, '');
  return named;
}

function hashOf(entry: Omit<JournalEntry, 'hash'>): Digest {
  const { sequence, at, by, kind, body, previous } = entry;
  return sha256(canonicalJson({ sequence, at, by, kind, body, previous }));
}

export const brokenAt = (path: string, entry: number): Error =>
  userError(
    'journal-broken',
    path,
    { zh: `第 ${entry} 条记录与前一条不衔接，台账已被改动`, en: `entry ${entry} does not follow from the one before` },
    { zh: '应为未经改动的台账', en: 'expected the journal as it was written' },
    { zh: '请从备份恢复', en: 'restore it from a backup' },
  );
