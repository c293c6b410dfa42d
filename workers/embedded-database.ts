import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { Text } from '../pipeline/messages/text.ts';
import { diskError } from '../pipeline/store/store-errors.ts';
import { dropDatabaseTemplate, readDatabaseTemplate, writeDatabaseTemplate } from './database-template.ts';
import { PGlitePool } from './pglite-pool.ts';

/** Some thousand jobs at most lie between two times; tidying takes a few hundredths of a second then. */
const tidyMilliseconds = 30_000;

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
  const template = await readDatabaseTemplate(options.template);
  if (template) {
    try {
      return await open(options, template);
    } catch (error) {
      const disk = diskError(error, options.directory);
      if (disk) throw disk;
      await dropDatabaseTemplate(options.template);
      await rm(options.directory, { recursive: true, force: true });
    }
  }
  return open(options);
}

async function open(options: EmbeddedDatabaseOptions, template?: Blob): Promise<PGlitePool> {
  const fresh = !existsSync(options.directory);
  await mkdir(dirname(options.directory), { recursive: true });
  const pglite = await PGlite.create(options.directory, template ? { loadDataDir: template } : {});
  try {
    const pool = await PGlitePool.over(pglite);
    await options.prepare(pool);
    if (fresh && !template) await writeDatabaseTemplate(options.template, pglite);
    pool.keepTidy(tidyMilliseconds);
    return pool;
  } catch (error) {
    await pglite.close().catch(() => undefined);
    throw error;
  }
}
