import { readFile, stat } from 'node:fs/promises';
import { decodeText, guessEncoding } from '../formats/inspect/text-encoding.ts';
import { missingFile } from '../formats/missing-file.ts';
import type { Text } from '../messages/text.ts';
import { type UserError, userError } from '../messages/user-error.ts';
import { runFileKind } from './run-file-yaml.ts';

/** Run files are short; anything larger is not one. */
const maximumBytes = 1 << 20;

/**
 * Text of a run file. Notepad on a Chinese system saves GBK, newer ones UTF-8 or UTF-16; the bytes tell.
 * @throws UserError when there is no such file, it cannot be read, is no plain file, or is far too large
 */
export async function readRunFileText(path: string, { name } = runFileKind): Promise<string> {
  const unreadable = (found: Text, cure: Text = { zh: '请检查路径', en: 'check the path' }): UserError =>
    userError(
      'run-file-unreadable',
      path,
      found,
      { zh: `应为 YAML ${name.zh}`, en: `expected a YAML ${name.en}` },
      cure,
    );
  try {
    const status = await stat(path);
    if (status.isDirectory())
      throw unreadable({ zh: '这是文件夹', en: 'this is a folder' }, { zh: '请给出文件', en: 'name a file' });
    if (!status.isFile()) throw unreadable({ zh: '不是普通文件', en: 'not a plain file' });
    if (status.size > maximumBytes)
      throw userError(
        'run-file-too-large',
        path,
        { zh: `文件超过 1 MB，不是${name.zh}`, en: `larger than 1 MB, so not a ${name.en}` },
        { zh: `应为 YAML ${name.zh}`, en: `expected a YAML ${name.en}` },
        { zh: '请检查路径', en: 'check the path' },
      );
    const bytes = await readFile(path);
    const text = decodeText(bytes, guessEncoding(bytes)).replace(/^\uFEFF/, '');
    if (text.includes('\0')) throw unreadable({ zh: '不是文本文件', en: 'not a text file' });
    return text;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const missing = missingFile(path);
    if (missing) throw unreadable(missing.reason, missing.cure);
    throw unreadable({ zh: `无法读取（${code}）`, en: `cannot be read (${code})` });
  }
}
