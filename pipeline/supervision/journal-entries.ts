import type { Decision } from '../../models/disturbance/rules/decisions.ts';
import type { Verdict } from '../../models/disturbance/rules/verdict-rules.ts';
import type { Digest } from '../tasks/task.ts';

/*
 * Bodies of the journal's entries about supervision, by kind. Each says all that is needed to list it without reading
 * anything else; `content` names the rows in the store. Who (`by`), when it was written down (`at`, ISO time) and the
 * running number (`sequence`) are those of the entry. Days are `YYYY-MM-DD`, areas m². Names are never given another
 * meaning: what a body needs in addition gets a new name, and entries written before lack it.
 */

/** `boundaries.import`: a file of approved boundaries was taken in. */
export interface BoundariesImported {
  /** File as the user wrote it, and what it holds. */
  readonly file: string;
  readonly sha256: Digest;
  readonly added: number;
  /** Of these, new versions of projects that were known. */
  readonly revised: number;
  readonly unchanged: number;
  readonly quarantined: number;
  /** Day from which the register knows of the rows. */
  readonly knownFrom: string;
  /** Rows added, one `RegisteredBoundary` in JSON per line. */
  readonly content: Digest;
}

/** `patches.batch`: patches were judged; one of the same name takes the place of the one before. */
export interface BatchJudged {
  readonly batch: string;
  /** Why: `detect`, `import FILE`, `overlay`. */
  readonly reason: string;
  /** Edition of the thresholds, `id@version`, and of the weights of the ranking. */
  readonly rules: string;
  readonly weights: string;
  /** Day of the decision: boundaries known later played no part. */
  readonly knownOn: string;
  readonly patches: number;
  /** Numbers of the batch before that no patch lies on any more. */
  readonly ended: readonly string[];
  /** One `PatchBatch` in JSON. */
  readonly content: Digest;
}

/** What was proposed about a patch. */
export interface Proposal {
  readonly verdict: Verdict;
  readonly excessSquareMetres: number;
  /** Rule and edition of the thresholds, each `id@version`. */
  readonly rule: string;
  readonly rules: string;
  /** SHA-256 over the whole rule card as canonical JSON. */
  readonly card: Digest;
}

/** `patches.decide`: people decided about a patch. An earlier decision about it stays in the journal. */
export interface PatchDecided {
  /** 图斑编号 (QDNM) and batch. */
  readonly patch: string;
  readonly batch: string;
  readonly decision: Decision;
  /** What the decision says about the law; null while it is a suspicion. */
  readonly unlawful: boolean | null;
  readonly reason: string;
  /** 批复或通知书文号; null where none was named. */
  readonly document: string | null;
  /** Day of the field review (现场复核); null without one. */
  readonly fieldReview: string | null;
  readonly earthworkCubicMetres: number | null;
  readonly decidedOn: string;
  /** Who typed it in, where that was another than the one who decided (`by`). */
  readonly enteredBy: string;
  /** Both clocks of what was looked at: ground as on this day, boundaries as known on that. */
  readonly imageDate: string;
  readonly knownOn: string;
  /** Boundary versions looked at, `project@version`. */
  readonly boundaries: readonly string[];
  readonly proposed: Proposal;
  readonly areaSquareMetres: number;
  /** The batch looked at, as in `patches.batch`. */
  readonly content: Digest;
  /** Number of the entry it takes the place of; null for the first about this patch. */
  readonly supersedes: number | null;
}

/** `patches.reopen`: boundaries that became known change what a decision was based on; it no longer holds. */
export interface PatchReopened {
  readonly patch: string;
  readonly batch: string;
  /** Number of the entry of the decision, and what it said. */
  readonly reopens: number;
  readonly decision: Decision;
  /** Both clocks: ground as on this day, boundaries as known on that. */
  readonly imageDate: string;
  readonly knownOn: string;
  /** What the decision looked at, and what it would look at now. */
  readonly before: ReopenedView;
  readonly after: ReopenedView;
}

export interface ReopenedView {
  readonly boundaries: readonly string[];
  readonly proposed: Proposal;
}

export const entryKinds = {
  boundaries: 'boundaries.import',
  batch: 'patches.batch',
  decision: 'patches.decide',
  reopening: 'patches.reopen',
} as const;
