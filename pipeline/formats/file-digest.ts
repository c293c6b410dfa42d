import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { contentDigest } from '../store/content-digest.ts';
import { cachedByFile, type FileCache } from './file-cache.ts';

export interface FileDigest {
  readonly bytes: number;
  /** Lower-case hexadecimal, as sha256sum prints it. */
  readonly sha256: string;
}

/**
 * SHA-256 of a file as it lies on disk; remembered while the file stays as it is. A geodatabase is a folder: its digest is
 * that of the names and digests of its files.
 */
export function digestFile(path: string, cache: FileCache = {}): Promise<FileDigest> {
  return cachedByFile(
    path,
    () => partsOf(path),
    cache,
    () => compute(path),
    ' whole',
  );
}

/** The files that are digested: the file itself, or those of a folder but for locks, which come and go with readers. */
function partsOf(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  const files = readdirSync(path, { withFileTypes: true }).filter(
    (each) => each.isFile() && !/\.lock$/i.test(each.name),
  );
  return files.map(({ name }) => join(path, name)).sort();
}

async function compute(path: string): Promise<FileDigest> {
  const parts = partsOf(path);
  if (parts[0] === path) return digestPart(path);
  const lines: string[] = [];
  let bytes = 0;
  for (const part of parts) {
    const digest = await digestPart(part);
    bytes += digest.bytes;
    lines.push(`${digest.sha256}  ${basename(part)}\n`);
  }
  return { sha256: createHash('sha256').update(lines.join('')).digest('hex'), bytes };
}

const digestPart = async (path: string): Promise<FileDigest> => ({
  sha256: await contentDigest(path),
  bytes: (await stat(path)).size,
});
