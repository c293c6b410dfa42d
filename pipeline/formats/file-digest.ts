import { stat } from 'node:fs/promises';
import { contentDigest } from '../store/content-digest.ts';
import { cachedByFile, type FileCache } from './file-cache.ts';

export interface FileDigest {
  readonly bytes: number;
  /** Lower-case hexadecimal, as sha256sum prints it. */
  readonly sha256: string;
}

/** SHA-256 of a file as it lies on disk; remembered while the file stays as it is. */
export function digestFile(path: string, cache: FileCache = {}): Promise<FileDigest> {
  return cachedByFile(
    path,
    () => [path],
    cache,
    () => compute(path),
    ' whole',
  );
}

async function compute(path: string): Promise<FileDigest> {
  return { sha256: await contentDigest(path), bytes: (await stat(path)).size };
}
