import { truncateSync } from 'node:fs';
import { chmod, copyFile, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArtifactStore } from '../../pipeline/store/artifact-store.ts';
import { openStore } from '../../pipeline/store/open-store.ts';
import { placeOf } from '../../pipeline/store/recorded-store.ts';
import type { ResolvedTask, TaskRecord } from '../../pipeline/tasks/task.ts';
import { sha256 } from '../../pipeline/tasks/task-key.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

export function recordOf(key: string, outputs: TaskRecord['outputs']): TaskRecord {
  return { key, id: 'x', kind: 'k', version: 1, parameters: { a: 1 }, inputs: {}, outputs, facts: null };
}

export interface StoreUnderTest {
  readonly store: ArtifactStore;
  /** Settings with which another process opens it. */
  readonly environment?: Readonly<Record<string, string>>;
  /** File in which the store keeps something, `objects/ab/<digest>` say. */
  fileOf(place: string): string;
}

/** What any artifact store must do, whatever it is made of. */
export function artifactStoreConformance(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`${name} as an artifact store`, () => {
    let store: ArtifactStore;
    let fileOf: StoreUnderTest['fileOf'];
    let environment: StoreUnderTest['environment'];
    let scratch: string;
    beforeAll(async () => {
      ({ store, fileOf, environment = {} } = await open());
      await store.prepare();
      scratch = await mkdtemp(join(tmpdir(), 'shuibao-conformance-'));
    });
    afterAll(async () => {
      await rm(scratch, { recursive: true, force: true });
    });

    it('names contents by their SHA-256, whether bytes or files', async () => {
      const stored = await store.putBytes(bytesOf('abc'));
      expect(stored).toEqual({
        digest: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
        bytes: 3,
      });
      const path = join(scratch, 'abc.txt');
      await writeFile(path, 'abc');
      expect(await store.putFile(path)).toEqual(stored);
      expect(await readFile(path, 'utf8')).toBe('abc');
      expect(await store.contentBytes(stored.digest)).toBe(3);
      expect(await store.readBytes(stored.digest)).toEqual(bytesOf('abc'));
      expect(await readFile(await store.localPath(stored.digest), 'utf8')).toBe('abc');
    });

    it('takes empty contents and files larger than one read', async () => {
      expect((await store.putBytes(new Uint8Array())).bytes).toBe(0);
      const large = new Uint8Array(3_000_000).map((_, index) => index % 251);
      const path = join(scratch, 'large.bin');
      await writeFile(path, large);
      const stored = await store.putFile(path, { move: true });
      expect(stored).toEqual({ digest: sha256(large), bytes: large.length });
      // Element by element the test runner would take minutes.
      expect(sha256(await store.readBytes(stored.digest))).toBe(sha256(large));
    });

    it('moves a finished file out of a temporary directory of its own', async () => {
      const directory = await store.createTemporaryDirectory();
      expect(await store.createTemporaryDirectory()).not.toBe(directory);
      const path = join(directory, 'result.tif');
      await writeFile(path, 'moved');
      const stored = await store.putFile(path, { move: true });
      await expect(stat(path)).rejects.toThrow();
      expect(await store.readBytes(stored.digest)).toEqual(bytesOf('moved'));
    });

    it('keeps contents from being overwritten in place', async () => {
      const { digest } = await store.putBytes(bytesOf('fixed'));
      const mode = (await stat(await store.localPath(digest))).mode & 0o222;
      expect(mode).toBe(0);
    });

    it('says that it lacks a content', async () => {
      const digest = sha256('never stored');
      expect(await store.contentBytes(digest)).toBeUndefined();
      await expect(store.readBytes(digest)).rejects.toThrow(/lacks content/);
      await expect(store.localPath(digest)).rejects.toThrow(/lacks content/);
    });

    it('has a result exactly when its record is written and its outputs are there', async () => {
      const key = sha256('task 1');
      expect(await store.hasRecord(key)).toBe(false);
      const stored = await store.putBytes(bytesOf('output'));
      const record = recordOf(key, { out: { ...stored, mediaType: 'text/plain' } });
      expect(await store.hasRecord(key)).toBe(false);
      await store.writeRecord(record);
      expect(await store.hasRecord(key)).toBe(true);
      expect(await store.readRecord(key)).toEqual(record);
      expect(await store.completeRecord(key)).toEqual(record);
      await store.writeRecord(record);
      expect(await store.readRecord(key)).toEqual(record);
    });

    it('refuses the record of an output it lacks or holds with another size', async () => {
      const key = sha256('task 2');
      const absent = { digest: sha256('absent'), bytes: 6, mediaType: 'text/plain' };
      await expect(store.writeRecord(recordOf(key, { out: absent }))).rejects.toThrow(/'out'/);
      const stored = await store.putBytes(bytesOf('four'));
      const wrong = { digest: stored.digest, bytes: 5, mediaType: 'text/plain' };
      await expect(store.writeRecord(recordOf(key, { out: wrong }))).rejects.toThrow(/5 bytes/);
      expect(await store.hasRecord(key)).toBe(false);
    });

    it('does not count a record whose output is damaged, and mends it when the content comes again', async () => {
      const key = sha256('task 3');
      const stored = await store.putBytes(bytesOf('will be cut short'));
      await store.writeRecord(recordOf(key, { out: { ...stored, mediaType: 'text/plain' } }));
      const path = fileOf(placeOf('objects', stored.digest));
      await chmod(path, 0o644);
      await writeFile(path, 'will be');
      expect(await store.hasRecord(key)).toBe(false);
      expect(await store.readRecord(key)).toBeDefined();
      await store.putBytes(bytesOf('will be cut short'));
      expect(await store.hasRecord(key)).toBe(true);
    });

    it('survives many writers of the same content and record', async () => {
      const key = sha256('task 4');
      await Promise.all(
        Array.from({ length: 20 }, async () => {
          const stored = await store.putBytes(bytesOf('shared'));
          await store.writeRecord(recordOf(key, { out: { ...stored, mediaType: 'text/plain' } }));
        }),
      );
      expect(await store.hasRecord(key)).toBe(true);
    });

    it('hands task descriptions over', async () => {
      const key = sha256('task 5');
      const task: ResolvedTask = {
        key,
        id: 'erosion/x000_y000',
        kind: 'erosion',
        version: 3,
        parameters: { method: 'csle', note: '坡长' },
        inputs: { dem: { digest: sha256('dem'), source: { path: 'dem.tif' } }, k: { digest: sha256('k') } },
      };
      expect(await store.readTask(key)).toBeUndefined();
      await store.writeTask(task);
      expect(await store.readTask(key)).toEqual(task);
    });

    it('refuses names that are no digests', async () => {
      await expect(store.readRecord('../../etc/passwd')).rejects.toThrow(/SHA-256/);
      await expect(store.localPath('abc')).rejects.toThrow(/SHA-256/);
    });

    it('is found again by its location', async () => {
      const { digest } = await store.putBytes(bytesOf('found again'));
      expect(await openStore(store.location, { environment: environment! }).readBytes(digest)).toEqual(
        bytesOf('found again'),
      );
    });

    it('takes an empty or cut record for none, and that of another key', async () => {
      for (const [text, cut] of [
        ['cut', 10],
        ['emptied', 0],
      ] as const) {
        await store.writeRecord(recordOf(sha256(text), {}));
        expect(await store.hasRecord(sha256(text))).toBe(true);
        truncateSync(fileOf(placeOf('records', sha256(text))), cut);
        expect(await store.readRecord(sha256(text))).toBeUndefined();
      }
      await store.writeRecord(recordOf(sha256('this one'), {}));
      await store.writeRecord(recordOf(sha256('other one'), {}));
      await copyFile(fileOf(placeOf('records', sha256('other one'))), fileOf(placeOf('records', sha256('this one'))));
      expect(await store.readRecord(sha256('this one'))).toBeUndefined();
    });

    it('sweeps away what is neither kept nor young, records first', async () => {
      const age = (place: string) => utimes(fileOf(place), new Date(0), new Date(0));
      const put = async (text: string) => {
        const stored = await store.putBytes(bytesOf(text));
        await store.writeRecord(recordOf(sha256(text), { out: { ...stored, mediaType: 'text/plain' } }));
        return stored.digest;
      };
      const [kept, old, young, again] = await Promise.all(['kept', 'old', 'young', 'put again'].map(put));
      for (const text of ['kept', 'old']) await age(placeOf('records', sha256(text)));
      for (const digest of [kept!, old!, again!]) await age(placeOf('objects', digest));
      await store.putBytes(bytesOf('put again'));
      const keep = { keys: new Set([sha256('kept')]), objects: new Set([kept!]) };
      const options = { olderThan: new Date(Date.now() - 60_000), dryRun: true };
      const planned = await store.sweep(keep, options);
      expect(await store.hasRecord(sha256('old'))).toBe(true);
      expect(await store.sweep(keep, { ...options, dryRun: false })).toEqual(planned);
      expect(planned.records).toMatchObject({ removed: 1 });
      expect(planned.objects).toMatchObject({ removed: 1, removedBytes: 3 });
      expect(await store.readRecord(sha256('old'))).toBeUndefined();
      expect(await store.contentBytes(old!)).toBeUndefined();
      for (const text of ['kept', 'young']) expect(await store.hasRecord(sha256(text))).toBe(true);
      for (const digest of [kept, young, again]) expect(await store.contentBytes(digest!)).toBeDefined();
    });

    it('lets a sweep be stopped before it has removed anything', async () => {
      const { digest } = await store.putBytes(bytesOf('condemned'));
      await utimes(fileOf(placeOf('objects', digest)), new Date(0), new Date(0));
      const keep = { keys: new Set<string>(), objects: new Set<string>() };
      const proceed = () => Promise.reject(new Error('a run has begun'));
      const sweeping = store.sweep(keep, { olderThan: new Date(1), dryRun: false, proceed });
      await expect(sweeping).rejects.toThrow(/a run has begun/);
      expect(await store.contentBytes(digest)).toBe(9);
    });

    it('tells how much it holds', async () => {
      const before = await store.usage();
      await store.putBytes(bytesOf('eleven more'));
      const after = await store.usage();
      expect(after.objects - before.objects).toBe(1);
      expect(after.objectBytes - before.objectBytes).toBe(11);
      expect(after.records).toBe(before.records);
    });
  });
}
