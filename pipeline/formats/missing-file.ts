import { accessSync, constants, readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { wasMeant } from '../messages/closest-name.ts';
import type { Text } from '../messages/text.ts';
import { decodeText, isValidIn } from './inspect/text-encoding.ts';
import { nearestFile } from './nearest-file.ts';

export interface MissingFile {
  readonly code: 'file-denied' | 'file-missing';
  readonly reason: Text;
  readonly cure: Text;
}

/**
 * Why a file cannot even be opened; undefined when it can, or when it is none of this machine's files. Beside a name that is
 * not there lies, as a rule, the one that was meant: spelt otherwise, with another ending, or in the encoding of a Chinese
 * Windows, as unpacking an archive leaves it.
 */
export function missingFile(path: string): MissingFile | undefined {
  if (path.startsWith('/vsi')) return undefined;
  try {
    accessSync(path, constants.R_OK);
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES' || code === 'EPERM') return denied;
    if (path.includes('\ufffd')) return nameNotUtf8;
    return { code: 'file-missing', ...lookAround(path) };
  }
}

const denied: MissingFile = {
  code: 'file-denied',
  reason: { zh: '没有读取权限', en: 'no permission to read it' },
  cure: { zh: '请核对文件权限', en: 'check its permissions' },
};

const nameNotUtf8: MissingFile = {
  code: 'file-missing',
  reason: { zh: '文件名不是 UTF-8 编码', en: 'its name is not in UTF-8' },
  cure: { zh: '请改名', en: 'rename it' },
};

function lookAround(path: string): { reason: Text; cure: Text } {
  const name = basename(path);
  const present = namesIn(dirname(path));
  if (present === undefined)
    return { reason: { zh: '所在文件夹不存在', en: 'its folder does not exist' }, cure: checkPath };
  if (present.some((bytes) => isInGbk(bytes) && decodeText(bytes, 'gb18030') === name))
    return {
      reason: { zh: '文件名是 GBK 编码', en: 'the name of the file is in GBK' },
      cure: {
        zh: '请改为 UTF-8，如在该文件夹中用 convmv -f gbk -t utf-8 --notest *',
        en: 'make it UTF-8, as by convmv -f gbk -t utf-8 --notest * in its folder',
      },
    };
  const names = present.map(String);
  if (names.includes(name))
    return { reason: { zh: '链接所指的文件不存在', en: 'it links to a file that is not there' }, cure: checkLink };
  const near = nearestFile(name, names);
  return {
    reason: { zh: '文件不存在', en: 'there is no such file' },
    cure: near === undefined ? checkPath : wasMeant(near),
  };
}

const checkPath: Text = { zh: '请检查路径', en: 'check the path' };
const checkLink: Text = { zh: '请重新建立链接', en: 'make the link anew' };

const isInGbk = (bytes: Uint8Array): boolean => !isValidIn(bytes, 'utf-8') && isValidIn(bytes, 'gb18030');

/** Names of a folder as the bytes they are; undefined where there is no such folder. */
function namesIn(directory: string): readonly Buffer[] | undefined {
  try {
    return readdirSync(directory, { encoding: 'buffer' });
  } catch {
    return undefined;
  }
}
