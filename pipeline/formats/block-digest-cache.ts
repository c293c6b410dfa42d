import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

export interface DigestCache {
  /** Where results are kept between runs; nothing is kept without it. */
  readonly cacheDirectory?: string;
}

// Raise when the same file would be digested differently.
const formatVersion = 1;

async function identity(path: string): Promise<string> {
  try {
    const found = await stat(path, { bigint: true });
    return [path, found.size, found.mtimeNs, found.ctimeNs, found.ino].join(' ');
  } catch {
    return `${path} absent`;
  }
}

const identities = async (files: readonly string[]): Promise<string> =>
  (await Promise.all([...new Set(files.map((file) => resolve(file)))].sort().map(identity))).join('\n');

/**
 * Digests of a file from the cache where the file and those beside it look as they did, else computed and kept.
 *
 * @param purpose tells kinds of digest of the same file apart
 *
 * A result is kept only when the files look the same before and after it was computed.
 */
export async function cachedDigests<Digests>(
  path: string,
  files: () => readonly string[],
  { cacheDirectory }: DigestCache,
  compute: () => Promise<Digests>,
  purpose = '',
): Promise<Digests> {
  if (cacheDirectory === undefined) return compute();
  const name = createHash('sha256')
    .update(resolve(path) + purpose)
    .digest('hex');
  const entry = join(cacheDirectory, `${name}.json`);
  const before = `${formatVersion}\n${await identities(files())}`;
  try {
    const kept = JSON.parse(await readFile(entry, 'utf8')) as { identity: string; digests: Digests };
    if (kept.identity === before) return kept.digests;
  } catch {
    // No entry, or one that was cut short.
  }
  const digests = await compute();
  if (`${formatVersion}\n${await identities(files())}` === before) {
    await mkdir(cacheDirectory, { recursive: true });
    const temporary = `${entry}.${process.pid}.part`;
    await writeFile(temporary, JSON.stringify({ identity: before, digests }));
    await rename(temporary, entry);
  }
  return digests;
}
