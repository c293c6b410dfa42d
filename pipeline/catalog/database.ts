import { type ColumnType, Kysely, Migrator, PostgresDialect, type PostgresDialectConfig, sql } from 'kysely';
import type { JsonValue } from '../tasks/task.ts';
import type { RunState } from './catalog.ts';
import { createSchema } from './create-schema.ts';
import { migrations } from './migrations.ts';

export interface RunTable {
  id: string;
  name: string;
  state: RunState;
  plan_digest: string;
  created: ColumnType<Date, Date | undefined, never>;
  finished: ColumnType<Date | null, Date | null | undefined, Date | null | ReturnType<typeof sql<Date | null>>>;
  counts: ColumnType<JsonValue, string | null | undefined, string | null>;
  error: ColumnType<JsonValue, string | null | undefined, string | null>;
  cancel_requested: boolean;
}

interface RunStatisticsTable {
  run_id: string;
  zone_set: string;
  zone_code: string;
  measure: string;
  value: number;
}

interface JournalPositionTable {
  one: ColumnType<boolean, undefined, never>;
  sequence: ColumnType<string, number, number>;
  hash: string;
}

interface Boxed {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

export interface BoundaryVersionTable extends Boxed {
  project: string;
  version: number;
  sequence: number;
  kind: string;
  name: string;
  approval_number: string;
  approved: string;
  valid_to: string | null;
  cancelled: string | null;
  accepted: string | null;
  known_from: string;
  state: string;
  source_document: string;
  area_square_metres: number;
  document: JsonValue;
}

export interface PatchBatchTable {
  name: string;
  sequence: ColumnType<string, number, number>;
  known_on: string;
  document: ColumnType<JsonValue, string, string>;
}

export interface PatchTable extends Boxed {
  batch: string;
  number: string;
  source_number: string | null;
  issuer: string;
  type: string;
  image_date: string;
  verdict: string;
  rule: string;
  tier: string;
  score: number;
  county: string;
  area_square_metres: number;
  excess_square_metres: number;
  change: string;
  parents: JsonValue;
  boundaries: JsonValue;
  card: JsonValue;
  document: JsonValue;
}

interface ReviewTable {
  sequence: ColumnType<string, number, never>;
  patch: string;
  batch: string;
  decision: string;
  unlawful: boolean | null;
  reason: string;
  decided_by: string;
  decided_on: string;
  written_at: string;
  is_current: boolean;
  document: ColumnType<JsonValue, string, never>;
  reopened: ColumnType<JsonValue, string | undefined, string>;
}

export interface CatalogTables {
  'app.run': RunTable;
  'app.run_statistics': RunStatisticsTable;
  'app.journal_position': JournalPositionTable;
  'app.boundary_version': BoundaryVersionTable;
  'app.patch_batch': PatchBatchTable;
  'app.patch': PatchTable;
  'app.review': ReviewTable;
}

export type CatalogDatabase = Kysely<CatalogTables>;

/** Any number, the same in all versions of this program: processes that start at once make the tables one by one. */
const migrationLock = 7_316_540_012;

/** Codes of PostgreSQL for a table and a schema that are not there. */
const absent = ['42P01', '3F000'];

/**
 * The catalog's tables behind a pool, made or brought up to date.
 * @param pool - a `pg.Pool` or anything of its shape; stays the caller's
 */
export async function openDatabase(pool: unknown): Promise<CatalogDatabase> {
  const dialect = new PostgresDialect({ pool: pool as PostgresDialectConfig['pool'] });
  const database = new Kysely<CatalogTables>({ dialect });
  if (await isUpToDate(database)) return database;
  await database.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(migrationLock)})`.execute(transaction);
    await createSchema(transaction, 'app');
  });
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: async () => migrations },
    migrationTableSchema: 'app',
    migrationTableName: 'migration',
    migrationLockTableName: 'migration_lock',
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
  return database;
}

/** Whether all changes of the tables have been made, and no others: one look where the migrator takes a dozen statements. */
async function isUpToDate(database: CatalogDatabase): Promise<boolean> {
  const found = await sql<{ name: string }>`select name from app.migration order by name collate "C"`
    .execute(database)
    .catch((error: unknown) => {
      if (absent.includes((error as { code?: string }).code ?? '')) return { rows: [] };
      throw error;
    });
  return found.rows.map(({ name }) => name).join() === Object.keys(migrations).sort().join();
}
