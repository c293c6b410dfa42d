import { type ColumnType, Kysely, PostgresDialect, type PostgresDialectConfig, sql } from 'kysely';
import { userError } from '../messages/user-error.ts';
import type { JsonValue } from '../tasks/task.ts';
import { canonicalJson } from '../tasks/task-key.ts';
import { createSchema } from './create-schema.ts';
import {
  brokenAt,
  chained,
  checkedChain,
  follows,
  isLastLook,
  type Journal,
  type JournalEntry,
  type LastLook,
  type NewEntry,
} from './journal.ts';

interface JournalTables {
  'journal.entry': {
    sequence: ColumnType<string, number, never>;
    at: string;
    by: string;
    kind: string;
    /** Canonical JSON as it was hashed: the database's own JSON would write numbers anew. */
    body: string;
    previous: string;
    hash: string;
  };
}

const rowsPerInsert = 1_000;

/**
 * The table lies in a schema of its own: the catalog's tables may be dropped and made anew from it. Whoever could change an
 * entry would have to take the triggers away first, and then the hashes still tell.
 */
const statements = [
  `create table if not exists journal.entry (
    sequence bigint primary key,
    at text not null,
    by text not null,
    kind text not null,
    body text not null,
    previous text not null,
    hash text not null unique
  )`,
  `create or replace function journal.refuse() returns trigger language plpgsql as
    $$ begin raise exception 'the journal is append-only'; end $$`,
  `create or replace trigger append_only before update or delete on journal.entry
    for each row execute function journal.refuse()`,
  `create or replace trigger not_emptied before truncate on journal.entry
    for each statement execute function journal.refuse()`,
];

/** Any number, the same in all versions of this program. */
const creationLock = 7_316_540_013;

/** Journal in a table of a PostgreSQL server. */
export class SqlJournal implements Journal {
  readonly place: string;
  private readonly database: Kysely<JournalTables>;
  private readonly before: Journal | undefined;
  private made: Promise<void> | undefined;

  /**
   * @param pool - gives a `pg.Pool`, which stays the caller's, at the first use
   * @param place - how people call the server
   * @param before - journal kept until now, in a file; an empty table begins with its entries
   */
  constructor(pool: () => Promise<unknown>, place: string, before?: Journal) {
    this.before = before;
    this.place = place;
    const dialect = new PostgresDialect({ pool: pool as PostgresDialectConfig['pool'] });
    this.database = new Kysely<JournalTables>({ dialect });
  }

  async read(): Promise<JournalEntry[]> {
    await this.make();
    const rows = await this.database.selectFrom('journal.entry').selectAll().orderBy('sequence').execute();
    return checkedChain(rows.map(entryOf), this.place);
  }

  async append(entries: readonly NewEntry[] | LastLook): Promise<JournalEntry[]> {
    await this.make();
    return this.database.transaction().execute(async (transaction) => {
      await sql`lock table journal.entry in exclusive mode`.execute(transaction);
      const rows = await transaction
        .selectFrom('journal.entry')
        .selectAll()
        .orderBy('sequence', 'desc')
        .limit(2)
        .execute();
      const [last, before] = rows.map(entryOf);
      // The whole chain is looked at when it is read; here only where it is gone on with.
      if (rows.length > 0 && !(last && follows(last, before))) throw brokenAt(this.place, Number(rows[0]!.sequence));
      const wanted = isLastLook(entries) ? entries.entries(await entriesAfter(transaction, entries.seen)) : entries;
      const added = chained(wanted, last);
      await insert(transaction, added);
      return added;
    });
  }

  /** History goes on: what was kept in a file is the beginning of the table, or nothing may be done with either. */
  private async adopt(transaction: Kysely<JournalTables>, before: readonly JournalEntry[]): Promise<void> {
    const last = before.at(-1);
    if (!last) return;
    const rows = await transaction
      .selectFrom('journal.entry')
      .select('hash')
      .where('sequence', '=', String(last.sequence))
      .execute();
    if (rows[0]?.hash === last.hash) return;
    const any = await transaction.selectFrom('journal.entry').select('sequence').limit(1).execute();
    if (any.length > 0) throw twoHistories(this.before!.place, this.place);
    await insert(transaction, before);
  }

  private async make(): Promise<void> {
    this.made ??= this.database.transaction().execute(async (transaction) => {
      await sql`select pg_advisory_xact_lock(${sql.lit(creationLock)})`.execute(transaction);
      await createSchema(transaction, 'journal');
      for (const statement of statements) await sql.raw(statement).execute(transaction);
      await this.adopt(transaction, (await this.before?.read()) ?? []);
    });
    // A server that was away is asked again the next time.
    await this.made.catch((error: unknown) => {
      this.made = undefined;
      throw error;
    });
  }
}

async function entriesAfter(transaction: Kysely<JournalTables>, seen: number): Promise<JournalEntry[]> {
  const rows = transaction.selectFrom('journal.entry').selectAll().where('sequence', '>', String(seen));
  return (await rows.orderBy('sequence').execute()).map(entryOf).filter((entry) => entry !== undefined);
}

async function insert(transaction: Kysely<JournalTables>, entries: readonly JournalEntry[]): Promise<void> {
  for (let first = 0; first < entries.length; first += rowsPerInsert) {
    const part = entries.slice(first, first + rowsPerInsert);
    const values = part.map((entry) => ({ ...entry, body: canonicalJson(entry.body) }));
    await transaction.insertInto('journal.entry').values(values).execute();
  }
}

function entryOf(
  row: { sequence: string; body: string } & Omit<JournalEntry, 'sequence' | 'body'>,
): JournalEntry | undefined {
  try {
    return { ...row, sequence: Number(row.sequence), body: JSON.parse(row.body) as JsonValue };
  } catch {
    return undefined;
  }
}

const twoHistories = (file: string, table: string): Error =>
  userError(
    'journal-two',
    file,
    {
      zh: `与数据库中的台账（${table}）不是同一历史`,
      en: `is not the beginning of the journal in the database (${table})`,
    },
    { zh: '一个数据库只存一个工作目录的台账', en: 'expected one workspace per database' },
    {
      zh: '为该工作目录另用一个数据库（DATABASE_URL）',
      en: 'give this workspace a database of its own (DATABASE_URL)',
    },
  );
