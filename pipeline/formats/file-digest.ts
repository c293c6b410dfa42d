import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
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
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return { bytes: (await stat(path)).size, sha256: hash.digest('hex') };
}
