import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileError } from '../../../pipeline/messages/file-error.ts';

const errorOf = (call: () => void): unknown => {
  try {
    call();
  } catch (error) {
    return error;
  }
  return undefined;
};

test('a folder where a file was expected is told, whoever refuses it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shuibao-folder-'));
  for (const call of [() => writeFileSync(folder, ''), () => rmSync(folder)])
    expect(fileError(errorOf(call))?.finding).toMatchObject({ file: folder, found: { zh: '这是目录，不是文件' } });
  rmdirSync(folder);
});

test('what no file was asked for is no error of a file', () => {
  expect(fileError(new Error('no code'))).toBeUndefined();
  expect(fileError(Object.assign(new Error('no path'), { code: 'ENOENT' }))).toBeUndefined();
});
