import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CodeCache } from '../../../pipeline/programs/code-cache.ts';

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'shuibao-code-'));
  path = join(directory, 'place', 'program');
});
afterEach(() => rmSync(directory, { recursive: true }));

const a = { name: 'a.cjs', source: 'source of a', code: Buffer.from('code of a') };
const b = { name: 'b.cjs', source: 'source of b', code: Buffer.alloc(100_000, 7) };

function keep(files: readonly (typeof a)[], work = ''): void {
  const cache = new CodeCache(path);
  cache.keep(files, work);
  cache.close();
}

function codeOf({ name, source }: Pick<typeof a, 'name' | 'source'>): Buffer | undefined {
  const cache = new CodeCache(path);
  try {
    return cache.codeOf(name, source);
  } finally {
    cache.close();
  }
}

test('what is kept is found again, by name and source', () => {
  expect(codeOf(a)).toBeUndefined();
  keep([a, b]);
  expect(codeOf(a)).toEqual(a.code);
  expect(codeOf(b)).toEqual(b.code);
  expect(codeOf({ ...a, source: 'changed' })).toBeUndefined();
  expect(codeOf({ ...a, name: 'toString' })).toBeUndefined();
});

test('work that needs other files adds to what there is, and is counted by itself', () => {
  keep([a], 'run');
  keep([b], 'check');
  keep([b], 'check');
  expect(codeOf(a)).toEqual(a.code);
  const cache = new CodeCache(path);
  expect(['run', 'check', 'plan'].map((work) => cache.timesKept(work))).toEqual([1, 2, 0]);
  cache.close();
});

test('a file of another build puts an end to all that was kept', () => {
  keep([a, b], 'run');
  const cache = new CodeCache(path);
  const changed = { ...a, source: 'changed' };
  expect(cache.codeOf(changed.name, changed.source)).toBeUndefined();
  cache.keep([changed], 'run');
  cache.close();
  expect(codeOf(changed)).toEqual(a.code);
  expect(codeOf(b)).toBeUndefined();
});

test('code of which a byte has changed does not count, nor does a file cut short', () => {
  keep([a, b]);
  const whole = readFileSync(path);
  for (const at of [0, 5, 40, whole.length - 1]) {
    const damaged = Buffer.from(whole);
    damaged[at]! ^= 1;
    writeFileSync(path, damaged);
    // The last byte is of b's code; what is before may spoil the index and all that it tells.
    expect(codeOf(b), `byte ${at}`).toBeUndefined();
  }
  for (const bytes of [0, 3, 60, whole.length - 1]) {
    writeFileSync(path, whole.subarray(0, bytes));
    expect(codeOf(b), `${bytes} bytes`).toBeUndefined();
  }
});

test.skipIf(process.getuid === undefined)('a file that others may write does not count', () => {
  keep([a]);
  chmodSync(path, 0o620);
  expect(codeOf(a)).toBeUndefined();
  chmodSync(path, 0o644);
  expect(codeOf(a)).toEqual(a.code);
});
