import { existsSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DirectoryStore, diskError } from '../../../pipeline/store/directory-store.ts';
import { sha256 } from '../../../pipeline/tasks/task-key.ts';
import { artifactStoreConformance, recordOf } from '../../conformance/artifact-store.conformance.ts';

const root = mkdtempSync(join(tmpdir(), 'shuibao-store-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

artifactStoreConformance('a directory', async () => new DirectoryStore(join(root, 'durable')));
artifactStoreConformance(
  'a directory without flushing',
  async () => new DirectoryStore(join(root, 'quick'), { durable: false }),
);

describe('a directory store after accidents', () => {
  const store = new DirectoryStore(join(root, 'accidents'), { durable: false });

  it('takes an empty or cut record for none', async () => {
    const key = sha256('cut');
    await store.writeRecord(recordOf(key, {}));
    expect(await store.hasRecord(key)).toBe(true);
    truncateSync(join(store.root, 'records', key.slice(0, 2), `${key}.json`), 10);
    expect(await store.hasRecord(key)).toBe(false);
    truncateSync(join(store.root, 'records', key.slice(0, 2), `${key}.json`), 0);
    expect(await store.readRecord(key)).toBeUndefined();
  });

  it('does not take the record of another key for this one', async () => {
    const key = sha256('renamed');
    mkdirSync(join(store.root, 'records', key.slice(0, 2)), { recursive: true });
    writeFileSync(
      join(store.root, 'records', key.slice(0, 2), `${key}.json`),
      JSON.stringify(recordOf(sha256('other'), {})),
    );
    expect(await store.readRecord(key)).toBeUndefined();
  });

  it('counts nothing that lies in the temporary directory, and clears it', async () => {
    const directory = await store.createTemporaryDirectory();
    writeFileSync(join(directory, 'half.tif'), 'half');
    const { objects } = await store.usage();
    expect(objects).toBe(0);
    await store.clearTemporary();
    expect(existsSync(directory)).toBe(false);
    await store.putBytes(new TextEncoder().encode('still works'));
  });

  it('can be read before anything was written', async () => {
    const empty = new DirectoryStore(join(root, 'never-made'));
    expect(await empty.hasRecord(sha256('x'))).toBe(false);
    expect(await empty.usage()).toEqual({ objects: 0, objectBytes: 0, records: 0 });
    expect(existsSync(empty.root)).toBe(false);
  });

  it('explains a full disk and a read-only one to the user', () => {
    const full = diskError(Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' }), '/data/w');
    expect(full?.message).toMatch(/^\/data\/w: no space left/);
    expect(diskError(Object.assign(new Error('x'), { code: 'EROFS' }), '/data/w')?.message).toMatch(
      /cannot be written/,
    );
    expect(diskError(new Error('other'), '/data/w')).toBeUndefined();
  });

  it.skipIf(!existsSync('/dev/full'))('knows what the system says of a device without room', async () => {
    const error = await writeFile('/dev/full', 'x').catch((reason: unknown) => reason);
    expect(diskError(error, '/data/w')?.message).toMatch(/no space left/);
  });
});
