import type { Journal, JournalEntry, NewEntry } from '../catalog/journal.ts';
import type { BoundaryRow } from '../exchange/read-boundaries.ts';
import type { ArtifactStore } from '../store/artifact-store.ts';
import type { Digest, JsonValue } from '../tasks/task.ts';
import { canonicalJson, sha256 } from '../tasks/task-key.ts';
import type { RegisteredBoundary } from './boundary.ts';
import { DecisionHistory } from './decision-history.ts';
import {
  type BatchJudged,
  type BoundariesImported,
  entryKinds,
  type PatchDecided,
  type PatchReopened,
} from './journal-entries.ts';
import type { PatchBatch } from './patch-batch.ts';

/** Who does something, and when by the caller's clock. */
export interface Actor {
  readonly by: string;
  /** ISO time. */
  readonly at: string;
}

export interface BoundaryImport {
  /** File as the user wrote it, and what it holds. */
  readonly file: string;
  readonly sha256: Digest;
  readonly rows: readonly BoundaryRow[];
  readonly quarantined: number;
  /** Day from which the register knows of the rows. */
  readonly knownFrom: string;
}

export interface BoundaryImportResult {
  readonly added: readonly RegisteredBoundary[];
  /** Of these, versions of projects the register had before. */
  readonly revised: number;
  /** Rows equal to the version known last. */
  readonly unchanged: number;
}

/** A batch and where the store has it. */
export interface KeptBatch {
  readonly batch: PatchBatch;
  readonly content: Digest;
}

/**
 * Boundaries and patches of a workspace. What people bring in or decide is an entry of the journal; its rows lie in the
 * store by content, so that the whole register can be made anew from both.
 */
export class SupervisionRegister {
  readonly journal: Journal;
  private readonly store: ArtifactStore;

  constructor(journal: Journal, store: ArtifactStore) {
    this.journal = journal;
    this.store = store;
  }

  /** All boundary versions, in the order in which they became known. */
  async boundaries(): Promise<RegisteredBoundary[]> {
    return this.rowsOf<RegisteredBoundary>(await this.journal.read(), entryKinds.boundaries);
  }

  /** Takes in boundaries: a row that says something new about its project becomes that project's next version. */
  async importBoundaries(input: BoundaryImport, actor: Actor): Promise<BoundaryImportResult> {
    const known = new Map<string, RegisteredBoundary>();
    for (const version of await this.boundaries()) known.set(version.project, version);
    const added: RegisteredBoundary[] = [];
    let [revised, unchanged] = [0, 0];
    for (const row of input.rows) {
      const last = known.get(row.project);
      if (last !== undefined && sayingOf(last) === sayingOf(row)) {
        unchanged++;
        continue;
      }
      if (last !== undefined) revised++;
      const version = { ...row, version: (last?.version ?? 0) + 1, knownFrom: input.knownFrom };
      known.set(row.project, version);
      added.push(version);
    }
    const { file, sha256: digest, quarantined, knownFrom } = input;
    const content = await this.keep(added);
    const counts = { added: added.length, revised, unchanged, quarantined };
    const body: BoundariesImported = { file, sha256: digest, ...counts, knownFrom, content };
    await this.append(entryKinds.boundaries, [{ ...actor, body }]);
    return { added, revised, unchanged };
  }

  /** All batches as they were last judged, the earliest first. */
  async batches(): Promise<PatchBatch[]> {
    return (await this.keptBatches()).map(({ batch }) => batch);
  }

  /** The same with their places in the store. */
  async keptBatches(): Promise<KeptBatch[]> {
    const latest = new Map<string, Digest>();
    for (const { kind, body } of await this.journal.read()) {
      if (kind !== entryKinds.batch) continue;
      const { batch, content } = body as unknown as BatchJudged;
      latest.set(batch, content);
    }
    const names = [...latest.keys()].sort();
    return Promise.all(
      names.map(async (name) => ({ batch: await this.batchAt(latest.get(name)!), content: latest.get(name)! })),
    );
  }

  /** A batch as it was when an entry was written. */
  async batchAt(content: Digest): Promise<PatchBatch> {
    return (await this.content<PatchBatch>(content))[0]!;
  }

  /** Every patch number ever used, those of batches that were judged again included. */
  async usedNumbers(): Promise<string[]> {
    const used = new Set<string>();
    for (const batch of await this.rowsOf<PatchBatch>(await this.journal.read(), entryKinds.batch))
      for (const { number } of batch.patches) used.add(number);
    return [...used];
  }

  /** Keeps a batch; one of the same name takes its place, while the journal remembers both. */
  async keepBatch(batch: PatchBatch, reason: string, actor: Actor): Promise<void> {
    const { name, rules, weights, knownOn, ended } = batch;
    const content = await this.keep([batch]);
    const editions = { rules: `${rules.id}@${rules.version}`, weights: `${weights.id}@${weights.version}` };
    const body: BatchJudged = {
      batch: name,
      reason,
      ...editions,
      knownOn,
      patches: batch.patches.length,
      ended,
      content,
    };
    await this.append(entryKinds.batch, [{ ...actor, body }]);
  }

  /** What people decided, patch by patch. */
  async decisions(): Promise<DecisionHistory> {
    return new DecisionHistory(await this.journal.read());
  }

  /** Writes decisions down, all of them or none. */
  async decide(decided: readonly (Actor & { readonly body: PatchDecided })[]): Promise<void> {
    await this.append(entryKinds.decision, decided);
  }

  /** Writes down that decisions no longer hold. */
  async reopen(reopened: readonly PatchReopened[], actor: Actor): Promise<void> {
    await this.append(
      entryKinds.reopening,
      reopened.map((body) => ({ ...actor, body })),
    );
  }

  private async append(kind: string, entries: readonly (Actor & { readonly body: object })[]): Promise<void> {
    await this.journal.append(
      entries.map(({ by, at, body }): NewEntry => ({ by, at, kind, body: body as unknown as JsonValue })),
    );
  }

  private async keep(rows: readonly unknown[]): Promise<Digest> {
    return (await this.store.putBytes(Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join('')))).digest;
  }

  private async rowsOf<Row>(entries: readonly JournalEntry[], kind: string): Promise<Row[]> {
    const rows: Row[] = [];
    for (const entry of entries)
      if (entry.kind === kind)
        rows.push(...(await this.content<Row>((entry.body as unknown as { content: Digest }).content)));
    return rows;
  }

  private async content<Row>(digest: Digest): Promise<Row[]> {
    const lines = Buffer.from(await this.store.readBytes(digest))
      .toString()
      .split('\n');
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Row);
  }
}

/** All that a boundary says, without where it was read and which version it is. */
function sayingOf(boundary: BoundaryRow): Digest {
  const { project, kind, approved, validTo, cancelled, accepted, name, approvalNumber, state, crs, geometry } =
    boundary;
  const { attributes } = boundary;
  const said = { project, kind, approved, validTo, cancelled, accepted, name, approvalNumber, state, crs, attributes };
  return sha256(canonicalJson({ ...said, geometry: geometry as unknown as JsonValue }));
}
