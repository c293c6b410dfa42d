import { join } from 'node:path';
import type { Catalog } from '../../pipeline/catalog/catalog.ts';
import type { Projected } from '../../pipeline/catalog/project-journal.ts';
import { openSqlCatalog } from '../../pipeline/catalog/sql-catalog.ts';
import { databaseTemplatePath } from '../database-template.ts';
import { openEmbeddedDatabase } from '../embedded-database.ts';
import { openJournal } from '../open-journal.ts';
import { migrateQueue, openServerPool } from '../queue-backend.ts';
import { openWorkspaceStore } from '../store-location.ts';
import { lockWorkspace } from '../workspace-lock.ts';
import { OwnerClient } from './api/client.ts';
import { reconcileRuns } from './reconcile-catalog.ts';
import { RegisterFollower } from './register-follower.ts';
import { RunLedger } from './run-ledger.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Works with the catalog of a workspace that nobody serves: on the server at DATABASE_URL, else the embedded one, as owner
 * of the workspace.
 * @throws UserError when another process owns the workspace
 */
export async function withCatalog<T>(
  workspace: string,
  environment: Environment,
  work: (catalog: Catalog) => Promise<T>,
): Promise<T> {
  if (environment.DATABASE_URL) {
    const pool = await openServerPool(environment.DATABASE_URL);
    try {
      return await work(await openSqlCatalog(pool));
    } finally {
      await pool.end();
    }
  }
  const lock = await lockWorkspace(workspace);
  try {
    let catalog: Catalog | undefined;
    const pool = await openEmbeddedDatabase({
      directory: join(workspace, 'database'),
      template: databaseTemplatePath(environment),
      async prepare(opened) {
        await migrateQueue(opened);
        catalog = await openSqlCatalog(opened);
      },
      notice: () => undefined,
    });
    try {
      return await work(catalog!);
    } finally {
      await pool.end();
    }
  } finally {
    await lock.release();
  }
}

/** Makes the catalog of a workspace anew from ledger, store and journal, by its owner where it has one. */
export async function rebuildCatalog(workspace: string, environment: Environment = process.env): Promise<Projected> {
  const owner = await OwnerClient.find(workspace);
  if (owner) return owner.replayJournal();
  return withCatalog(workspace, environment, async (catalog) => {
    await reconcileRuns(catalog, new RunLedger(workspace));
    const [journal, store] = [openJournal(workspace, environment), openWorkspaceStore(workspace, environment)];
    return new RegisterFollower({ journal, store, catalog }).follow({ anew: true });
  });
}

/** Lets the catalog on the server at DATABASE_URL follow the journal. */
export async function followOnServer(workspace: string, environment: Environment): Promise<void> {
  await withCatalog(workspace, environment, async (catalog) => {
    const [journal, store] = [openJournal(workspace, environment), openWorkspaceStore(workspace, environment)];
    return new RegisterFollower({ journal, store, catalog }).follow();
  });
}
