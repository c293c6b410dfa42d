import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrations } from '../../../pipeline/catalog/migrations.ts';
import { openSqlCatalog } from '../../../pipeline/catalog/sql-catalog.ts';
import { PGlitePool } from '../../../workers/pglite-pool.ts';
import { openServerPool } from '../../../workers/queue-backend.ts';
import type { SqlPool } from '../../../workers/sql-pool.ts';
import { catalogConformance } from '../../conformance/catalog.conformance.ts';
import { hasPostgres, startPostgres, type TestServer } from '../../support/servers.ts';

/** What `pg_dump --schema=app --inserts --no-owner` gave after each migration, with a few rows. */
const dumps = join(import.meta.dirname, '../../fixtures/catalog');

let embedded: PGlitePool;
beforeAll(async () => {
  embedded = await PGlitePool.over(await PGlite.create());
}, 60_000);
afterAll(() => embedded?.end());

catalogConformance('PGlite', async () => embedded);

describe('catalogs of earlier versions in PGlite', () => upgrades(async () => embedded));

describe.skipIf(!hasPostgres)('on a PostgreSQL server', () => {
  let server: TestServer;
  let pool: SqlPool;
  beforeAll(async () => {
    server = await startPostgres();
    pool = await openServerPool(server.url);
  });
  afterAll(async () => {
    await pool?.end();
    await server?.stop();
  });

  catalogConformance('PostgreSQL', async () => pool);

  describe('catalogs of earlier versions', () => upgrades(async () => pool));
});

function upgrades(openPool: () => Promise<SqlPool>): void {
  it('has a dump of each version', () => {
    expect(readdirSync(dumps).sort()).toEqual(Object.keys(migrations).map((name) => `${name}.sql`));
  });

  it.each(Object.keys(migrations))('brings one after %s up to date and keeps its rows', async (name) => {
    const pool = await openPool();
    await pool.query('drop schema if exists app cascade');
    await openSqlCatalog(pool);
    const fresh = await columns(pool);
    await pool.query('drop schema app cascade');
    await pool.query(readFileSync(join(dumps, `${name}.sql`), 'utf8'));
    const catalog = await openSqlCatalog(pool);
    expect(await columns(pool)).toEqual(fresh);
    expect(await catalog.findRun('old')).toMatchObject({ name: '旧', state: 'finished', counts: { done: 1 } });
    expect(await catalog.supervision.batches()).toEqual([]);
    if (name > '002') expect(await catalog.readStatistics('old')).toHaveLength(1);
  });
}

/** Columns and indexes of all tables. */
async function columns(pool: SqlPool): Promise<unknown> {
  const found = await pool.query(
    `select table_name, column_name, data_type, is_nullable, collation_name from information_schema.columns
     where table_schema = 'app' order by 1, 2`,
  );
  const indexes = await pool.query("select indexname, indexdef from pg_indexes where schemaname = 'app' order by 1");
  return [found.rows, indexes.rows];
}
