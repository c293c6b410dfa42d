import { statSync } from 'node:fs';
import { extname } from 'node:path';
import type { Text } from '../messages/text.ts';
import { userError } from '../messages/user-error.ts';
import { type MissingFile, missingFile } from './missing-file.ts';

/** Why a path is of no use as a file. */
export interface UnusableFile {
  readonly code: MissingFile['code'] | 'file-is-folder' | 'file-not-plain' | 'file-empty';
  readonly reason: Text;
  readonly cure: Text;
}

/**
 * What is wrong with a file before any of it is read: not there, a folder (but for geodatabases, which are folders), a pipe or
 * device, whose reading may never end, or empty. Undefined when nothing is.
 */
export function unusableFile(path: string): UnusableFile | undefined {
  const missing = missingFile(path);
  if (missing !== undefined || path.startsWith('/vsi')) return missing;
  const status = statSync(path);
  if (status.isDirectory()) return extname(path).toLowerCase() === '.gdb' ? undefined : folder;
  if (!status.isFile()) return notPlain;
  return status.size === 0 ? empty : undefined;
}

/** @throws UserError for a file that is of no use; `expected` says what it should be */
export function requireFile(path: string, shown: string, expected?: Text): void {
  const unusable = unusableFile(path);
  if (unusable) throw userError(unusable.code, shown, unusable.reason, expected, unusable.cure);
}

const folder: UnusableFile = {
  code: 'file-is-folder',
  reason: { zh: '这是文件夹', en: 'this is a folder' },
  cure: { zh: '请给出文件', en: 'name a file' },
};

const notPlain: UnusableFile = {
  code: 'file-not-plain',
  reason: { zh: '不是普通文件', en: 'it is no plain file' },
  cure: { zh: '请给出文件', en: 'name a file' },
};

const empty: UnusableFile = {
  code: 'file-empty',
  reason: { zh: '文件是空的（0 字节）', en: 'the file is empty (0 bytes)' },
  cure: { zh: '请重新导出或重新拷贝', en: 'export or copy it again' },
};
