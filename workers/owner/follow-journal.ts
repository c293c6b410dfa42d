import { OwnerClient } from './api/client.ts';

/**
 * Lets the catalog of a workspace follow the journal after an entry was written. An embedded catalog without an owner
 * follows when the next process opens it: until then nobody can read it.
 */
export async function followJournal(
  workspace: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<void> {
  const owner = await OwnerClient.find(workspace);
  if (owner) await owner.followJournal();
  else if (environment.DATABASE_URL) await (await import('./catalog-access.ts')).followOnServer(workspace, environment);
}
