import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** SHA-256 over the modules of the generator: a region made by another version of it is out of date. */
export function generatorDigest(): string {
  const home = import.meta.dirname;
  const modules = readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|js)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const hash = createHash('sha256');
  for (const path of modules)
    hash
      .update(`${relative(home, path)}\0`)
      .update(readFileSync(path))
      .update('\0');
  return hash.digest('hex');
}
