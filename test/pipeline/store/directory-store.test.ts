import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DirectoryStore } from '../../../pipeline/store/directory-store.ts';
import { diskError } from '../../../pipeline/store/store-errors.ts';
import { sha256 } from '../../../pipeline/tasks/task-key.ts';
import { artifactStoreConformance } from '../../conformance/artifact-store.conformance.ts';

const root = mkdtempSync(join(tmpdir(), 'shuibao-store-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

for (const durable of [true, false]) {
  const location = join(root, String(durable));
  artifactStoreConformance(durable ? 'a directory' : 'a directory without flushing', async () => ({
    store: new DirectoryStore(location, { durable }),
    fileOf: (place) => join(location, place),
  }));
}

describe('a directory store after accidents', () => {
  const store = new DirectoryStore(join(root, 'accidents'), { durable: false });

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
    expect(existsSync(empty.location)).toBe(false);
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
