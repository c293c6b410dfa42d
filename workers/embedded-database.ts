import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { compileOnce } from '../pipeline/kernels/tiering-budget.ts';
import type { Text } from '../pipeline/messages/text.ts';
import { diskError } from '../pipeline/store/store-errors.ts';
import { copyDatabaseTemplate, dropDatabaseTemplate, keepDatabaseTemplate } from './database-template.ts';
import { PGlitePool } from './pglite-pool.ts';

/** Some thousand jobs at most lie between two times; tidying takes a few hundredths of a second then. */
const tidyMilliseconds = 30_000;

/** It has one connection, and tables of some megabytes: PostgreSQL's usual 128 MB of buffers would only be filled with zeros. */
const settings = ['shared_buffers=32MB', 'max_connections=4'];

export interface EmbeddedDatabaseOptions {
  readonly directory: string;
  /** File of the template; see `databaseTemplatePath`. */
  readonly template: string;
  /** Makes or updates the tables; writes no rows. */
  prepare(pool: PGlitePool): Promise<void>;
  /** Told what happened when the directory had to be moved aside. */
  notice(text: Text): void;
}

/**
 * Opens the in-process database of a workspace. A directory that does not open any more (the database never flushes to
 * disk, so a power cut may leave one) is moved aside and a new one is made: the store knows what is done.
 */
export async function openEmbeddedDatabase(options: EmbeddedDatabaseOptions): Promise<PGlitePool> {
  const { directory } = options;
  if (!existsSync(directory)) return create(options);
  try {
    return await open(options);
  } catch (error) {
    const disk = diskError(error, directory);
    if (disk) throw disk;
    const aside = `${directory}.damaged-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
    await rename(directory, aside);
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    options.notice({
      zh: `队列数据库无法打开（${reason}），已移到 ${aside} 并重建；已完成的计算不受影响`,
      en: `the queue database did not open (${reason}); it was moved to ${aside} and rebuilt; finished work is not affected`,
    });
    return create(options);
  }
}

async function create(options: EmbeddedDatabaseOptions): Promise<PGlitePool> {
  const { directory, template } = options;
  await mkdir(dirname(directory), { recursive: true });
  if (await copyDatabaseTemplate(template, directory)) {
    try {
      return await open(options);
    } catch (error) {
      const disk = diskError(error, directory);
      if (disk) throw disk;
      await dropDatabaseTemplate(template);
      await rm(directory, { recursive: true, force: true });
    }
  }
  const pool = await open(options);
  await dropSpareDatabases(pool);
  // What is copied must be closed.
  await pool.end();
  await keepDatabaseTemplate(template, directory);
  return open(options);
}

/** PostgreSQL keeps two databases to copy new ones from, which nobody makes here: more than half of all files. */
async function dropSpareDatabases(pool: PGlitePool): Promise<void> {
  await pool.query('UPDATE pg_database SET datistemplate = false');
  for (const name of ['template0', 'template1']) await pool.query(`DROP DATABASE ${name}`);
}

async function open({ directory, prepare }: EmbeddedDatabaseOptions): Promise<PGlitePool> {
  // Half of the database's start went into compiling functions again that hardly run; 30,000 queries take no longer for it.
  compileOnce();
  const pglite = await PGlite.create(directory, {
    startParams: [...PGlite.defaultStartParams, ...settings.flatMap((setting) => ['-c', setting])],
    // The smallest segments of the log: a new database is written half as fast with the usual ones of 16 MB.
    initDbStartParams: ['--wal-segsize=1'],
  });
  try {
    const pool = await PGlitePool.over(pglite);
    await prepare(pool);
    pool.keepTidy(tidyMilliseconds);
    return pool;
  } catch (error) {
    await pglite.close().catch(() => undefined);
    throw error;
  }
}
