import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { Text } from '../pipeline/messages/text.ts';
import { diskError } from '../pipeline/store/directory-store.ts';
import { PGlitePool } from './pglite-pool.ts';

/**
 * Opens the in-process database of a workspace. A directory that does not open any more (the database never flushes to
 * disk, so a power cut may leave one) is moved aside and a new one is made: the store knows what is done.
 * @param notice - called with what happened when the old directory had to be moved aside
 */
export async function openEmbeddedDatabase(
  directory: string,
  prepare: (pool: PGlitePool) => Promise<void>,
  notice: (text: Text) => void,
): Promise<PGlitePool> {
  const existed = existsSync(directory);
  try {
    return await open(directory, prepare);
  } catch (error) {
    const disk = diskError(error, directory);
    if (disk) throw disk;
    if (!existed) throw error;
    const aside = `${directory}.damaged-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
    await rename(directory, aside);
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    notice({
      zh: `队列数据库无法打开（${reason}），已移到 ${aside} 并重建；已完成的计算不受影响`,
      en: `the queue database did not open (${reason}); it was moved to ${aside} and rebuilt; finished work is not affected`,
    });
    return open(directory, prepare);
  }
}

async function open(directory: string, prepare: (pool: PGlitePool) => Promise<void>): Promise<PGlitePool> {
  await mkdir(dirname(directory), { recursive: true });
  const pglite = await PGlite.create(directory);
  try {
    const pool = await PGlitePool.over(pglite);
    await prepare(pool);
    return pool;
  } catch (error) {
    await pglite.close().catch(() => undefined);
    throw error;
  }
}
