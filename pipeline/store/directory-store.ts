import { randomUUID } from 'node:crypto';
import { chmodSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { access, constants, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Digest } from '../tasks/task.ts';
import { sha256 } from '../tasks/task-key.ts';
import type { StoredContent } from './artifact-store.ts';
import { renameIntoPlace, syncFile, systemErrorCode, writeFileAtomically } from './atomic-file.ts';
import { copyContent } from './copy-file.ts';
import { lacksContent, placeOf, RecordedStore, type StoreFolder } from './recorded-store.ts';
import type { SweepCandidate } from './sweep.ts';

export interface DirectoryStoreOptions {
  /** Whether contents and records are flushed to the disk before they count; default true. */
  readonly durable?: boolean;
}

const flushedAhead = 16 * 2 ** 20;

/** Artifact store in one directory; work in progress lies in its `temporary/`, in which nothing counts. */
export class DirectoryStore extends RecordedStore {
  readonly location: string;
  readonly localDirectory: string;
  private readonly durable: boolean;

  constructor(directory: string, options: DirectoryStoreOptions = {}) {
    super();
    this.location = directory;
    this.localDirectory = directory;
    this.durable = options.durable ?? true;
  }

  async prepare(): Promise<void> {
    await this.explained(async () => access(this.temporary(), constants.W_OK));
  }

  async putBytes(bytes: Uint8Array): Promise<StoredContent> {
    const digest = sha256(bytes);
    return this.explained(async () => {
      if (!(await this.holds(digest, bytes.byteLength))) {
        await writeFileAtomically(this.path(digest), bytes, {
          temporaryDirectory: this.temporary(),
          durable: this.durable,
          mode: 0o444,
        });
      }
      return { digest, bytes: bytes.byteLength };
    });
  }

  async contentBytes(digest: Digest): Promise<number | undefined> {
    return statSync(this.path(digest), { throwIfNoEntry: false })?.size;
  }

  async localPath(digest: Digest): Promise<string> {
    if ((await this.contentBytes(digest)) === undefined) throw lacksContent(digest);
    return this.path(digest);
  }

  async clearTemporary(): Promise<void> {
    await rm(join(this.location, 'temporary'), { recursive: true, force: true });
  }

  /** A large file is on its way to the disk before its digest is known; it is seldom here already. */
  protected override async beginKeeping(source: string, bytes: number): Promise<void> {
    if (this.durable && bytes >= flushedAhead) await syncFile(source);
  }

  protected async keepFile(source: string, digest: Digest, bytes: number): Promise<void> {
    if (await this.holds(digest, bytes)) return;
    if (this.durable) await syncFile(source);
    chmodSync(source, 0o444);
    await this.moveIntoObjects(source, digest);
  }

  protected async readText(place: string): Promise<string | undefined> {
    try {
      return readFileSync(join(this.location, place), 'utf8');
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  protected async writeText(place: string, text: string, lasting: boolean): Promise<void> {
    await this.explained(async () =>
      writeFileAtomically(join(this.location, place), text, {
        temporaryDirectory: this.temporary(),
        durable: lasting && this.durable,
      }),
    );
  }

  protected async *list(folder: StoreFolder | 'temporary'): AsyncGenerator<SweepCandidate> {
    const top = join(this.location, folder);
    const directories =
      folder === 'temporary' ? [top] : (await readdir(top).catch(() => [])).map((prefix) => join(top, prefix));
    for (const directory of directories) {
      for (const file of await readdir(directory).catch(() => [])) {
        const place = join(directory, file);
        const found = await stat(place).catch(() => undefined);
        if (!found) continue;
        const bytes = found.isFile() ? found.size : 0;
        yield { name: file.replace(/\.json$/, ''), bytes, changed: found.mtime, place };
      }
    }
  }

  protected async remove(candidates: readonly SweepCandidate[]): Promise<void> {
    for (const { place } of candidates) await rm(place, { recursive: true, force: true });
  }

  private path(digest: Digest): string {
    return join(this.location, placeOf('objects', digest));
  }

  /** Whether the content lies here whole; if so it counts as young again, for whoever puts it is about to need it. */
  private async holds(digest: Digest, bytes: number): Promise<boolean> {
    if ((await this.contentBytes(digest)) !== bytes) return false;
    const now = new Date();
    try {
      utimesSync(this.path(digest), now, now);
    } catch {
      // Another user's file cannot be touched; its age then speaks for itself.
    }
    return true;
  }

  private async moveIntoObjects(source: string, digest: Digest): Promise<void> {
    const target = this.path(digest);
    try {
      await renameIntoPlace(source, target, this.durable);
    } catch (error) {
      if (systemErrorCode(error) !== 'EXDEV') throw error;
      const near = join(this.temporary(), randomUUID());
      try {
        await copyContent(source, near);
        if (this.durable) await syncFile(near);
        await renameIntoPlace(near, target, this.durable);
      } finally {
        await rm(near, { force: true });
      }
    }
  }
}
