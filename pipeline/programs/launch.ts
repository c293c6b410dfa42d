import { readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cachedDataVersionTag, setFlagsFromString } from 'node:v8';
import { optimiseLater, usualFlags } from '../kernels/tiering-budget.ts';
import { cacheDirectory } from '../store/cache-directory.ts';
import { sha256 } from '../tasks/task-key.ts';
import { CodeCache } from './code-cache.ts';
import { ProgramFiles } from './program-files.ts';

/** After so many times that some work was done, all that it needs is taken to be in the cache. */
const timesToKeep = 3;

const unusedMilliseconds = 90 * 24 * 3600 * 1000;

/**
 * Starts a built program with what V8 compiled of it in earlier processes, kept in the user's cache; NODE_DISABLE_COMPILE_CACHE
 * does without. Where the cache is of no use, all is compiled as ever.
 * @param url - of the file that launches; the program's lie beside it
 * @param name - of the program, as in scripts/bundle.mjs
 * @returns what the program exports, when its `ready` is
 */
export async function launch(url: string, name: string): Promise<{ readonly default?: unknown }> {
  // Before the cache is opened, whose code is that of processes with the same flags.
  optimiseLater();
  const directory = dirname(fileURLToPath(url));
  const cache = process.env.NODE_DISABLE_COMPILE_CACHE ? undefined : openCache(directory, name);
  const files = new ProgramFiles(directory, cache?.code);
  if (cache) process.once('exit', () => keepCode(cache, files));
  const program = files.load(`${name}.cjs`) as { readonly default?: unknown; readonly ready?: Promise<unknown> };
  await program.ready;
  return program;
}

interface ProgramCache {
  readonly code: CodeCache;
  /** The file it is in. */
  readonly path: string;
  /** V8 takes only what the same version of it has compiled with the same flags on such a processor. */
  readonly tag: number;
}

function openCache(directory: string, name: string): ProgramCache {
  // Code that is thrown away, since it has not run for a while, could not be kept.
  setFlagsFromString('--no-flush-bytecode');
  const tag = cachedDataVersionTag();
  const place = sha256(`${directory} ${process.version} ${process.arch} ${tag}`).slice(0, 20);
  const path = join(cacheDirectory(process.env), 'code', place, name);
  return { code: new CodeCache(path), path, tag };
}

/** Keeping code is never worth a failure. */
function keepCode({ code, path, tag }: ProgramCache, files: ProgramFiles): void {
  // The command, for a program that has commands.
  const work = /^[a-z]+$/.exec(process.argv[2] ?? '')?.[0] ?? '';
  try {
    if (!files.missed && code.timesKept(work) >= timesToKeep) return;
    for (const flag of usualFlags) setFlagsFromString(flag);
    if (cachedDataVersionTag() !== tag) return;
    code.keep(files.compiled(), work);
    dropUnused(dirname(dirname(path)));
  } catch {
    // As before.
  } finally {
    code.close();
  }
}

/** Removes what other versions have left: code is written again where it turns out to be missing. */
function dropUnused(directory: string): void {
  for (const name of readdirSync(directory)) {
    const place = join(directory, name);
    if (statSync(place).mtimeMs < Date.now() - unusedMilliseconds) rmSync(place, { recursive: true, force: true });
  }
}
