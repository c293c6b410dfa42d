import { type Selectable, sql } from 'kysely';
import type { Digest, JsonValue } from '../tasks/task.ts';
import type { Catalog, RunEntry, RunState, StatisticsRow } from './catalog.ts';
import { type CatalogDatabase, openDatabase, type RunTable } from './database.ts';
import { SqlSupervision } from './sql-supervision.ts';
import type { SupervisionCatalog } from './supervision-catalog.ts';

/** Rows per INSERT: the protocol allows 65,535 parameters. */
const rowsPerInsert = 5_000;

/**
 * Catalog in PostgreSQL tables of the schema `app`, on a server or in-process alike.
 * @param pool - a `pg.Pool` or anything of its shape; stays the caller's
 */
export const openSqlCatalog = async (pool: unknown): Promise<SqlCatalog> => new SqlCatalog(await openDatabase(pool));

export class SqlCatalog implements Catalog {
  readonly supervision: SupervisionCatalog;
  private readonly database: CatalogDatabase;

  constructor(database: CatalogDatabase) {
    this.database = database;
    this.supervision = new SqlSupervision(database);
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

  async restoreRun(run: RunEntry): Promise<void> {
    const { id, name, state, created, counts, error } = run;
    const rest = {
      name,
      state,
      plan_digest: run.planDigest,
      finished: run.finished ?? null,
      counts: counts === null ? null : JSON.stringify(counts),
      error: error === null ? null : JSON.stringify(error),
    };
    await this.database
      .insertInto('app.run')
      .values({ id, created, cancel_requested: false, ...rest })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(rest))
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

  async removeRun(id: string): Promise<void> {
    await this.database.deleteFrom('app.run').where('id', '=', id).execute();
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
