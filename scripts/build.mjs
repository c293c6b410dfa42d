#!/usr/bin/env node
/** Builds the project into dist/: modules, the kernels' AssemblyScript as WebAssembly, and the programs made of them. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const run = (script, ...options) => {
  const result = spawnSync(process.execPath, [join(root, 'node_modules', script), ...options], {
    cwd: root,
    stdio: 'inherit',
  });
  if (result.status !== 0) process.exit(result.status ?? 1);
};

const sources = join(root, 'models/kernels/assembly');
const output = join(root, 'dist/models/kernels');
mkdirSync(output, { recursive: true });

/** When the youngest of the kernels' sources, or this script, was changed. */
const changed = Math.max(
  statSync(fileURLToPath(import.meta.url)).mtimeMs,
  ...readdirSync(sources, { recursive: true }).map((name) => statSync(join(sources, name)).mtimeMs),
);
for (const name of ['annual', 'terrain']) {
  const compiled = join(output, `${name}.wasm`);
  if (existsSync(compiled) && statSync(compiled).mtimeMs > changed) continue;
  run(
    'assemblyscript/bin/asc.js',
    `models/kernels/assembly/${name}.ts`,
    `--outFile=dist/models/kernels/${name}.wasm`,
    // No heap and no growth: the host lays out the memory and hands in addresses.
    ...['--runtime=stub', '--importMemory', '--noExportMemory', '--enable=simd', '--noAssert', '-O3'],
  );
}
run('typescript/bin/tsc', '-p', '.');
await bundle();
