import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = fileURLToPath(import.meta.url);
const top = resolve(home, '..', '..', '..');
const output = home.endsWith('.ts') ? resolve(top, 'dist') : top;

/**
 * File of a program that runs in a process of its own: made by the build, also for a caller that runs as TypeScript.
 * @param name - one of those in scripts/bundle.mjs
 * @param directory - where it is in dist/
 */
export function builtProgram(name: string, directory: 'program' | 'benchmarks' = 'program'): string {
  const file = resolve(output, directory, `${name}.js`);
  if (!existsSync(file)) throw new Error(`${file} is missing: run  npm run build`);
  return file;
}
