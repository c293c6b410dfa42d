import { chmod, mkdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArtifactStore } from '../store/artifact-store.ts';
import { renameIntoPlace, syncFile } from '../store/atomic-file.ts';
import { copyContent } from '../store/copy-file.ts';
import { allDone } from '../tasks/all-done.ts';
import type { Digest } from '../tasks/task.ts';

/** A file to hand over: its name in the results directory and its content in the store. */
export interface PublishedFile {
  readonly fileName: string;
  readonly digest: Digest;
  readonly bytes: number;
  readonly mediaType: string;
}

export const manifestName = 'manifest.json';

/** A store far away is waited for, and so is the disk: a few files at once. */
const lanes = 4;

/**
 * Hands over the files of a run. Contents are copied, never linked, so that whoever edits a result does not edit the store;
 * a file that the last manifest already vouches for stays. A file may be prepared as soon as its content is in the store: it is
 * copied and flushed under another name. When all are there they take their places. The manifest is written last, when all it
 * vouches for is on the disk: while it is missing, the directory is not a result.
 */
export class Publication {
  private readonly store: ArtifactStore;
  private readonly directory: string;
  private readonly prepared = new Map<string, { readonly digest: Digest; readonly isThere: Promise<boolean> }>();
  private readonly lanes: Promise<unknown>[] = new Array<Promise<unknown>>(lanes).fill(Promise.resolve());
  private started = 0;
  private isOver = false;
  private hasMadeDirectory = false;
  private before: Promise<Map<string, Digest>> | undefined;

  constructor(store: ArtifactStore, directory: string) {
    this.store = store;
    this.directory = directory;
  }

  /** Copies a file ahead of time unless it stays as it is. What goes wrong is tried again, and told, in the end. */
  prepare(file: PublishedFile): void {
    const { fileName, digest } = file;
    if (this.isOver || this.prepared.has(fileName)) return;
    this.before ??= publishedBefore(this.directory);
    const { before } = this;
    const isThere = this.inLane(async () => {
      if ((await before).get(fileName) === digest) return false;
      await this.copy(file);
      return true;
    });
    this.prepared.set(fileName, { digest, isThere: isThere.catch(() => false) });
  }

  /** Puts all files in their places, and last the manifest. */
  async finish(files: readonly PublishedFile[], manifest: string): Promise<void> {
    await mkdir(this.directory, { recursive: true });
    const before = await publishedBefore(this.directory);
    const stale = files.filter((file) => before.get(file.fileName) !== file.digest);
    await allDone(stale.map((file) => this.inPart(file)));
    const manifestPath = join(this.directory, manifestName);
    if (stale.length > 0) await rm(manifestPath, { force: true });
    for (const { fileName } of stale) await rename(this.partOf(fileName), join(this.directory, fileName));
    await this.clear();
    // A process that was killed may have left some.
    for (const { fileName } of files) await rm(this.partOf(fileName), { force: true });
    await writeFile(`${manifestPath}.part`, manifest);
    await syncFile(`${manifestPath}.part`);
    await renameIntoPlace(`${manifestPath}.part`, manifestPath, true);
  }

  /** Nothing will be handed over: removes what was prepared, and the directory if it was made for that. */
  async abandon(): Promise<void> {
    await this.clear();
    if (this.hasMadeDirectory) await rmdir(this.directory).catch(() => undefined);
  }

  private async clear(): Promise<void> {
    this.isOver = true;
    const prepared = [...this.prepared];
    this.prepared.clear();
    for (const [fileName, { isThere }] of prepared) {
      await isThere;
      await rm(this.partOf(fileName), { force: true });
    }
  }

  private async inPart(file: PublishedFile): Promise<void> {
    const ahead = this.prepared.get(file.fileName);
    const isThere = await ahead?.isThere;
    if (!isThere || ahead?.digest !== file.digest) await this.inLane(() => this.copy(file));
  }

  private inLane<Result>(work: () => Promise<Result>): Promise<Result> {
    const lane = this.started++ % lanes;
    const result = this.lanes[lane]!.then(work);
    this.lanes[lane] = result.catch(() => undefined);
    return result;
  }

  private async copy({ fileName, digest }: PublishedFile): Promise<void> {
    if ((await mkdir(this.directory, { recursive: true })) !== undefined) this.hasMadeDirectory = true;
    const part = this.partOf(fileName);
    await rm(part, { force: true });
    await copyContent(await this.store.localPath(digest), part);
    // The store's contents are read-only; what is handed over belongs to the user.
    await chmod(part, 0o644);
    await syncFile(part);
  }

  private readonly partOf = (fileName: string): string => join(this.directory, `.${fileName}.part`);
}

/** Digests of the files that are still as the last manifest says, by their size and age. */
async function publishedBefore(directory: string): Promise<Map<string, Digest>> {
  const published = new Map<string, Digest>();
  const path = join(directory, manifestName);
  try {
    const written = (await stat(path)).mtimeMs;
    const { outputs } = JSON.parse(await readFile(path, 'utf8')) as {
      outputs: readonly { file: string; bytes: number; sha256: Digest }[];
    };
    for (const { file, bytes, sha256 } of outputs) {
      const found = await stat(join(directory, file)).catch(() => undefined);
      if (found?.size === bytes && found.mtimeMs <= written) published.set(file, sha256);
    }
  } catch {
    // No manifest, or not one of ours: everything is written anew.
  }
  return published;
}
