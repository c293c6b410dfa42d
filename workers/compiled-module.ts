import { existsSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(import.meta.url), '..', '..');

/**
 * Compiled form of a module for a child process, which loads no TypeScript: the module itself when the caller is compiled,
 * the one of the last build when the caller runs as TypeScript.
 * @param url - `import.meta.url` of the caller
 * @param name - name of the module beside the caller, without extension
 */
export function compiledModule(url: string, name: string): string {
  const here = fileURLToPath(url);
  const beside = resolve(here, '..', `${name}.js`);
  const file = here.endsWith('.ts') ? resolve(root, 'dist', relative(root, beside).split(sep).join('/')) : beside;
  if (!existsSync(file)) throw new Error(`${file} is missing: run  npm run build`);
  return file;
}
