import { sql } from 'kysely';
import { coordinateTransform } from '../formats/crs.ts';
import { type Geometry, mapPositions } from '../formats/geometry.ts';
import { boxOf } from '../overlay/box-index.ts';
import type { RegisteredBoundary } from '../supervision/boundary.ts';
import type { RecordedDecision, RecordedReopening } from '../supervision/decision-history.ts';
import type { PatchBatch } from '../supervision/patch-batch.ts';
import type { CatalogDatabase } from './database.ts';
import type { BatchSummary, JournalPosition, SupervisionWriter } from './supervision-catalog.ts';

/** Rows per statement; each is one parameter of a few megabytes. */
const rowsPerInsert = 1_000;

/** Writes supervision within a transaction. */
export class SqlSupervisionWriter implements SupervisionWriter {
  private readonly transaction: CatalogDatabase;

  constructor(transaction: CatalogDatabase) {
    this.transaction = transaction;
  }

  async position(): Promise<JournalPosition | undefined> {
    const row = await this.transaction.selectFrom('app.journal_position').selectAll().executeTakeFirst();
    return row && { sequence: Number(row.sequence), hash: row.hash };
  }

  async clear(): Promise<void> {
    const tables = [
      'app.journal_position',
      'app.review',
      'app.patch',
      'app.patch_batch',
      'app.boundary_version',
    ] as const;
    for (const table of tables) await this.transaction.deleteFrom(table).execute();
  }

  async addBoundaries(sequence: number, rows: readonly RegisteredBoundary[]): Promise<void> {
    await this.insert(
      'app.boundary_version',
      rows.map((row) => ({
        project: row.project,
        version: row.version,
        sequence,
        kind: row.kind,
        name: row.name,
        approval_number: row.approvalNumber,
        approved: row.approved,
        valid_to: row.validTo,
        cancelled: row.cancelled,
        accepted: row.accepted,
        known_from: row.knownFrom,
        state: row.state,
        source_document: row.sourceDocument,
        area_square_metres: row.areaSquareMetres,
        ...degreeBox(row.geometry, row.crs),
        document: row,
      })),
    );
  }

  async putBatch(summary: BatchSummary, { patches }: PatchBatch): Promise<void> {
    const { batch, sequence, knownOn } = summary;
    await this.transaction.deleteFrom('app.patch_batch').where('name', '=', batch).execute();
    await this.transaction
      .insertInto('app.patch_batch')
      .values({ name: batch, sequence, known_on: knownOn, document: storableJson(summary) })
      .execute();
    await this.insert(
      'app.patch',
      patches.map((patch) => ({
        batch,
        number: patch.number,
        source_number: patch.source.number,
        issuer: patch.source.issuer,
        type: patch.type,
        image_date: patch.imageDate,
        verdict: patch.judgement.verdict,
        rule: patch.judgement.card.rule,
        tier: patch.risk.tier,
        score: patch.ranking.score,
        county: patch.counties[0]?.code ?? '',
        area_square_metres: patch.areaSquareMetres,
        excess_square_metres: patch.judgement.excessSquareMetres,
        change: patch.change ?? patch.lineage.change,
        parents: patch.lineage.parents,
        boundaries: patch.measures.boundaries,
        card: patch.judgement.card,
        ...degreeBox(patch.geometry, patch.crs),
        document: patch,
      })),
    );
    // Without figures about a table just filled, a page would be sorted out of all its rows.
    await sql`analyze app.patch`.execute(this.transaction);
  }

  async addReview(decision: Omit<RecordedDecision, 'reopened'>): Promise<void> {
    const { sequence, patch, batch, unlawful, reason, by, at, decidedOn } = decision;
    await this.transaction
      .updateTable('app.review')
      .set({ is_current: false })
      .where('patch', '=', patch)
      .where('is_current', '=', true)
      .execute();
    const row = {
      sequence,
      patch,
      batch,
      decision: decision.decision,
      unlawful,
      reason,
      decided_by: by,
      decided_on: decidedOn,
    };
    await this.transaction
      .insertInto('app.review')
      .values({ ...row, written_at: at, is_current: true, document: storableJson(decision) })
      .execute();
  }

  async reopen(reopening: RecordedReopening): Promise<void> {
    await this.transaction
      .updateTable('app.review')
      .set({ is_current: false, reopened: storableJson(reopening) })
      .where('sequence', '=', String(reopening.reopens))
      .execute();
  }

  async moveTo({ sequence, hash }: JournalPosition): Promise<void> {
    await this.transaction
      .insertInto('app.journal_position')
      .values({ sequence, hash })
      .onConflict((conflict) => conflict.column('one').doUpdateSet({ sequence, hash }))
      .execute();
  }

  /** One parameter per statement: thousands of rows with twenty columns each are more than the protocol takes. */
  private async insert(table: 'app.boundary_version' | 'app.patch', rows: readonly object[]): Promise<void> {
    const name = sql.raw(table);
    for (let first = 0; first < rows.length; first += rowsPerInsert) {
      const part = storableJson(rows.slice(first, first + rowsPerInsert));
      await sql`insert into ${name} select * from jsonb_populate_recordset(null::${name}, ${part}::jsonb)`.execute(
        this.transaction,
      );
    }
  }
}

/** JSON without the one character that the database cannot keep in a text. */
const storableJson = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) => (typeof each === 'string' ? each.replaceAll('\0', '') : each));

function degreeBox(geometry: Geometry, crs: string): { x0: number; y0: number; x1: number; y1: number } {
  const transform = coordinateTransform(crs, 'EPSG:4490');
  const [x0, y0, x1, y1] = boxOf(
    transform.isIdentity ? geometry : mapPositions(geometry, ([x, y]) => transform.point(x, y)),
  );
  return { x0, y0, x1, y1 };
}
