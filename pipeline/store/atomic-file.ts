import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Error code of a failed system call, if it was one. */
export const systemErrorCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** Forces a directory's entries to disk, where the platform can open directories. */
export async function syncDirectory(directory: string): Promise<void> {
  let handle: Awaited<ReturnType<typeof open>> | undefined;
  try {
    handle = await open(directory, 'r');
    await handle.sync();
  } catch (error) {
    const code = systemErrorCode(error);
    if (code !== 'EISDIR' && code !== 'EPERM' && code !== 'EACCES' && code !== 'EINVAL') throw error;
  } finally {
    await handle?.close();
  }
}

export async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Renames a finished file to its final place, making the directory on first use. */
export async function renameIntoPlace(temporary: string, target: string, durable: boolean): Promise<void> {
  try {
    await rename(temporary, target);
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
    await mkdir(dirname(target), { recursive: true });
    if (durable) await syncDirectory(dirname(dirname(target)));
    await rename(temporary, target);
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
    const handle = await open(temporary, 'wx', options.mode ?? 0o644);
    try {
      await handle.writeFile(content);
      if (options.durable) await handle.sync();
    } finally {
      await handle.close();
    }
    await renameIntoPlace(temporary, target, options.durable);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
