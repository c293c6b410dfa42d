import { randomUUID } from 'node:crypto';
import { closeSync, fstatSync, mkdirSync, openSync, readSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { sha256 } from '../tasks/task-key.ts';

/** One file of a program, compiled: by what source, what its code is, and where that lies behind the index. */
interface CodeEntry {
  readonly source: string;
  readonly code: string;
  readonly at: number;
  readonly bytes: number;
}

interface CodeIndex {
  readonly layout: number;
  /** How often code was kept at the end of each kind of work. */
  readonly kept: Readonly<Record<string, number>>;
  readonly entries: Readonly<Record<string, CodeEntry>>;
}

/** Compiled code of one file of a program. */
export interface CompiledFile {
  readonly name: string;
  /** Digest of the source. */
  readonly source: string;
  readonly code: Uint8Array;
}

const layout = 2;
const lengthBytes = 4;
const largestIndex = 1_000_000;
const nothing: CodeIndex = { layout, kept: {}, entries: {} };

/**
 * What V8 has compiled of a program, in one file: the index, then the code of its files one after the other. V8 trusts such code
 * as it trusts itself, so it counts only from a file that nobody but the user can have written, and only whole.
 */
export class CodeCache {
  readonly #path: string;
  #file: number | undefined;
  #index: CodeIndex = nothing;
  #size = 0;
  #start = 0;
  #outdated = false;

  /** Opens the cache; one that is missing, foreign or damaged is an empty one. */
  constructor(path: string) {
    this.#path = path;
    try {
      this.#file = openSync(path, 'r');
      this.#open();
    } catch {
      this.close();
    }
  }

  #open(): void {
    const { mode, uid, size } = fstatSync(this.#file!);
    this.#size = size;
    const own = process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
    const length = own ? this.#read(0, lengthBytes).readUInt32LE() : 0;
    this.#start = lengthBytes + length;
    if (!own || length > largestIndex) throw new Error('not a cache');
    const index = JSON.parse(this.#read(lengthBytes, length).toString('utf8')) as CodeIndex;
    if (index.layout === layout && index.entries && index.kept) this.#index = index;
  }

  #read(at: number, bytes: number): Buffer {
    if (at + bytes > this.#size) throw new Error('the file ends early');
    const content = Buffer.allocUnsafe(bytes);
    if (readSync(this.#file!, content, 0, bytes, at) !== bytes) throw new Error('the file ends early');
    return content;
  }

  /** How often code was kept after such work. */
  timesKept(work: string): number {
    return this.#index.kept[work] ?? 0;
  }

  /** The code of a file with this source, or nothing. */
  codeOf(name: string, source: string): Buffer | undefined {
    const entry = Object.hasOwn(this.#index.entries, name) ? this.#index.entries[name]! : undefined;
    if (entry?.source === source) return this.#codeOf(entry);
    this.#outdated ||= entry !== undefined;
    return undefined;
  }

  #codeOf({ at, bytes, code }: CodeEntry): Buffer | undefined {
    try {
      const content = this.#read(this.#start + at, bytes);
      return sha256(content) === code ? content : undefined;
    } catch {
      return undefined;
    }
  }

  /**
   * Keeps the code of these files after such work, and what there was of others, unless a file has turned out to be of another build.
   * Throws where nothing can be written.
   */
  keep(files: readonly CompiledFile[], work: string): void {
    const before = this.#outdated ? nothing : this.#index;
    const entries: Record<string, CodeEntry> = {};
    const contents: Uint8Array[] = [];
    let at = 0;
    const add = (name: string, source: string, code: Uint8Array): void => {
      entries[name] = { source, code: sha256(code), at, bytes: code.length };
      contents.push(code);
      at += code.length;
    };
    for (const { name, source, code } of files) add(name, source, code);
    for (const [name, entry] of Object.entries(before.entries)) {
      const code = Object.hasOwn(entries, name) ? undefined : this.#codeOf(entry);
      if (code) add(name, entry.source, code);
    }
    const kept = { ...before.kept, [work]: (before.kept[work] ?? 0) + 1 };
    const index = Buffer.from(JSON.stringify({ layout, kept, entries } satisfies CodeIndex));
    const length = Buffer.alloc(lengthBytes);
    length.writeUInt32LE(index.length);
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
    const unfinished = `${this.#path}.${randomUUID()}`;
    try {
      writeFileSync(unfinished, Buffer.concat([length, index, ...contents]), { mode: 0o600, flag: 'wx' });
      renameSync(unfinished, this.#path);
    } catch (error) {
      rmSync(unfinished, { force: true });
      throw error;
    }
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
    this.#index = nothing;
  }
}
