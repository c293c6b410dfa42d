import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import { sha256 } from '../tasks/task-key.ts';
import type { CodeCache, CompiledFile } from './code-cache.ts';

interface LoadedFile {
  readonly module: { exports: unknown };
  readonly script: Script;
  readonly source: string;
}

type Body = (
  exports: unknown,
  require: NodeJS.Require,
  module: object,
  file: string,
  directory: string,
  $import: (id: string) => Promise<unknown>,
) => void;

/** An `import` within code that was kept would be nobody's: it fails. */
const importFor = (id: string): Promise<unknown> => import(id);

/** On a line of its own, so that places in the file stay what they are. */
const head = '(function (exports, require, module, __filename, __dirname, $import) { "use strict";\n';
const foot = '\n})';

/**
 * The files of a program that the build has put together as CommonJS, in one directory. They are loaded as Node loads such
 * modules, and compiled from a cache where it has their code: Node itself can do that from version 22 on.
 */
export class ProgramFiles {
  readonly #directory: string;
  readonly #cache: CodeCache | undefined;
  readonly #require: NodeJS.Require;
  readonly #loaded = new Map<string, LoadedFile>();
  #missed = false;

  constructor(directory: string, cache: CodeCache | undefined) {
    this.#directory = directory;
    this.#cache = cache;
    const require = createRequire(join(directory, 'program.cjs'));
    const ownOrOther = (id: string): unknown => (id.startsWith('./') ? this.load(id.slice(2)) : require(id));
    this.#require = Object.assign(ownOrOther, require);
  }

  /** Whether the cache lacked the code of a file. */
  get missed(): boolean {
    return this.#missed;
  }

  /** What a file exports. @param name - such as `crs.cjs` */
  load(name: string): unknown {
    const loaded = this.#loaded.get(name);
    if (loaded) return loaded.module.exports;
    const file = join(this.#directory, name);
    const text = readFileSync(file, 'utf8');
    const source = this.#cache ? sha256(text) : '';
    const cachedData = this.#cache?.codeOf(name, source);
    const script = new Script(`${head}${text}${foot}`, {
      filename: pathToFileURL(file).href,
      lineOffset: -1,
      ...(cachedData ? { cachedData } : {}),
    });
    if (!cachedData || script.cachedDataRejected) this.#missed = true;
    const module = { exports: {} };
    // Files may need each other in a circle.
    this.#loaded.set(name, { module, script, source });
    (script.runInThisContext() as Body)(module.exports, this.#require, module, file, this.#directory, importFor);
    return module.exports;
  }

  /** The code of all files loaded, with all functions that have run. */
  compiled(): CompiledFile[] {
    return [...this.#loaded].map(([name, { script, source }]) => ({ name, source, code: script.createCachedData() }));
  }
}
