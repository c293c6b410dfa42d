import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Digest, TaskKey } from '../tasks/task.ts';

/** What must stay, whatever its age. */
export interface KeptContents {
  readonly objects: ReadonlySet<Digest>;
  /** Keys of records and task descriptions. */
  readonly keys: ReadonlySet<TaskKey>;
}

export interface SweepOptions {
  /** Nothing changed since then is touched: work in progress has outputs that no record names yet. */
  readonly olderThan: Date;
  /** Only counts. */
  readonly dryRun: boolean;
}

export interface SweepCount {
  readonly kept: number;
  readonly keptBytes: number;
  readonly removed: number;
  readonly removedBytes: number;
}

export type SweepReport = Readonly<Record<'records' | 'objects' | 'tasks' | 'temporary', SweepCount>>;

/**
 * Removes from the directory of a store all that is neither kept nor young. Records go before the contents they name, so
 * that a sweep cut short leaves no record of what is gone.
 * @param root - directory of a `DirectoryStore`
 */
export async function sweepDirectory(root: string, keep: KeptContents, options: SweepOptions): Promise<SweepReport> {
  const isKey = (name: string) => keep.keys.has(name.replace(/\.json$/, ''));
  return {
    records: await sweep(nested(join(root, 'records')), isKey, options),
    tasks: await sweep(nested(join(root, 'tasks')), isKey, options),
    objects: await sweep(nested(join(root, 'objects')), (name) => keep.objects.has(name), options),
    temporary: await sweep(flat(join(root, 'temporary')), () => false, options),
  };
}

interface Candidate {
  readonly name: string;
  readonly path: string;
}

async function sweep(
  candidates: AsyncIterable<Candidate>,
  isKept: (name: string) => boolean,
  { olderThan, dryRun }: SweepOptions,
): Promise<SweepCount> {
  const count = { kept: 0, keptBytes: 0, removed: 0, removedBytes: 0 };
  for await (const { name, path } of candidates) {
    const found = await stat(path).catch(() => undefined);
    if (!found) continue;
    const bytes = found.isFile() ? found.size : 0;
    if (isKept(name) || found.mtimeMs >= olderThan.getTime()) {
      count.kept += 1;
      count.keptBytes += bytes;
      continue;
    }
    if (!dryRun) await rm(path, { recursive: true, force: true });
    count.removed += 1;
    count.removedBytes += bytes;
  }
  return count;
}

async function* flat(directory: string): AsyncGenerator<Candidate> {
  for (const name of await readdir(directory).catch(() => [])) yield { name, path: join(directory, name) };
}

async function* nested(directory: string): AsyncGenerator<Candidate> {
  for (const prefix of await readdir(directory).catch(() => [])) yield* flat(join(directory, prefix));
}
