import type { Journal, JournalEntry, NewEntry } from '../catalog/journal.ts';
import type { BoundaryRow } from '../exchange/read-boundaries.ts';
import type { ArtifactStore } from '../store/artifact-store.ts';
import type { Digest, JsonValue } from '../tasks/task.ts';
import { canonicalJson, sha256 } from '../tasks/task-key.ts';
import type { RegisteredBoundary } from './boundary.ts';
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

interface ContentEntry {
  /** Digest of the rows in the store. */
  readonly content: Digest;
}

const boundaryKind = 'boundaries.import';
const batchKind = 'patches.batch';

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
    return this.rowsOf<RegisteredBoundary>(await this.journal.read(), boundaryKind);
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
    const body = { file, sha256: digest, added: added.length, revised, unchanged, quarantined, knownFrom };
    await this.append(boundaryKind, body, added, actor);
    return { added, revised, unchanged };
  }

  /** All batches as they were last judged, the earliest first. */
  async batches(): Promise<PatchBatch[]> {
    const latest = new Map<string, PatchBatch>();
    for (const entry of await this.journal.read())
      if (entry.kind === batchKind) {
        const [batch] = await this.content<PatchBatch>(entry);
        latest.set(batch!.name, batch!);
      }
    return [...latest.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Every patch number ever used, those of batches that were judged again included. */
  async usedNumbers(): Promise<string[]> {
    const used = new Set<string>();
    for (const batch of await this.rowsOf<PatchBatch>(await this.journal.read(), batchKind))
      for (const { number } of batch.patches) used.add(number);
    return [...used];
  }

  /** Keeps a batch; one of the same name takes its place, while the journal remembers both. */
  async keepBatch(batch: PatchBatch, reason: string, actor: Actor): Promise<void> {
    const { name, rules, knownOn } = batch;
    const body = { batch: name, reason, rules, knownOn, patches: batch.patches.length, ended: [...batch.ended] };
    await this.append(batchKind, body, [batch], actor);
  }

  private async append(kind: string, body: JsonValue & object, rows: readonly unknown[], actor: Actor): Promise<void> {
    const { digest } = await this.store.putBytes(Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join('')));
    const entry: NewEntry = { ...actor, kind, body: { ...body, content: digest } };
    await this.journal.append([entry]);
  }

  private async rowsOf<Row>(entries: readonly JournalEntry[], kind: string): Promise<Row[]> {
    const rows: Row[] = [];
    for (const entry of entries) if (entry.kind === kind) rows.push(...(await this.content<Row>(entry)));
    return rows;
  }

  private async content<Row>({ body }: JournalEntry): Promise<Row[]> {
    const bytes = await this.store.readBytes((body as unknown as ContentEntry).content);
    const lines = Buffer.from(bytes).toString().split('\n');
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
