import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = fileURLToPath(import.meta.url);
const top = resolve(home, '..', '..');
const programs = resolve(home.endsWith('.ts') ? resolve(top, 'dist') : top, 'program');

/**
 * File of a program that runs in a process of its own: made by the build, also for a caller that runs as TypeScript.
 * @param name - one of those in scripts/bundle.mjs
 */
export function builtProgram(name: string): string {
  const file = resolve(programs, `${name}.js`);
  if (!existsSync(file)) throw new Error(`${file} is missing: run  npm run build`);
  return file;
}
