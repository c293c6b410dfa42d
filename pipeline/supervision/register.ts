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

  /**
   * Takes in boundaries: a row that says something new about its project becomes that project's next version. Where others
   * take in boundaries meanwhile, it counts on from theirs.
   */
  async importBoundaries(input: BoundaryImport, actor: Actor): Promise<BoundaryImportResult> {
    for (;;) {
      const entries = await this.journal.read();
      const result = newVersions(input, await this.rowsOf<RegisteredBoundary>(entries, entryKinds.boundaries));
      const { added, revised, unchanged } = result;
      const { file, sha256: digest, quarantined, knownFrom } = input;
      const counts = { added: added.length, revised, unchanged, quarantined };
      const body: BoundariesImported = { file, sha256: digest, ...counts, knownFrom, content: await this.keep(added) };
      const wanted = newEntries(entryKinds.boundaries, [{ ...actor, body }]);
      if (await this.appendUnless(wanted, entries.length, ({ kind }) => kind === entryKinds.boundaries)) return result;
    }
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

  /** Number of the last entry there is; 0 when there is none. */
  async seen(): Promise<number> {
    return (await this.journal.read()).length;
  }

  /**
   * Keeps a batch; it takes the place of one of the same name, while the journal remembers both.
   * @param seen - where given, only when nobody has kept one of this name since that entry
   * @returns whether it is kept
   */
  async keepBatch(batch: PatchBatch, reason: string, actor: Actor, seen?: number): Promise<boolean> {
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
    const wanted = newEntries(entryKinds.batch, [{ ...actor, body }]);
    if (seen === undefined) {
      await this.journal.append(wanted);
      return true;
    }
    const isRival = (entry: JournalEntry): boolean =>
      entry.kind === entryKinds.batch && (entry.body as unknown as BatchJudged).batch === name;
    return this.appendUnless(wanted, seen, isRival);
  }

  /** What people decided, patch by patch. */
  async decisions(): Promise<DecisionHistory> {
    return new DecisionHistory(await this.journal.read());
  }

  /**
   * Writes decisions down in one write, without those about patches that others have decided or reopened meanwhile.
   * @param seen - number of the last entry that the decisions rest on
   * @returns what overtook a decision, by patch
   */
  async decide(
    decided: readonly (Actor & { readonly body: PatchDecided })[],
    seen: number,
  ): Promise<ReadonlyMap<string, JournalEntry>> {
    let overtaking: ReadonlyMap<string, JournalEntry> = new Map();
    await this.journal.append({
      seen,
      entries(since) {
        overtaking = latestByPatch(since);
        return newEntries(
          entryKinds.decision,
          decided.filter(({ body }) => !overtaking.has(body.patch)),
        );
      },
    });
    return overtaking;
  }

  /**
   * Writes down that decisions no longer hold, without those that others have replaced or reopened meanwhile.
   * @param seen - number of the last entry that this rests on
   * @returns what was written down
   */
  async reopen(reopened: readonly PatchReopened[], actor: Actor, seen: number): Promise<readonly PatchReopened[]> {
    let written = reopened;
    await this.journal.append({
      seen,
      entries(since) {
        const overtaking = latestByPatch(since);
        written = reopened.filter(({ patch }) => !overtaking.has(patch));
        return newEntries(
          entryKinds.reopening,
          written.map((body) => ({ ...actor, body })),
        );
      },
    });
    return written;
  }

  /** Appends entries unless there is a rival one behind `seen`; whether it has. */
  private async appendUnless(
    wanted: readonly NewEntry[],
    seen: number,
    isRival: (entry: JournalEntry) => boolean,
  ): Promise<boolean> {
    let isClear = true;
    await this.journal.append({
      seen,
      entries(since) {
        isClear = !since.some(isRival);
        return isClear ? wanted : [];
      },
    });
    return isClear;
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

const newEntries = (kind: string, entries: readonly (Actor & { readonly body: object })[]): NewEntry[] =>
  entries.map(({ by, at, body }) => ({ by, at, kind, body: body as unknown as JsonValue }));

/** The last entry about each patch that decides about it or reopens a decision. */
function latestByPatch(entries: readonly JournalEntry[]): ReadonlyMap<string, JournalEntry> {
  const about = entries.filter(({ kind }) => kind === entryKinds.decision || kind === entryKinds.reopening);
  return new Map(about.map((entry) => [(entry.body as unknown as { patch: string }).patch, entry]));
}

/** What rows add to the versions known so far. */
function newVersions(
  { rows, knownFrom }: BoundaryImport,
  versions: readonly RegisteredBoundary[],
): BoundaryImportResult {
  const known = new Map(versions.map((version) => [version.project, version]));
  const added: RegisteredBoundary[] = [];
  let [revised, unchanged] = [0, 0];
  for (const row of rows) {
    const last = known.get(row.project);
    if (last !== undefined && sayingOf(last) === sayingOf(row)) {
      unchanged++;
      continue;
    }
    if (last !== undefined) revised++;
    const version = { ...row, version: (last?.version ?? 0) + 1, knownFrom };
    known.set(row.project, version);
    added.push(version);
  }
  return { added, revised, unchanged };
}

/** All that a boundary says, without where it was read and which version it is. */
function sayingOf(boundary: BoundaryRow): Digest {
  const { project, kind, approved, validTo, cancelled, accepted, name, approvalNumber, state, crs, geometry } =
    boundary;
  const { attributes } = boundary;
  const said = { project, kind, approved, validTo, cancelled, accepted, name, approvalNumber, state, crs, attributes };
  return sha256(canonicalJson({ ...said, geometry: geometry as unknown as JsonValue }));
}
