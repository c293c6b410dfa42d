import { join } from 'node:path';
import { FileJournal } from '../pipeline/catalog/file-journal.ts';
import type { Journal } from '../pipeline/catalog/journal.ts';
import { SqlJournal } from '../pipeline/catalog/sql-journal.ts';
import { userError } from '../pipeline/messages/user-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** File of a journal that lies in its workspace. */
export const journalFile = (workspace: string): string => join(workspace, 'journal.jsonl');

/**
 * The journal of a workspace: a table of the server at DATABASE_URL, which begins with what the file has, else a file in the
 * workspace. Reading it and appending
 * to it need no ownership of the workspace.
 */
export function openJournal(workspace: string, environment: Environment = process.env): Journal {
  const file = new FileJournal(journalFile(workspace));
  const url = environment.DATABASE_URL;
  if (!url) return file;
  // Asked for at the first entry only, and no reason for the process to stay when it is done.
  const pool = async () => (await import('./queue-backend.ts')).openServerPool(url, { keepsProcess: false });
  return new SqlJournal(pool, `${hostOf(url)} journal.entry`, file);
}

function hostOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed && /^postgres(ql)?:$/.test(parsed.protocol)) return parsed.host;
  throw userError(
    'database-url',
    'DATABASE_URL',
    { zh: '不是数据库地址', en: 'is no address of a database' },
    { zh: '应为 postgres://用户:口令@主机:端口/数据库', en: 'expected postgres://user:password@host:port/database' },
  );
}
