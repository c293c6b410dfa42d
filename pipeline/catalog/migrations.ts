import { type Kysely, type Migration, sql } from 'kysely';

// biome-ignore lint/suspicious/noExplicitAny: a migration must not depend on today's table types
type Database = Kysely<any>;

/**
 * Numbered changes of the catalog's tables, applied in this order, each once. A published one is never edited: databases
 * that have it would not notice.
 */
export const migrations: Readonly<Record<string, Migration>> = {
  '001-runs': {
    async up(database: Database) {
      await database.schema
        .createTable('app.run')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) =>
          column.notNull().check(sql`state in ('running', 'finished', 'failed', 'cancelled')`),
        )
        .addColumn('plan_digest', 'text', (column) => column.notNull())
        .addColumn('created', 'timestamptz', (column) => column.notNull().defaultTo(sql`now()`))
        .addColumn('finished', 'timestamptz')
        .addColumn('counts', 'jsonb')
        .addColumn('error', 'jsonb')
        .addColumn('cancel_requested', 'boolean', (column) => column.notNull().defaultTo(false))
        .execute();
    },
  },
  '002-run-statistics': {
    async up(database: Database) {
      await database.schema
        .createTable('app.run_statistics')
        .addColumn('run_id', 'text', (column) => column.notNull().references('app.run.id').onDelete('cascade'))
        .addColumn('zone_set', 'text', (column) => column.notNull())
        .addColumn('zone_code', 'text', (column) => column.notNull())
        .addColumn('measure', 'text', (column) => column.notNull())
        .addColumn('value', 'float8', (column) => column.notNull())
        .addPrimaryKeyConstraint('run_statistics_key', ['run_id', 'zone_set', 'zone_code', 'measure'])
        .execute();
    },
  },
};
