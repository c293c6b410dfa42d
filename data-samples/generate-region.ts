import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { userError } from '../pipeline/messages/user-error.ts';
import { contentDigests } from './files/content-digest.ts';
import { regionFiles } from './files/region-files.ts';
import { writeRegionFiles } from './files/write-files.ts';
import { generatorDigest } from './generator-digest.ts';
import { makeRegion } from './region-content.ts';

export const defaultSize = 2000;
export const defaultSeed = 20240912;

/** Written last into the folder of a finished region. */
export const stampName = '.generated';

/** What a finished region was made from, and the digest of what each of its files says. */
export interface RegionStamp {
  readonly generator: string;
  readonly size: number;
  readonly seed: number;
  readonly files: Readonly<Record<string, string>>;
}

export interface GeneratedRegion {
  readonly stamp: RegionStamp;
  /** False when the region was there already. */
  readonly generated: boolean;
}

/**
 * Generates the sample region into a folder, unless the same region is there already. The folder appears or is replaced
 * as a whole: an interrupted run leaves what was there before.
 *
 * @throws UserError when the folder holds something that this generator has not made.
 */
export async function generateRegion(
  directory: string,
  size = defaultSize,
  seed = defaultSeed,
): Promise<GeneratedRegion> {
  const generator = generatorDigest();
  const present = await readStamp(directory);
  if (present && present.generator === generator && present.size === size && present.seed === seed)
    return { stamp: present, generated: false };
  if (!present && existsSync(directory) && (await readdir(directory)).length > 0) throw foreignFolder(directory);
  const files = regionFiles(makeRegion(size, seed));
  const stamp: RegionStamp = { generator, size, seed, files: contentDigests(files) };
  const fresh = `${directory}.new-${process.pid}`;
  const old = `${directory}.old-${process.pid}`;
  try {
    await mkdir(dirname(fresh), { recursive: true });
    await writeRegionFiles(fresh, files);
    await writeFile(join(fresh, stampName), `${JSON.stringify(stamp, null, 1)}\n`);
    if (existsSync(directory)) await rename(directory, old);
    await rename(fresh, directory);
  } finally {
    await rm(fresh, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
  return { stamp, generated: true };
}

async function readStamp(directory: string): Promise<RegionStamp | undefined> {
  try {
    return JSON.parse(await readFile(join(directory, stampName), 'utf8')) as RegionStamp;
  } catch {
    // No stamp, or half of one: the region is not there.
    return undefined;
  }
}

function foreignFolder(directory: string): Error {
  return userError(
    'sample-folder-not-empty',
    directory,
    { zh: '文件夹中有不属于样例区的内容', en: 'the folder holds files that are not a generated region' },
    { zh: '应为空文件夹或已生成的样例区', en: 'expected an empty folder or a generated region' },
    { zh: '请换一个文件夹', en: 'choose another folder' },
  );
}
