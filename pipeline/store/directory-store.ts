import { createHash, randomUUID } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { userError } from '../messages/user-error.ts';
import type { Digest, ResolvedTask, TaskKey, TaskRecord } from '../tasks/task.ts';
import { sha256 } from '../tasks/task-key.ts';
import type { ArtifactStore, StoredContent, StoreUsage } from './artifact-store.ts';
import { renameIntoPlace, syncFile, systemErrorCode, writeFileAtomically } from './atomic-file.ts';

export interface DirectoryStoreOptions {
  /** Whether contents and records are flushed to the disk before they count; default true. */
  readonly durable?: boolean;
}

const namePattern = /^[0-9a-f]{64}$/;

/**
 * Artifact store in one directory:
 *   objects/ab/<digest>   contents, read-only
 *   records/ab/<key>.json results
 *   tasks/ab/<key>.json   descriptions of tasks handed out
 *   temporary/            work in progress; nothing in it counts
 */
export class DirectoryStore implements ArtifactStore {
  readonly root: string;
  private readonly durable: boolean;

  constructor(root: string, options: DirectoryStoreOptions = {}) {
    this.root = root;
    this.durable = options.durable ?? true;
  }

  async readRecord(key: TaskKey): Promise<TaskRecord | undefined> {
    const record = await this.readJson<TaskRecord>(this.place('records', key, '.json'));
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
    await this.writeJson(this.place('records', record.key, '.json'), record, this.durable);
  }

  async putFile(path: string, options: { readonly move?: boolean } = {}): Promise<StoredContent> {
    return this.explainFullDisk(async () => {
      let source = path;
      if (!options.move) {
        source = join(await this.temporary(), randomUUID());
        await copyFile(path, source, constants.COPYFILE_FICLONE);
      }
      try {
        const hash = createHash('sha256');
        await pipeline(createReadStream(source, { highWaterMark: 1 << 20 }), hash);
        const digest = hash.digest('hex');
        const { size } = await stat(source);
        if ((await this.contentBytes(digest)) === size) return { digest, bytes: size };
        if (this.durable) await syncFile(source);
        await chmod(source, 0o444);
        await this.moveIntoObjects(source, digest);
        return { digest, bytes: size };
      } finally {
        await rm(source, { force: true });
      }
    });
  }

  async putBytes(bytes: Uint8Array): Promise<StoredContent> {
    const digest = sha256(bytes);
    return this.explainFullDisk(async () => {
      if ((await this.contentBytes(digest)) !== bytes.byteLength) {
        await writeFileAtomically(this.place('objects', digest), bytes, {
          temporaryDirectory: await this.temporary(),
          durable: this.durable,
          mode: 0o444,
        });
      }
      return { digest, bytes: bytes.byteLength };
    });
  }

  async contentBytes(digest: Digest): Promise<number | undefined> {
    try {
      return (await stat(this.place('objects', digest))).size;
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  async localPath(digest: Digest): Promise<string> {
    const path = this.place('objects', digest);
    if ((await this.contentBytes(digest)) === undefined) throw new Error(`the store lacks content ${digest}`);
    return path;
  }

  async readBytes(digest: Digest): Promise<Uint8Array> {
    const { buffer, byteOffset, byteLength } = await readFile(await this.localPath(digest));
    return new Uint8Array(buffer, byteOffset, byteLength);
  }

  async writeTask(task: ResolvedTask): Promise<void> {
    await this.writeJson(this.place('tasks', task.key, '.json'), task, false);
  }

  async readTask(key: TaskKey): Promise<ResolvedTask | undefined> {
    const task = await this.readJson<ResolvedTask>(this.place('tasks', key, '.json'));
    return task?.key === key ? task : undefined;
  }

  async createTemporaryDirectory(): Promise<string> {
    return this.explainFullDisk(async () => mkdtemp(join(await this.temporary(), 'task-')));
  }

  /** Removes what interrupted work left behind; only for the sole owner of the store. */
  async clearTemporary(): Promise<void> {
    await rm(join(this.root, 'temporary'), { recursive: true, force: true });
  }

  async usage(): Promise<StoreUsage> {
    let objects = 0;
    let objectBytes = 0;
    for await (const path of this.files('objects')) {
      const entry = await stat(path).catch(() => undefined);
      if (!entry) continue;
      objects += 1;
      objectBytes += entry.size;
    }
    let records = 0;
    for await (const _path of this.files('records')) records += 1;
    return { objects, objectBytes, records };
  }

  private place(folder: 'objects' | 'records' | 'tasks', name: string, extension = ''): string {
    // Names reach the file system, so nothing but a digest may pass.
    if (!namePattern.test(name)) throw new RangeError(`not a SHA-256 in lower-case hexadecimal: ${name}`);
    return join(this.root, folder, name.slice(0, 2), name + extension);
  }

  private async temporary(): Promise<string> {
    const directory = join(this.root, 'temporary');
    await mkdir(directory, { recursive: true });
    return directory;
  }

  private async moveIntoObjects(source: string, digest: Digest): Promise<void> {
    const target = this.place('objects', digest);
    try {
      await renameIntoPlace(source, target, this.durable);
    } catch (error) {
      if (systemErrorCode(error) !== 'EXDEV') throw error;
      const near = join(await this.temporary(), randomUUID());
      try {
        await copyFile(source, near);
        if (this.durable) await syncFile(near);
        await renameIntoPlace(near, target, this.durable);
      } finally {
        await rm(near, { force: true });
      }
    }
  }

  private async readJson<T>(path: string): Promise<T | undefined> {
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return undefined;
      throw error;
    }
    try {
      return JSON.parse(text) as T;
    } catch {
      // A power cut can leave an empty file behind a finished rename; that is no result.
      return undefined;
    }
  }

  private async writeJson(path: string, value: unknown, durable: boolean): Promise<void> {
    await this.explainFullDisk(async () =>
      writeFileAtomically(path, `${JSON.stringify(value)}\n`, {
        temporaryDirectory: await this.temporary(),
        durable,
      }),
    );
  }

  private async *files(folder: string): AsyncGenerator<string> {
    const top = join(this.root, folder);
    for (const prefix of await readdir(top).catch(() => [])) {
      for (const name of await readdir(join(top, prefix)).catch(() => [])) yield join(top, prefix, name);
    }
  }

  private async explainFullDisk<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw diskError(error, this.root) ?? error;
    }
  }
}

/** The user's version of an error that comes from a full or read-only disk; undefined for any other error. */
export function diskError(error: unknown, directory: string): Error | undefined {
  const code = systemErrorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return userError(
      'disk-full',
      directory,
      { zh: '磁盘空间已用完，结果无法写入', en: 'no space left on the disk; results cannot be written' },
      { zh: '', en: '' },
      {
        zh: '清理磁盘或把工作目录移到更大的磁盘后再次运行，已完成的部分会保留',
        en: 'free some space, or move the workspace to a larger disk, and run again; finished work is kept',
      },
    );
  }
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
    return userError(
      'disk-read-only',
      directory,
      { zh: '目录不可写', en: 'the directory cannot be written' },
      { zh: '', en: '' },
      { zh: '检查目录权限，或另选工作目录', en: 'check its permissions or choose another workspace' },
    );
  }
  return undefined;
}
