import { execFile } from 'node:child_process';
import { constants, existsSync } from 'node:fs';
import { access, mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { userError } from '../../pipeline/messages/user-error.ts';

const run = promisify(execFile);

/** Whether a name is that of an archive, not of a directory. */
export const isArchive = (path: string): boolean => /\.(tar|tar\.gz|tgz)$/i.test(path);

const compression = (path: string): readonly string[] => (/\.tar$/i.test(path) ? [] : ['-z']);

/** Lets `work` fill a directory beside an archive, and packs it; the archive has its name once it is whole. */
export async function packing<T>(archive: string, work: (directory: string) => Promise<T>): Promise<T> {
  const path = resolve(archive);
  if (existsSync(path))
    throw userError('backup-exists', archive, { zh: '文件已存在', en: 'the file is there already' }, undefined, {
      zh: '换一个名字',
      en: 'take another name',
    });
  await access(dirname(path), constants.W_OK);
  return beside(path, async (directory) => {
    const result = await work(join(directory, 'content'));
    const part = join(directory, 'archive');
    await run('tar', ['-c', ...compression(path), '-f', part, '-C', join(directory, 'content'), '.']);
    await rename(part, path);
    return result;
  });
}

/** Unpacks an archive into a directory beside it for `work` to read. */
export async function unpacked<T>(archive: string, work: (directory: string) => Promise<T>): Promise<T> {
  const path = resolve(archive);
  await access(path, constants.R_OK);
  return beside(path, async (directory) => {
    try {
      await run('tar', ['-x', ...compression(path), '--no-same-owner', '-f', path, '-C', directory]);
    } catch (error) {
      const said = (error as { stderr?: string }).stderr || (error as Error).message;
      const reason = said.split('\n').find((line) => line.trim() !== '') ?? '';
      throw userError(
        'backup-unknown',
        archive,
        {
          zh: `无法解开，文件不完整或不是备份（${reason}）`,
          en: `cannot be unpacked: incomplete, or no backup (${reason})`,
        },
        undefined,
        { zh: '用另一份备份', en: 'take another backup' },
      );
    }
    return work(directory);
  });
}

async function beside<T>(path: string, work: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(dirname(path), `.${basename(path)}-`));
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
