import { randomUUID } from 'node:crypto';
import { closeSync, fsync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

/*
 * Names and small contents are dealt with on the thread itself: to hand each call to another takes twice what it takes. To
 * wait for the disk is left to another thread, or files that are put at once would wait for it one after the other.
 */
const flush = promisify(fsync);

/** Error code of a failed system call, if it was one. */
export const systemErrorCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** Forces a directory's entries to disk, where the platform can open directories. */
export async function syncDirectory(directory: string): Promise<void> {
  try {
    await syncFile(directory);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code !== 'EISDIR' && code !== 'EPERM' && code !== 'EACCES' && code !== 'EINVAL') throw error;
  }
}

export async function syncFile(path: string): Promise<void> {
  const file = openSync(path, 'r');
  try {
    await flush(file);
  } finally {
    closeSync(file);
  }
}

/** Renames a finished file to its final place, making the directory on first use. */
export async function renameIntoPlace(temporary: string, target: string, durable: boolean): Promise<void> {
  try {
    renameSync(temporary, target);
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
    mkdirSync(dirname(target), { recursive: true });
    if (durable) await syncDirectory(dirname(dirname(target)));
    renameSync(temporary, target);
  }
  if (durable) await syncDirectory(dirname(target));
}

/** Writes a whole file so that readers see all of it or none: temporary name, flush, rename. */
export async function writeFileAtomically(
  target: string,
  content: string | Uint8Array,
  options: { readonly temporaryDirectory: string; readonly durable: boolean; readonly mode?: number },
): Promise<void> {
  const temporary = `${options.temporaryDirectory}/${randomUUID()}`;
  try {
    const file = openSync(temporary, 'wx', options.mode ?? 0o644);
    try {
      writeFileSync(file, content);
      if (options.durable) await flush(file);
    } finally {
      closeSync(file);
    }
    await renameIntoPlace(temporary, target, options.durable);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/**
 * Makes a file with its content unless there is one of this name: of several that try only one succeeds, and readers see all
 * of it or none.
 * @returns whether this call has made it
 */
export async function createWhole(path: string, text: string): Promise<boolean> {
  const own = `${path}.${randomUUID()}`;
  try {
    await writeFile(own, text, { flag: 'wx' });
    return await linkUnlessThere(own, path);
  } finally {
    await rm(own, { force: true });
  }
}

/** Gives a file a second name unless there is one of that name; whether it has. */
export async function linkUnlessThere(existing: string, name: string): Promise<boolean> {
  try {
    await link(existing, name);
    return true;
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'EEXIST') return false;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP' && code !== 'ENOSYS') throw error;
  }
  // Some network and FAT file systems know no links; exclusive creation is the next best.
  try {
    await writeFile(name, await readFile(existing, 'utf8'), { flag: 'wx' });
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false;
    throw error;
  }
}
