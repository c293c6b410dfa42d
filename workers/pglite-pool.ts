import { EventEmitter } from 'node:events';
import type { PGlite, Results } from '@electric-sql/pglite';
import { Mutex } from './mutex.ts';
import type { SqlClient, SqlNotification, SqlPool, SqlResult } from './sql-pool.ts';

/** int8 and numeric arrive as strings, as with `pg`, so that the same code reads both databases alike. */
const parsers = { 20: (value: string) => value, 1700: (value: string) => value };

/** The statement without leading blanks and comments. */
const withoutLeadingComments = (sql: string): string => sql.replace(/^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/, '');

const transactionStart = /^(?:begin|start\s+transaction)\b/i;
const transactionEnd = /^(?:commit|end|rollback(?!\s+(?:work\s+|transaction\s+)?to\b)|abort)\b/i;
const listenStatement = /^listen\s+("(?:[^"]|"")+"|[a-z_][\w$]*)\s*;?\s*$/i;
const unlistenStatement = /^unlisten\s+(\*|"(?:[^"]|"")+"|[a-z_][\w$]*)\s*;?\s*$/i;

/** Name of a channel as the server sees it: folded to lower case unless quoted. */
const channelName = (identifier: string): string =>
  identifier.startsWith('"') ? identifier.slice(1, -1).replaceAll('""', '"') : identifier.toLowerCase();

const quoted = (channel: string): string => `"${channel.replaceAll('"', '""')}"`;

/** Work on the one session of the database, or on the pool's queue in front of it. */
interface Session {
  readonly pglite: PGlite;
  readonly mutex: Mutex;
}

async function execute(session: Session, text: string, parameters?: readonly unknown[]): Promise<SqlResult> {
  const command = /^[a-z]+/i.exec(withoutLeadingComments(text))?.[0].toUpperCase() ?? '';
  let result: Results | undefined;
  try {
    // Only the simple protocol takes several statements in one text, as migration files have.
    result = parameters?.length
      ? await session.pglite.query(text, [...parameters], { parsers })
      : (await session.pglite.exec(text, { parsers })).at(-1);
  } catch (error) {
    throw leanError(error);
  }
  const rows = result?.rows ?? [];
  const changed = result?.affectedRows ?? 0;
  return { rows, rowCount: rows.length > 0 ? rows.length : changed, command };
}

/** Database errors carry the whole query and its parameters; keep what `pg` gives. */
function leanError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const lean = new Error(error.message);
  for (const name of ['code', 'detail', 'hint', 'severity', 'schema', 'table', 'column', 'constraint', 'where']) {
    const value = (error as unknown as Record<string, unknown>)[name];
    if (value !== undefined) Object.assign(lean, { [name]: value });
  }
  return lean;
}

class PGliteClient extends EventEmitter implements SqlClient {
  private readonly session: Session;
  private readonly subscriptions = new Map<string, (payload: string) => void>();
  private endTurn: (() => void) | undefined;
  private released = false;

  constructor(session: Session) {
    super();
    this.session = session;
    this.setMaxListeners(0);
  }

  async query(text: string, parameters?: readonly unknown[]): Promise<SqlResult> {
    const statement = withoutLeadingComments(text);
    const listen = listenStatement.exec(statement);
    if (listen) return this.listen(channelName(listen[1]!));
    const unlisten = unlistenStatement.exec(statement);
    if (unlisten) return this.unlisten(unlisten[1] === '*' ? undefined : channelName(unlisten[1]!));
    if (transactionStart.test(statement) && !this.endTurn) return this.begin(text);
    if (this.endTurn) {
      if (!transactionEnd.test(statement)) return execute(this.session, text, parameters);
      try {
        return await execute(this.session, text, parameters);
      } finally {
        this.finishTurn();
      }
    }
    return this.inTurn(() => execute(this.session, text, parameters));
  }

  release(destroy = false): void {
    if (this.released) return;
    this.released = true;
    // A client given back in mid-transaction must not leave the one session inside it.
    if (this.endTurn) {
      void execute(this.session, 'ROLLBACK')
        .catch(() => undefined)
        .finally(() => this.finishTurn());
    }
    void this.unlisten(undefined).catch(() => undefined);
    if (destroy) this.emit('end');
  }

