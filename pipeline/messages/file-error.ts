import type { Text } from './text.ts';
import { type UserError, userError } from './user-error.ts';

const reasons: Readonly<Record<string, Text>> = {
  ENOENT: { zh: '文件或目录不存在', en: 'there is no such file or directory' },
  EACCES: { zh: '没有权限', en: 'permission denied' },
  EPERM: { zh: '没有权限', en: 'permission denied' },
  EROFS: { zh: '磁盘只读', en: 'the disk is read-only' },
  EEXIST: { zh: '已有同名文件', en: 'there is a file of this name' },
  EISDIR: { zh: '这是目录，不是文件', en: 'this is a directory, not a file' },
  ERR_FS_EISDIR: { zh: '这是目录，不是文件', en: 'this is a directory, not a file' },
  ENOTDIR: { zh: '路径中有一段是文件，不是目录', en: 'a part of the path is a file, not a directory' },
  ENOTEMPTY: { zh: '目录不是空的', en: 'the directory is not empty' },
  ENAMETOOLONG: { zh: '名称过长', en: 'the name is too long' },
  ELOOP: { zh: '符号链接成环', en: 'its links go round in a circle' },
  ENOSPC: { zh: '磁盘空间已用完', en: 'no space is left on the disk' },
  EDQUOT: { zh: '磁盘配额已用完', en: 'the disk quota is used up' },
};

/** The user's version of a system call that failed on a file or directory; undefined for any other error. */
export function fileError(error: unknown): UserError | undefined {
  const { code, path } = error as NodeJS.ErrnoException;
  const reason = code === undefined ? undefined : reasons[code];
  if (reason === undefined || typeof path !== 'string') return undefined;
  return userError('file-error', path, reason, undefined, {
    zh: '请检查路径和权限',
    en: 'check the path and its permissions',
  });
}
