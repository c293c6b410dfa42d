import { chmod, mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Digest } from '../../tasks/task.ts';
import { renameIntoPlace, syncFile } from '../atomic-file.ts';

export interface ReadCacheOptions {
  readonly directory: string;
  readonly largestBytes: number;
  /** Whether a file is flushed to the disk before it counts. */
  readonly durable: boolean;
}

/** Who was given a file opens it within this time; until then it stays, even beyond the size of the cache. */
const inUseMilliseconds = 600_000;
/** Part of its size by which a cache that is too large is made smaller, so that it is not looked through at each file. */
const slack = 0.1;

/**
 * Contents of a remote store on this machine's disk, by digest, shared by all its processes. What was used longest ago
 * goes first when they grow too large; a file counts as whole once it has its name.
 */
export class ReadCache {
  private readonly options: ReadCacheOptions;
  private addedBytes = Number.POSITIVE_INFINITY;

  constructor(options: ReadCacheOptions) {
    this.options = options;
  }

  /** The file of a content, now in use; undefined when it is not here. */
  async find(digest: Digest): Promise<string | undefined> {
    const path = this.path(digest);
    const now = new Date();
    try {
      await utimes(path, now, now);
      return path;
    } catch {
      return undefined;
    }
  }

  /** Takes in a finished file, which may come from another process at the same time. */
  async take(path: string, digest: Digest): Promise<string> {
    const { size } = await stat(path);
    await chmod(path, 0o444);
    if (this.options.durable) await syncFile(path);
    const target = this.path(digest);
    await renameIntoPlace(path, target, this.options.durable);
    await this.keepSmall(size);
    return target;
  }

  async drop(digest: Digest): Promise<void> {
    await rm(this.path(digest), { force: true });
  }

  private path(digest: Digest): string {
    return join(this.options.directory, digest.slice(0, 2), digest);
  }

  private async keepSmall(added: number): Promise<void> {
    const { largestBytes } = this.options;
    this.addedBytes += added;
    if (this.addedBytes < slack * largestBytes) return;
    this.addedBytes = 0;
    const files = await this.files();
    let bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    if (bytes <= largestBytes) return;
    const unused = Date.now() - inUseMilliseconds;
    for (const file of files.sort((a, b) => a.used - b.used)) {
      if (bytes <= (1 - slack) * largestBytes || file.used >= unused) return;
      await rm(file.path, { force: true });
      bytes -= file.bytes;
    }
  }

  private async files(): Promise<{ path: string; bytes: number; used: number }[]> {
    const found: { path: string; bytes: number; used: number }[] = [];
    await mkdir(this.options.directory, { recursive: true });
    for (const prefix of await readdir(this.options.directory)) {
      for (const name of await readdir(join(this.options.directory, prefix)).catch(() => [])) {
        const path = join(this.options.directory, prefix, name);
        const entry = await stat(path).catch(() => undefined);
        if (entry) found.push({ path, bytes: entry.size, used: entry.mtimeMs });
      }
    }
    return found;
  }
}
