import {
  type ColumnType,
  Kysely,
  Migrator,
  PostgresDialect,
  type PostgresDialectConfig,
  type Selectable,
  sql,
} from 'kysely';
import type { Digest, JsonValue } from '../tasks/task.ts';
import type { Catalog, RunEntry, RunState, StatisticsRow } from './catalog.ts';
import { migrations } from './migrations.ts';

interface RunTable {
  id: string;
  name: string;
  state: RunState;
  plan_digest: string;
  created: ColumnType<Date, undefined, never>;
  finished: ColumnType<Date | null, undefined, ReturnType<typeof sql<Date | null>>>;
  counts: ColumnType<JsonValue, undefined, string | null>;
  error: ColumnType<JsonValue, undefined, string | null>;
  cancel_requested: boolean;
}

interface RunStatisticsTable {
  run_id: string;
  zone_set: string;
  zone_code: string;
  measure: string;
  value: number;
}

interface CatalogDatabase {
  'app.run': RunTable;
  'app.run_statistics': RunStatisticsTable;
}

/** Rows per INSERT: the protocol allows 65,535 parameters. */
const rowsPerInsert = 5_000;

/**
 * Catalog in PostgreSQL tables of the schema `app`, on a server or in-process alike.
 * @param pool - a `pg.Pool` or anything of its shape; stays the caller's
 */
export async function openSqlCatalog(pool: unknown): Promise<SqlCatalog> {
  const dialect = new PostgresDialect({ pool: pool as PostgresDialectConfig['pool'] });
  const database = new Kysely<CatalogDatabase>({ dialect });
  await sql`create schema if not exists app`.execute(database);
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: async () => migrations },
    migrationTableSchema: 'app',
    migrationTableName: 'migration',
    migrationLockTableName: 'migration_lock',
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
  return new SqlCatalog(database);
}

export class SqlCatalog implements Catalog {
  private readonly database: Kysely<CatalogDatabase>;

  constructor(database: Kysely<CatalogDatabase>) {
    this.database = database;
  }

  async startRun(run: { readonly id: string; readonly name: string; readonly planDigest: Digest }): Promise<void> {
    const again = { name: run.name, state: 'running' as const, plan_digest: run.planDigest, cancel_requested: false };
    await this.database
      .insertInto('app.run')
      .values({ id: run.id, ...again })
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet({ ...again, finished: sql<Date | null>`null`, counts: null, error: null }),
      )
      .execute();
  }

  async endRun(id: string, state: Exclude<RunState, 'running'>, counts: JsonValue, error: JsonValue): Promise<void> {
    await this.database
      .updateTable('app.run')
      .set({
        state,
        finished: sql<Date | null>`now()`,
        counts: JSON.stringify(counts),
        error: error === null ? null : JSON.stringify(error),
      })
      .where('id', '=', id)
      .execute();
  }

  async requestCancel(id: string): Promise<void> {
    await this.database.updateTable('app.run').set({ cancel_requested: true }).where('id', '=', id).execute();
  }

  async cancelRequested(id: string): Promise<boolean> {
    const row = await this.database
      .selectFrom('app.run')
      .select('cancel_requested')
      .where('id', '=', id)
      .executeTakeFirst();
    return row?.cancel_requested ?? false;
  }

  async findRun(id: string): Promise<RunEntry | undefined> {
    const row = await this.database.selectFrom('app.run').selectAll().where('id', '=', id).executeTakeFirst();
    return row && runEntry(row);
  }

  async listRuns(): Promise<readonly RunEntry[]> {
    const rows = await this.database
      .selectFrom('app.run')
      .selectAll()
      .orderBy('created', 'desc')
      .orderBy('id')
      .execute();
    return rows.map(runEntry);
  }

  async writeStatistics(runId: string, rows: readonly StatisticsRow[]): Promise<void> {
    await this.database.transaction().execute(async (transaction) => {
      await transaction.deleteFrom('app.run_statistics').where('run_id', '=', runId).execute();
      for (let first = 0; first < rows.length; first += rowsPerInsert) {
        const part = rows.slice(first, first + rowsPerInsert).map((row) => ({
          run_id: runId,
          zone_set: row.zoneSet,
          zone_code: row.zoneCode,
          measure: row.measure,
          value: row.value,
        }));
        await transaction.insertInto('app.run_statistics').values(part).execute();
      }
    });
  }

  async readStatistics(runId: string, zoneSet?: string): Promise<readonly StatisticsRow[]> {
    let query = this.database.selectFrom('app.run_statistics').selectAll().where('run_id', '=', runId);
    if (zoneSet !== undefined) query = query.where('zone_set', '=', zoneSet);
    // Byte order, the same on every server whatever its locale.
    const rows = await query
      .orderBy(sql`zone_set collate "C"`)
      .orderBy(sql`zone_code collate "C"`)
      .orderBy(sql`measure collate "C"`)
      .execute();
    return rows.map((row) => ({
      zoneSet: row.zone_set,
      zoneCode: row.zone_code,
      measure: row.measure,
      value: row.value,
    }));
  }
}

function runEntry(row: Selectable<RunTable>): RunEntry {
  return {
    id: row.id,
    name: row.name,
    state: row.state,
    planDigest: row.plan_digest,
    created: row.created,
    finished: row.finished ?? undefined,
    counts: row.counts,
    error: row.error,
  };
}
