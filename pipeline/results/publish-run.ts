import { constants } from 'node:fs';
import { chmod, copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArtifactStore } from '../store/artifact-store.ts';
import { renameIntoPlace, syncFile } from '../store/atomic-file.ts';
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

const copiedAtOnce = 4;

/**
 * Hands over the files of a run. Contents are copied, never linked, so that whoever edits a result does not edit the store;
 * a file that the last manifest already vouches for stays. The manifest is written last, when all it vouches for is on the
 * disk: while it is missing, the directory is not a result.
 */
export async function publishFiles(
  store: ArtifactStore,
  directory: string,
  files: readonly PublishedFile[],
  manifest: string,
): Promise<void> {
  await mkdir(directory, { recursive: true });
  const before = await publishedBefore(directory);
  const manifestPath = join(directory, manifestName);
  const stale = files.filter((file) => before.get(file.fileName) !== file.digest);
  if (stale.length > 0) await rm(manifestPath, { force: true });
  const copy = async ({ fileName, digest }: PublishedFile): Promise<void> => {
    const temporary = join(directory, `.${fileName}.part`);
    await copyFile(await store.localPath(digest), temporary, constants.COPYFILE_FICLONE);
    // The store's contents are read-only; what is handed over belongs to the user.
    await chmod(temporary, 0o644);
    await syncFile(temporary);
    await rename(temporary, join(directory, fileName));
  };
  // In turns of a few: a store far away is waited for, and one nearby is copied from by several threads.
  for (let at = 0; at < stale.length; at += copiedAtOnce) await allDone(stale.slice(at, at + copiedAtOnce).map(copy));
  await writeFile(`${manifestPath}.part`, manifest);
  await syncFile(`${manifestPath}.part`);
  await renameIntoPlace(`${manifestPath}.part`, manifestPath, true);
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
