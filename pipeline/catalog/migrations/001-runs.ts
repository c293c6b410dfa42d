import { type Kysely, sql } from 'kysely';

// biome-ignore lint/suspicious/noExplicitAny: a migration must not depend on today's table types
export async function up(database: Kysely<any>): Promise<void> {
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
}
