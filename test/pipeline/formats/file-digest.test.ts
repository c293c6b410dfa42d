import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { digestFile } from '../../../pipeline/formats/file-digest.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shuibao-digest-'));
  return () => rmSync(folder, { recursive: true });
});

function geodatabase(name: string, files: Readonly<Record<string, string>>): string {
  const path = join(folder, name);
  mkdirSync(path);
  for (const [file, content] of Object.entries(files)) writeFileSync(join(path, file), content);
  return path;
}

test('the digest of a file is that of its bytes', async () => {
  const path = join(folder, 'a.gpkg');
  writeFileSync(path, 'abc');
  expect(await digestFile(path)).toEqual({ bytes: 3, sha256: createHash('sha256').update('abc').digest('hex') });
});

describe('the digest of a geodatabase', () => {
  const files = { 'a1.gdbtable': 'abc', 'a2.gdbtable': 'de' };

  test('is that of names and contents, whatever order they were written in, without locks', async () => {
    const whole = await digestFile(geodatabase('one.gdb', files));
    expect(whole.bytes).toBe(5);
    const again = geodatabase('two.gdb', { _gdb: '', 'a2.gdbtable': 'de', 'a1.gdbtable': 'abc', 'x.rd.LOCK': 'lock' });
    rmSync(join(again, '_gdb'));
    expect(await digestFile(again)).toEqual(whole);
    const others: readonly Readonly<Record<string, string>>[] = [
      { ...files, 'a1.gdbtable': 'abd' },
      { 'a1.gdbtable': 'abc', 'a3.gdbtable': 'de' },
    ];
    for (const other of others) {
      const path = geodatabase('other.gdb', other);
      expect((await digestFile(path)).sha256).not.toBe(whole.sha256);
      rmSync(path, { recursive: true });
    }
  });

  test('is another when a file in it was written anew, though the folder looks as it did', async () => {
    const path = geodatabase('one.gdb', files);
    const cache = { cacheDirectory: join(folder, 'cache') };
    const before = await digestFile(path, cache);
    expect(await digestFile(path, cache)).toEqual(before);
    writeFileSync(join(path, 'a2.gdbtable'), 'xyz');
    const after = await digestFile(path, cache);
    expect(after).toEqual(await digestFile(path));
    expect(after.sha256).not.toBe(before.sha256);
  });
});