  /** Holds the session from here to COMMIT or ROLLBACK: there is only one, and others' statements must not slip in. */
  private async begin(text: string): Promise<SqlResult> {
    const endTurn = await this.session.mutex.acquire();
    try {
      const result = await execute(this.session, text);
      this.endTurn = endTurn;
      return result;
    } catch (error) {
      endTurn();
      throw error;
    }
  }

  private finishTurn(): void {
    const endTurn = this.endTurn;
    this.endTurn = undefined;
    endTurn?.();
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.endTurn) return work();
    const endTurn = await this.session.mutex.acquire();
    try {
      return await work();
    } finally {
      endTurn();
    }
  }

  /** A plain LISTEN would reach nobody: the database hands notifications only to callbacks it knows. */
  private async listen(channel: string): Promise<SqlResult> {
    await this.inTurn(async () => {
      if (this.subscriptions.has(channel)) return;
      const deliver = (payload: string) => this.emit('notification', { channel, payload } satisfies SqlNotification);
      await this.session.pglite.listen(quoted(channel), deliver);
      this.subscriptions.set(channel, deliver);
    });
    return { rows: [], rowCount: null, command: 'LISTEN' };
  }

  private async unlisten(channel: string | undefined): Promise<SqlResult> {
    const leaving = [...this.subscriptions].filter(([name]) => channel === undefined || name === channel);
    for (const [name] of leaving) this.subscriptions.delete(name);
    if (leaving.length > 0) {
      await this.inTurn(async () => {
        // The function that `listen` returns folds the channel's name to lower case and so would not find it.
        for (const [name, deliver] of leaving) {
          if (!this.session.pglite.closed) await this.session.pglite.unlisten(quoted(name), deliver);
        }
      });
    }
    return { rows: [], rowCount: null, command: 'UNLISTEN' };
  }
}

/**
 * A `pg.Pool` in shape over one in-process database, for the queue and the catalog alike. The database is one session:
 * statements take turns, and a transaction keeps its turn to the end.
 */
export class PGlitePool extends EventEmitter implements SqlPool {
  /** Tells the queue that a lost connection cannot go unnoticed: there is no connection to lose. */
  readonly options = { keepAlive: true };
  private readonly session: Session;
  private tidying: NodeJS.Timeout | undefined;

  private constructor(pglite: PGlite) {
    super();
    this.setMaxListeners(0);
    this.session = { pglite, mutex: new Mutex() };
  }

  /** @param searchPath - schemas in which unqualified names are looked up, for the whole life of the pool */
  static async over(pglite: PGlite, searchPath = 'bullmq, public'): Promise<PGlitePool> {
    await pglite.waitReady;
    await pglite.exec(`SET search_path = ${searchPath}`);
    return new PGlitePool(pglite);
  }

  async query(text: string, parameters?: readonly unknown[]): Promise<SqlResult> {
    const client = new PGliteClient(this.session);
    try {
      return await client.query(text, parameters);
    } finally {
      client.release();
    }
  }

  async connect(): Promise<SqlClient> {
    const client = new PGliteClient(this.session);
    this.emit('connect', client);
    return client;
  }

  /**
   * Gives the room of deleted rows back for new ones, and the log's to the disk. A server does so by itself, in processes of
   * its own, which a database within this one lacks: a queue's tables grow with every job that ever was, and slow down.
   */
  async tidy(): Promise<void> {
    // Those of the system hardly change and take most of the time.
    const { rows } = await this.query(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    if (rows.length > 0) await this.query(`VACUUM ${rows.map(({ name }) => name).join(', ')}`);
    await this.query('CHECKPOINT');
  }

  /** Tidies now and then until the pool is ended; that it fails once harms nothing. */
  keepTidy(milliseconds: number): void {
    this.tidying = setInterval(() => void this.tidy().catch(() => undefined), milliseconds).unref();
  }

  /** Waits for the turn in progress and closes the database. */
  async end(): Promise<void> {
    clearInterval(this.tidying);
    const endTurn = await this.session.mutex.acquire();
    try {
      if (!this.session.pglite.closed) await this.session.pglite.close();
    } finally {
      endTurn();
    }
  }
}
