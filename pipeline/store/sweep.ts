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
  /** Asked every now and then; what it throws ends the sweep. */
  readonly proceed?: () => Promise<void>;
}

export interface SweepCount {
  readonly kept: number;
  readonly keptBytes: number;
  readonly removed: number;
  readonly removedBytes: number;
}

export type SweepReport = Readonly<Record<'records' | 'objects' | 'tasks' | 'temporary', SweepCount>>;

/** Something a store holds. */
export interface SweepCandidate {
  /** Its digest or key, or the name of a temporary file. */
  readonly name: string;
  readonly bytes: number;
  readonly changed: Date;
  /** How the store finds it again. */
  readonly place: string;
}

/** Removals between two questions whether to go on. */
const batchSize = 500;

/** Counts candidates and removes those that are neither kept nor young. */
export async function sweep(
  candidates: AsyncIterable<SweepCandidate>,
  isKept: (name: string) => boolean,
  remove: (candidates: readonly SweepCandidate[]) => Promise<void>,
  { olderThan, dryRun, proceed }: SweepOptions,
): Promise<SweepCount> {
  const count = { kept: 0, keptBytes: 0, removed: 0, removedBytes: 0 };
  let condemned: SweepCandidate[] = [];
  const carryOut = async () => {
    await proceed?.();
    if (!dryRun && condemned.length > 0) await remove(condemned);
    condemned = [];
  };
  for await (const candidate of candidates) {
    const { name, bytes, changed } = candidate;
    if (isKept(name) || changed >= olderThan) {
      count.kept += 1;
      count.keptBytes += bytes;
      continue;
    }
    count.removed += 1;
    count.removedBytes += bytes;
    condemned.push(candidate);
    if (condemned.length === batchSize) await carryOut();
  }
  await carryOut();
  return count;
}
