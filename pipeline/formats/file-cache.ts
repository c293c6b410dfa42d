import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

export interface FileCache {
  /** Where results are kept between runs; nothing is kept without it. */
  readonly cacheDirectory?: string;
}

// Raise when the same file would give something else.
const formatVersion = 2;

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
 * What was worked out about a file, from the cache where the file and those beside it look as they did, else computed and
 * kept. Looks are size, times and inode, so a file that was touched is read again.
 *
 * @param purpose tells kinds of result about the same file apart
 * @param isKept whether a result may be kept; JSON must give it back as it was
 *
 * A result is kept only when the files look the same before and after it was computed.
 */
export async function cachedByFile<Result>(
  path: string,
  files: () => readonly string[],
  { cacheDirectory }: FileCache,
  compute: () => Promise<Result>,
  purpose = '',
  isKept: (result: Result) => boolean = () => true,
): Promise<Result> {
  if (cacheDirectory === undefined) return compute();
  const name = createHash('sha256')
    .update(resolve(path) + purpose)
    .digest('hex');
  const entry = join(cacheDirectory, `${name}.json`);
  const before = `${formatVersion}\n${await identities(files())}`;
  try {
    const kept = JSON.parse(await readFile(entry, 'utf8')) as { identity: string; result: Result };
    if (kept.identity === before) return kept.result;
  } catch {
    // No entry, or one that was cut short.
  }
  const result = await compute();
  if (isKept(result) && `${formatVersion}\n${await identities(files())}` === before) {
    await mkdir(cacheDirectory, { recursive: true });
    const temporary = `${entry}.${process.pid}.part`;
    await writeFile(temporary, JSON.stringify({ identity: before, result }));
    await rename(temporary, entry);
  }
  return result;
}
