import type { Kysely } from 'kysely';

// biome-ignore lint/suspicious/noExplicitAny: a migration must not depend on today's table types
export async function up(database: Kysely<any>): Promise<void> {
  await database.schema
    .createTable('app.run_statistics')
    .addColumn('run_id', 'text', (column) => column.notNull().references('app.run.id').onDelete('cascade'))
    .addColumn('zone_set', 'text', (column) => column.notNull())
    .addColumn('zone_code', 'text', (column) => column.notNull())
    .addColumn('measure', 'text', (column) => column.notNull())
    .addColumn('value', 'float8', (column) => column.notNull())
    .addPrimaryKeyConstraint('run_statistics_key', ['run_id', 'zone_set', 'zone_code', 'measure'])
    .execute();
}
