import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Digest, ResolvedTask, TaskKey, TaskRecord } from '../tasks/task.ts';
import type { ArtifactStore, StoredContent, StoreUsage } from './artifact-store.ts';
import { contentDigest } from './content-digest.ts';
import { copyContent } from './copy-file.ts';
import { explainingDisk } from './store-errors.ts';
import type { KeptContents, SweepCandidate, SweepCount, SweepOptions, SweepReport } from './sweep.ts';
import { sweep } from './sweep.ts';

const namePattern = /^[0-9a-f]{64}$/;

export type StoreFolder = 'objects' | 'records' | 'tasks';

/**
 * Place of something in a store, the same in every kind of store: `objects/ab/<digest>`, `records/ab/<key>.json`,
 * `tasks/ab/<key>.json`.
 * @throws RangeError for a name that is no digest: names reach file systems and addresses
 */
export function placeOf(folder: StoreFolder, name: string): string {
  if (!namePattern.test(name)) throw new RangeError(`not a SHA-256 in lower-case hexadecimal: ${name}`);
  return `${folder}/${name.slice(0, 2)}/${name}${folder === 'objects' ? '' : '.json'}`;
}

/** What all stores do alike with records, task descriptions and files on their way in, whatever keeps their bytes. */
export abstract class RecordedStore implements ArtifactStore {
  abstract readonly location: string;
  abstract readonly localDirectory: string;
  abstract prepare(): Promise<void>;
  abstract putBytes(bytes: Uint8Array): Promise<StoredContent>;
  abstract contentBytes(digest: Digest): Promise<number | undefined>;
  abstract localPath(digest: Digest): Promise<string>;
  abstract clearTemporary(): Promise<void>;

  /** Keeps the content of a temporary file, which may be moved away. */
  protected abstract keepFile(source: string, digest: Digest, bytes: number): Promise<void>;
  /** What can be done for a temporary file of a size while it is digested. */
  protected async beginKeeping(_source: string, _bytes: number): Promise<void> {}
  /** Text at a place, or undefined when there is none. */
  protected abstract readText(place: string): Promise<string | undefined>;
  /** Puts text at a place so that readers see all of it or none; `lasting` text outlives a power cut. */
  protected abstract writeText(place: string, text: string, lasting: boolean): Promise<void>;
  protected abstract list(folder: StoreFolder | 'temporary'): AsyncIterable<SweepCandidate>;
  protected abstract remove(candidates: readonly SweepCandidate[]): Promise<void>;

  async putFile(path: string, options: { readonly move?: boolean } = {}): Promise<StoredContent> {
    return this.explained(async () => {
      let source = path;
      if (!options.move) {
        source = join(this.temporary(), randomUUID());
        await copyContent(path, source);
      }
      try {
        const { size } = statSync(source);
        const [digest] = await Promise.all([contentDigest(source), this.beginKeeping(source, size)]);
        await this.keepFile(source, digest, size);
        return { digest, bytes: size };
      } finally {
        rmSync(source, { force: true });
      }
    });
  }

  async readBytes(digest: Digest): Promise<Uint8Array> {
    const { buffer, byteOffset, byteLength } = readFileSync(await this.localPath(digest));
    return new Uint8Array(buffer, byteOffset, byteLength);
  }

  async createTemporaryDirectory(): Promise<string> {
    return this.explained(async () => mkdtempSync(join(this.temporary(), 'task-')));
  }

  async readRecord(key: TaskKey): Promise<TaskRecord | undefined> {
    const record = await this.readJson<TaskRecord>(placeOf('records', key));
    return record?.key === key && typeof record.outputs === 'object' ? record : undefined;
  }

  async completeRecord(key: TaskKey): Promise<TaskRecord | undefined> {
    const record = await this.readRecord(key);
    if (!record) return undefined;
    for (const output of Object.values(record.outputs)) {
      if ((await this.contentBytes(output.digest)) !== output.bytes) return undefined;
    }
    return record;
  }

  async hasRecord(key: TaskKey): Promise<boolean> {
    return (await this.completeRecord(key)) !== undefined;
  }

  async writeRecord(record: TaskRecord): Promise<void> {
    for (const [name, output] of Object.entries(record.outputs)) {
      const bytes = await this.contentBytes(output.digest);
      if (bytes !== output.bytes) {
        throw new Error(
          `record of ${record.id}: output '${name}' should be ${output.bytes} bytes in the store, found ${bytes ?? 'none'}`,
        );
      }
    }
    await this.writeText(placeOf('records', record.key), `${JSON.stringify(record)}\n`, true);
  }

  async writeTask(task: ResolvedTask): Promise<void> {
    await this.writeText(placeOf('tasks', task.key), `${JSON.stringify(task)}\n`, false);
  }

  async readTask(key: TaskKey): Promise<ResolvedTask | undefined> {
    const task = await this.readJson<ResolvedTask>(placeOf('tasks', key));
    return task?.key === key ? task : undefined;
  }

  /** Digests of all contents. */
  async *contents(): AsyncGenerator<Digest> {
    for await (const { name } of this.list('objects')) yield name;
  }

  /** Keys of all records. */
  async *recordKeys(): AsyncGenerator<TaskKey> {
    for await (const { name } of this.list('records')) yield name;
  }

  async usage(): Promise<StoreUsage> {
    let [objects, objectBytes, records] = [0, 0, 0];
    for await (const { bytes } of this.list('objects')) {
      objects += 1;
      objectBytes += bytes;
    }
    for await (const _record of this.list('records')) records += 1;
    return { objects, objectBytes, records };
  }

  async sweep(keep: KeptContents, options: SweepOptions): Promise<SweepReport> {
    const part = (folder: StoreFolder | 'temporary', isKept: (name: string) => boolean): Promise<SweepCount> =>
      sweep(this.list(folder), isKept, (candidates) => this.remove(candidates), options);
    return {
      // Records go before the contents they name, so that a sweep cut short leaves no record of what is gone.
      records: await part('records', (key) => keep.keys.has(key)),
      tasks: await part('tasks', (key) => keep.keys.has(key)),
      objects: await part('objects', (digest) => keep.objects.has(digest)),
      temporary: await part('temporary', () => false),
    };
  }

  /** Where work in progress lies, on a disk of this machine. */
  protected temporary(): string {
    const directory = join(this.localDirectory, 'temporary');
    mkdirSync(directory, { recursive: true });
    return directory;
  }

  /** Does work on that disk; that it is full or read-only is told as such. */
  protected explained<T>(work: () => Promise<T>): Promise<T> {
    return explainingDisk(this.localDirectory, work);
  }

  private async readJson<T>(place: string): Promise<T | undefined> {
    const text = await this.readText(place);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text) as T;
    } catch {
      // A power cut can leave an empty file behind a finished rename; that is no result.
      return undefined;
    }
  }
}

export const lacksContent = (digest: Digest): Error => new Error(`the store lacks content ${digest}`);
