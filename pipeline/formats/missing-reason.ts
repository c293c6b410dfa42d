import { accessSync, constants } from 'node:fs';
import type { Text } from '../messages/text.ts';

/** Why a file cannot even be opened; undefined when it can, or when it is none of this machine's files. */
export function missingReason(path: string): Text | undefined {
  if (path.startsWith('/vsi')) return undefined;
  try {
    accessSync(path, constants.R_OK);
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'EACCES' || code === 'EPERM'
      ? { zh: '没有读取权限', en: 'no permission to read it' }
      : path.includes('\ufffd')
        ? { zh: '文件名不是 UTF-8 编码，请改名', en: 'its name is not in UTF-8; rename it' }
        : { zh: '文件不存在', en: 'there is no such file' };
  }
}
