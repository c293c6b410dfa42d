import { userError } from '../messages/user-error.ts';
import { systemErrorCode } from './atomic-file.ts';

/** Findings of which every other task of a run would fail too: stop, let a person act, and go on with `resume`. */
export const hopelessStoreFindings: readonly string[] = [
  'disk-full',
  'disk-read-only',
  'store-full',
  'store-denied',
  'store-keys',
  'store-bucket',
  'store-unreachable',
];

const keptAndResume = {
  zh: '，已完成的部分会保留',
  en: '; finished work is kept',
};

/** The user's version of an error that comes from a full or read-only disk; undefined for any other error. */
export function diskError(error: unknown, directory: string): Error | undefined {
  const code = systemErrorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return userError(
      'disk-full',
      directory,
      { zh: '磁盘空间已用完，结果无法写入', en: 'no space left on the disk; results cannot be written' },
      { zh: '', en: '' },
      {
        zh: `清理磁盘或把工作目录移到更大的磁盘后再次运行${keptAndResume.zh}`,
        en: `free some space, or move the workspace to a larger disk, and run again${keptAndResume.en}`,
      },
    );
  }
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
    return userError(
      'disk-read-only',
      directory,
      { zh: '目录不可写', en: 'the directory cannot be written' },
      { zh: '', en: '' },
      { zh: '检查目录权限，或另选工作目录', en: 'check its permissions or choose another workspace' },
    );
  }
  return undefined;
}

/** Does work on a directory and tells of a full or read-only disk in the user's words. */
export async function explainingDisk<T>(directory: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw diskError(error, directory) ?? error;
  }
}
