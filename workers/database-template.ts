import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { cacheDirectory } from '../pipeline/store/cache-directory.ts';

/**
 * Keeps one freshly made database per user, because making one costs many seconds of computing and unpacking one does
 * not. It holds tables only, no rows; losing it costs nothing but the time to make it again.
 */
export function databaseTemplatePath(environment: Readonly<Record<string, string | undefined>>): string {
  return join(
    cacheDirectory(environment),
    `database-pglite${packageVersion('@electric-sql/pglite')}-bullmq${packageVersion('bullmq')}.tar.gz`,
  );
}

/** The template for `loadDataDir`, or undefined when there is none yet. */
export async function readDatabaseTemplate(path: string): Promise<Blob | undefined> {
  try {
    return new Blob([await readFile(path)]);
  } catch {
    return undefined;
  }
}

/** Keeps a database that holds no rows yet; failing to do so is no failure. */
export async function writeDatabaseTemplate(path: string, pglite: PGlite): Promise<void> {
  const temporary = `${path}.${randomUUID()}`;
  try {
    const dump = await pglite.dumpDataDir('gzip');
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, new Uint8Array(await dump.arrayBuffer()));
    await rename(temporary, path);
  } catch {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

/** Removes a template that did not open. */
export async function dropDatabaseTemplate(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => undefined);
}

function packageVersion(name: string): string {
  const require = createRequire(import.meta.url);
  // Not every package lets its package.json be imported, so it is looked for upwards from the entry file.
  let directory = dirname(require.resolve(name));
  for (;;) {
    try {
      const described = require(join(directory, 'package.json')) as { name?: string; version?: string };
      if (described.name === name && described.version) return described.version;
    } catch {
      // Look one level higher.
    }
    const parent = dirname(directory);
    if (parent === directory) return 'unknown';
    directory = parent;
  }
}
