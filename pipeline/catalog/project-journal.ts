import type { ArtifactStore } from '../store/artifact-store.ts';
import type { RegisteredBoundary } from '../supervision/boundary.ts';
import {
  type BatchJudged,
  type BoundariesImported,
  entryKinds,
  type PatchDecided,
  type PatchReopened,
} from '../supervision/journal-entries.ts';
import type { PatchBatch } from '../supervision/patch-batch.ts';
import type { Digest } from '../tasks/task.ts';
import type { Journal, JournalEntry } from './journal.ts';
import type { JournalPosition, SupervisionCatalog, SupervisionWriter } from './supervision-catalog.ts';

export interface Projected {
  /** Entries taken in now. */
  readonly entries: number;
  /** Whether everything was made anew, from the first entry on. */
  readonly isAnew: boolean;
}

/**
 * Brings the catalog's supervision up to the end of the journal. A catalog that stands at an entry which the journal does
 * not have is made anew, as it is with `anew`; readers see the old one until then.
 * @throws UserError when the journal is broken: the catalog then stays as it is
 */
export async function projectJournal(
  journal: Journal,
  store: ArtifactStore,
  catalog: SupervisionCatalog,
  { anew = false }: { readonly anew?: boolean } = {},
): Promise<Projected> {
  const entries = await journal.read();
  if (!anew && isAt(entries, await catalog.position())) return { entries: 0, isAnew: false };
  let projected: Projected = { entries: 0, isAnew: anew };
  await catalog.write(async (writer) => {
    const position = anew ? undefined : await writer.position();
    const isAnew = position === undefined || !isOf(entries, position);
    if (isAnew) await writer.clear();
    const rest = isAnew ? entries : entries.slice(position.sequence);
    for (const entry of rest) await takeIn(entry, store, writer);
    const last = entries.at(-1);
    if (last) await writer.moveTo(last);
    projected = { entries: rest.length, isAnew };
  });
  return projected;
}

const isOf = (entries: readonly JournalEntry[], { sequence, hash }: JournalPosition): boolean =>
  entries[sequence - 1]?.hash === hash;

const isAt = (entries: readonly JournalEntry[], position: JournalPosition | undefined): boolean =>
  position === undefined ? entries.length === 0 : position.sequence === entries.length && isOf(entries, position);

async function takeIn(entry: JournalEntry, store: ArtifactStore, writer: SupervisionWriter): Promise<void> {
  const { kind, sequence, at, by } = entry;
  const body: unknown = entry.body;
  if (kind === entryKinds.boundaries) {
    await writer.addBoundaries(sequence, await rowsOf<RegisteredBoundary>(store, (body as BoundariesImported).content));
  } else if (kind === entryKinds.batch) {
    const judged = body as BatchJudged;
    const [batch] = await rowsOf<PatchBatch>(store, judged.content);
    await writer.putBatch({ ...judged, sequence, judgedAt: at, judgedBy: by }, batch!);
  } else if (kind === entryKinds.decision) {
    await writer.addReview({ ...(body as PatchDecided), sequence, by, at });
  } else if (kind === entryKinds.reopening) {
    await writer.reopen({ ...(body as PatchReopened), sequence, by, at });
  }
}

async function rowsOf<Row>(store: ArtifactStore, content: Digest): Promise<Row[]> {
  const lines = Buffer.from(await store.readBytes(content))
    .toString()
    .split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Row);
}
