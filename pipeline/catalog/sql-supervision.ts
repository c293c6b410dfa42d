import { sql } from 'kysely';
import type { Verdict } from '../../models/disturbance/rules/verdict-rules.ts';
import type { RegisteredBoundary } from '../supervision/boundary.ts';
import type { RecordedDecision } from '../supervision/decision-history.ts';
import type { PatchRecord } from '../supervision/patch-record.ts';
import type { CatalogDatabase } from './database.ts';
import { SqlSupervisionWriter } from './sql-supervision-writer.ts';
import type {
  BatchSummary,
  BoundaryFilter,
  DegreeBox,
  JournalPosition,
  Page,
  PatchFilter,
  PatchSummary,
  SupervisionCatalog,
  SupervisionWriter,
} from './supervision-catalog.ts';

interface PageChoice {
  readonly limit?: number;
  readonly after?: string;
}

const largestPage = 1_000;

const pageSize = ({ limit = largestPage }: PageChoice): number => Math.max(1, Math.min(limit, largestPage));

/** Supervision in the tables of the catalog. */
export class SqlSupervision implements SupervisionCatalog {
  private readonly database: CatalogDatabase;

  constructor(database: CatalogDatabase) {
    this.database = database;
  }

  async position(): Promise<JournalPosition | undefined> {
    return new SqlSupervisionWriter(this.database).position();
  }

  async batches(): Promise<readonly BatchSummary[]> {
    const rows = await this.database.selectFrom('app.patch_batch').select('document').orderBy('name').execute();
    return rows.map(({ document }) => document as unknown as BatchSummary);
  }

  async listPatches(filter: PatchFilter, page: PageChoice = {}): Promise<Page<PatchSummary>> {
    const size = pageSize(page);
    let query = this.patches(filter)
      .select([
        'patch.batch',
        'patch.number',
        'source_number as sourceNumber',
        'type',
        'image_date as imageDate',
        'verdict',
        'rule',
        'tier',
        'score',
        'county',
        'area_square_metres as areaSquareMetres',
        'excess_square_metres as excessSquareMetres',
        'change',
        'x0',
        'y0',
        'x1',
        'y1',
        'review.decision',
      ])
      .orderBy('score', 'desc')
      .orderBy('number')
      .limit(size + 1);
    if (page.after !== undefined) {
      const [score, number] = splitCursor(page.after);
      query = query.where((where) =>
        where.or([
          where('score', '<', Number(score)),
          where.and([where('score', '=', Number(score)), where('number', '>', number)]),
        ]),
      );
    }
    const rows = (await query.execute()).map(({ x0, y0, x1, y1, ...row }) => ({ ...row, box: [x0, y0, x1, y1] }));
    return paged(rows as unknown as PatchSummary[], size, ({ score, number }) => `${score} ${number}`);
  }

  async countPatches(filter: PatchFilter): Promise<Readonly<Partial<Record<Verdict, number>>>> {
    const rows = await this.patches(filter)
      .select(['verdict', sql<string>`count(*)`.as('count')])
      .groupBy('verdict')
      .execute();
    return Object.fromEntries(rows.map(({ verdict, count }) => [verdict, Number(count)]));
  }

  async findPatch(batch: string, number: string): Promise<PatchRecord | undefined> {
    const row = await this.database
      .selectFrom('app.patch')
      .select('document')
      .where('batch', '=', batch)
      .where((where) => where.or([where('number', '=', number), where('source_number', '=', number)]))
      // The number of one patch may be what a source called another.
      .orderBy(sql`number = ${number}`, 'desc')
      .limit(1)
      .executeTakeFirst();
    return row?.document as unknown as PatchRecord | undefined;
  }

  async listBoundaries(filter: BoundaryFilter = {}, page: PageChoice = {}): Promise<Page<RegisteredBoundary>> {
    const size = pageSize(page);
    let query = this.database.selectFrom('app.boundary_version').select(['project', 'version', 'document']);
    if (filter.project !== undefined) query = query.where('project', '=', filter.project);
    if (filter.knownOn !== undefined) query = query.where('known_from', '<=', filter.knownOn);
    if (filter.box !== undefined) query = query.where(meets(filter.box));
    if (page.after !== undefined) {
      const [version, project] = splitCursor(page.after);
      query = query.where((where) =>
        where.or([
          where('project', '>', project),
          where.and([where('project', '=', project), where('version', '>', Number(version))]),
        ]),
      );
    }
    const rows = await query
      .orderBy('project')
      .orderBy('version')
      .limit(size + 1)
      .execute();
    const { rows: shown, next } = paged(rows, size, ({ project, version }) => `${version} ${project}`);
    return { rows: shown.map(({ document }) => document as unknown as RegisteredBoundary), next };
  }

  async reviewsOf(patch: string): Promise<readonly RecordedDecision[]> {
    const query = this.database.selectFrom('app.review').select(['document', 'reopened']).where('patch', '=', patch);
    const rows = await query.orderBy('sequence').execute();
    return rows.map(({ document, reopened }) => {
      const decided = document as unknown as Omit<RecordedDecision, 'reopened'>;
      return { ...decided, reopened: (reopened ?? undefined) as RecordedDecision['reopened'] };
    });
  }

  async write(work: (writer: SupervisionWriter) => Promise<void>): Promise<void> {
    await this.database.transaction().execute(async (transaction) => {
      // Of several processes that take entries in, one does at a time.
      await sql`lock table app.journal_position in exclusive mode`.execute(transaction);
      await work(new SqlSupervisionWriter(transaction));
    });
  }

  private patches(filter: PatchFilter) {
    let query = this.database
      .selectFrom('app.patch as patch')
      .leftJoin('app.review as review', (join) =>
        join.onRef('review.patch', '=', 'patch.number').on('review.is_current', '=', true),
      )
      .where('patch.batch', '=', filter.batch);
    if (filter.county !== undefined) query = query.where('county', '=', filter.county);
    if (filter.verdict !== undefined) query = query.where('verdict', '=', filter.verdict);
    if (filter.tier !== undefined) query = query.where('tier', '=', filter.tier);
    if (filter.leastScore !== undefined) query = query.where('score', '>=', filter.leastScore);
    if (filter.decided !== undefined) query = query.where('review.decision', filter.decided ? 'is not' : 'is', null);
    if (filter.box !== undefined) query = query.where(meets(filter.box));
    return query;
  }
}

/** Boxes meet when they share a point; the index on boxes answers this. */
const meets = ([west, south, east, north]: DegreeBox) =>
  sql<boolean>`box(point(x0, y0), point(x1, y1)) && box(point(${west}, ${south}), point(${east}, ${north}))`;

/** A cursor is a number, a blank and the rest. */
function splitCursor(cursor: string): [string, string] {
  const blank = cursor.indexOf(' ');
  return [cursor.slice(0, blank), cursor.slice(blank + 1)];
}

/** @param rows - one more than a page where there are more */
function paged<Row>(rows: readonly Row[], size: number, cursor: (last: Row) => string): Page<Row> {
  const shown = rows.slice(0, size);
  return { rows: shown, next: rows.length > size ? cursor(shown.at(-1)!) : undefined };
}
