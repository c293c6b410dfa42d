import { statfs } from 'node:fs/promises';
import { diskError } from '../pipeline/store/store-errors.ts';

const fullMessage = /\b(ENOSPC|EDQUOT)\b|no space left on device|disk quota exceeded/i;
/** Less than the smallest tile: what fails now fails of this. */
const nothingLeftBytes = 262_144;

/**
 * The user's version of a task's error when the disk of the store is full. Raster libraries tell of it in words of their
 * own or only of a failed write, so the room left is asked for as well.
 */
export async function fullDiskError(error: unknown, directory: string): Promise<Error | undefined> {
  const { code, message, finding } = error as { code?: string; message?: string; finding?: unknown };
  if (finding) return undefined;
  const isFull = fullMessage.test(`${code ?? ''} ${message ?? ''}`) || (await bytesLeft(directory)) < nothingLeftBytes;
  return isFull ? diskError(Object.assign(new Error(message), { code: 'ENOSPC' }), directory) : undefined;
}

async function bytesLeft(directory: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(directory);
    return bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
