#!/usr/bin/env node
/** Compiles the project into dist/: TypeScript, and the kernels' AssemblyScript into WebAssembly. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const run = (script, ...options) => {
  const result = spawnSync(process.execPath, [join(root, 'node_modules', script), ...options], {
    cwd: root,
    stdio: 'inherit',
  });
  if (result.status !== 0) process.exit(result.status ?? 1);
};

mkdirSync(join(root, 'dist/models/kernels'), { recursive: true });
run(
  'assemblyscript/bin/asc.js',
  'models/kernels/assembly/annual.ts',
  '--outFile=dist/models/kernels/annual.wasm',
  // No heap and no growth: the host lays out the memory and hands in addresses.
  ...['--runtime=stub', '--importMemory', '--noExportMemory', '--enable=simd', '--noAssert', '-O3'],
);
run('typescript/bin/tsc', '-p', '.');
