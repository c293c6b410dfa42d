import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { migrations } from '../pipeline/catalog/migrations.ts';
import { cacheDirectory } from '../pipeline/store/cache-directory.ts';

/** Raised when a template is made in another way. */
const layout = 2;

/**
 * One freshly made database is kept per user, because making one costs many seconds of computing and copying one does
 * not. It holds tables only, no rows; losing it costs nothing but the time to make it again. Where the catalog is on a server its
 * tables are not among them: one that lacks them would serve other workspaces too, and each would make them anew.
 */
export function databaseTemplatePath(environment: Readonly<Record<string, string | undefined>>): string {
  const [database, queue] = [packageVersion('@electric-sql/pglite'), packageVersion('bullmq')];
  const tables = environment.DATABASE_URL ? 'queue' : `catalog${Object.keys(migrations).sort().at(-1)}`;
  return join(cacheDirectory(environment), `database-${layout}-pglite${database}-bullmq${queue}-${tables}`);
}

/** Makes a database directory after the template. @returns whether there is a template */
export async function copyDatabaseTemplate(template: string, directory: string): Promise<boolean> {
  if (!existsSync(template)) return false;
  const now = new Date();
  await utimes(template, now, now).catch(() => undefined);
  await copyWhole(template, directory);
  return true;
}

/** Keeps a closed database that holds no rows yet; failing to do so is no failure. Templates that nobody uses any more go. */
export async function keepDatabaseTemplate(template: string, directory: string): Promise<void> {
  await mkdir(dirname(template), { recursive: true })
    .then(() => copyWhole(directory, template))
    .then(() => dropUnusedTemplates(template))
    .catch(() => undefined);
}

/** A template unused for so long is that of a version that has gone; one in use by a version beside this one is younger. */
const unusedMilliseconds = 14 * 86_400_000;

async function dropUnusedTemplates(template: string): Promise<void> {
  const cache = dirname(template);
  for (const name of await readdir(cache)) {
    const path = join(cache, name);
    if (path === template || !/^database-.*pglite/.test(name)) continue;
    if (Date.now() - (await stat(path)).mtimeMs > unusedMilliseconds) await dropDatabaseTemplate(path);
  }
}

/** Removes a template that did not open. */
export async function dropDatabaseTemplate(template: string): Promise<void> {
  await rm(template, { recursive: true, force: true }).catch(() => undefined);
}

/** Copies a directory; whoever looks meanwhile sees none or the whole of it. */
async function copyWhole(from: string, to: string): Promise<void> {
  const unfinished = `${to}.${randomUUID()}`;
  try {
    mkdirSync(unfinished);
    // A thousand small files: `cp` of node:fs takes four times as long, and waiting for each in turn twice as long.
    for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
      const path = relative(from, join(entry.parentPath, entry.name));
      if (entry.isDirectory()) mkdirSync(join(unfinished, path), { recursive: true });
      else copyFileSync(join(from, path), join(unfinished, path));
    }
    await rename(unfinished, to);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
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
