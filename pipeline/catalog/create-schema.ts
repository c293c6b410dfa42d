import { type Kysely, sql } from 'kysely';

/**
 * Makes a schema unless it is there. For use under a lock that others who make it take too: what they made while this
 * connection waited is seen by a query, but not by `create schema if not exists`, which may still remember that the name
 * was free when it last looked.
 */
// biome-ignore lint/suspicious/noExplicitAny: works on any tables
export async function createSchema(transaction: Kysely<any>, name: 'app' | 'journal'): Promise<void> {
  const found = await sql`select from pg_namespace where nspname = ${name}`.execute(transaction);
  if (found.rows.length === 0) await sql`create schema ${sql.id(name)}`.execute(transaction);
}
