import type { RiskTier } from '../../models/disturbance/risk-tier.ts';
import type { Decision } from '../../models/disturbance/rules/decisions.ts';
import type { Verdict } from '../../models/disturbance/rules/verdict-rules.ts';
import type { RegisteredBoundary } from '../supervision/boundary.ts';
import type { RecordedDecision, RecordedReopening } from '../supervision/decision-history.ts';
import type { BatchJudged } from '../supervision/journal-entries.ts';
import type { PatchBatch } from '../supervision/patch-batch.ts';
import type { PatchRecord } from '../supervision/patch-record.ts';
import type { Digest } from '../tasks/task.ts';

/** West, south, east, north, degrees of EPSG:4490. */
export type DegreeBox = readonly [west: number, south: number, east: number, north: number];

/** Number and hash of an entry of the journal. */
export interface JournalPosition {
  readonly sequence: number;
  readonly hash: Digest;
}

export interface BatchSummary extends BatchJudged {
  readonly sequence: number;
  readonly judgedAt: string;
  readonly judgedBy: string;
}

/** A patch in a list; `findPatch` gives all of it. */
export interface PatchSummary {
  readonly batch: string;
  readonly number: string;
  readonly sourceNumber: string | null;
  readonly type: string;
  readonly imageDate: string;
  readonly verdict: Verdict;
  readonly rule: string;
  readonly tier: RiskTier;
  readonly score: number;
  readonly county: string;
  readonly areaSquareMetres: number;
  readonly excessSquareMetres: number;
  readonly change: string;
  readonly box: DegreeBox;
  /** The decision that holds; null while there is none. */
  readonly decision: Decision | null;
}

export interface PatchFilter {
  readonly batch: string;
  readonly county?: string;
  readonly verdict?: Verdict;
  readonly tier?: RiskTier;
  readonly leastScore?: number;
  /** Patches whose box meets this one. */
  readonly box?: DegreeBox;
  /** Whether people have decided about it. */
  readonly decided?: boolean;
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Where the next page begins; undefined on the last. */
  readonly next: string | undefined;
}

export interface BoundaryFilter {
  readonly project?: string;
  /** Versions known on this day or before. */
  readonly knownOn?: string;
  readonly box?: DegreeBox;
}

/** Boundaries, batches, patches and decisions of the journal, for looking up; rebuilt from it at any time. */
export interface SupervisionCatalog {
  /** The last entry of the journal that is taken in; undefined before the first. */
  position(): Promise<JournalPosition | undefined>;
  batches(): Promise<readonly BatchSummary[]>;
  /** Patches by falling score, ties by number, at most `limit` (1,000) of them from `after` on. */
  listPatches(
    filter: PatchFilter,
    page?: { readonly limit?: number; readonly after?: string },
  ): Promise<Page<PatchSummary>>;
  /** How many patches of each verdict there are. */
  countPatches(filter: PatchFilter): Promise<Readonly<Partial<Record<Verdict, number>>>>;
  /** A patch by its number or the one its source gave it. */
  findPatch(batch: string, number: string): Promise<PatchRecord | undefined>;
  /** Versions by project and number, at most `limit` (1,000) of them from `after` on. */
  listBoundaries(
    filter?: BoundaryFilter,
    page?: { readonly limit?: number; readonly after?: string },
  ): Promise<Page<RegisteredBoundary>>;
  /** All decisions about a patch, the earliest first. */
  reviewsOf(patch: string): Promise<readonly RecordedDecision[]>;
  /** Takes entries in, all of them or none; those that are in already are passed over. */
  write(work: (writer: SupervisionWriter) => Promise<void>): Promise<void>;
}

/** Changes of one transaction. */
export interface SupervisionWriter {
  position(): Promise<JournalPosition | undefined>;
  /** Forgets everything. */
  clear(): Promise<void>;
  addBoundaries(sequence: number, rows: readonly RegisteredBoundary[]): Promise<void>;
  /** Puts a batch in the place of the one of its name. */
  putBatch(summary: BatchSummary, batch: PatchBatch): Promise<void>;
  addReview(decision: Omit<RecordedDecision, 'reopened'>): Promise<void>;
  /** The decision of an entry no longer holds. */
  reopen(reopening: RecordedReopening): Promise<void>;
  moveTo(position: JournalPosition): Promise<void>;
}
