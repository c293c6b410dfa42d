import type { Batch } from '../../models/disturbance/patch-numbers.ts';
import type { RankingWeights } from '../../models/disturbance/ranking.ts';
import type { SupervisionRules } from '../../models/disturbance/rules/supervision-2024.ts';
import { type UserError, userError } from '../messages/user-error.ts';
import type { Digest } from '../tasks/task.ts';
import type { RegisteredBoundary } from './boundary.ts';
import { type BatchInput, judgeBatch } from './judge-batch.ts';
import type { PatchDraft, PatchRecord } from './patch-record.ts';

/** A file that told what lies around patches. */
export interface SurroundingLayer {
  readonly kind: 'key-areas' | 'water';
  readonly file: string;
  readonly sha256: Digest;
}

/** Patches that were judged together. */
export interface PatchBatch {
  /** Year and period, `2024-09`. */
  readonly name: string;
  readonly batch: Batch;
  /** System of the overlay. */
  readonly crs: string;
  readonly detectedPositionMetres: number;
  /** Thresholds, weights and day of the decision: with the boundaries, all that it takes to judge alike again. */
  readonly rules: SupervisionRules;
  readonly weights: RankingWeights;
  readonly knownOn: string;
  /** Layers that told what lies around the patches: what they were for, the files and what those held. */
  readonly layers: readonly SurroundingLayer[];
  readonly patches: readonly PatchRecord[];
  readonly ended: readonly string[];
}

/** How and when a batch is judged. */
export type JudgingSettings = Pick<PatchBatch, 'rules' | 'weights' | 'knownOn'>;

export type BatchSettings = JudgingSettings & Pick<PatchBatch, 'crs' | 'detectedPositionMetres' | 'layers'>;

/** What is known from before. */
export type BatchBefore = Pick<BatchInput, 'previous' | 'usedNumbers' | 'decided'>;

/**
 * Year and period of `2024-09`.
 * @throws UserError for anything else
 */
export function batchOf(name: string): Batch {
  const match = /^(\d{4})-(\d{2})$/.exec(name);
  if (!match || match[2] === '00')
    throw userError(
      'batch-name',
      name,
      { zh: '不是批次', en: 'is no batch' },
      { zh: '应为年份和期次，如 2024-09', en: 'expected year and period, such as 2024-09' },
    );
  return { year: Number(match[1]), period: Number(match[2]) };
}

/** The patch of a number, its own or that of its source. */
export const patchOf = ({ patches }: PatchBatch, number: string): PatchRecord | undefined =>
  patches.find((each) => each.number === number) ?? patches.find(({ source }) => source.number === number);

/** @param batch the only one looked into; all of them where left out */
export const patchMissing = (number: string, batch: string | undefined): UserError =>
  userError(
    'patch-missing',
    number,
    batch === undefined
      ? { zh: '没有这个图斑', en: 'there is no such patch' }
      : { zh: `批次 ${batch} 中没有这个图斑`, en: `batch ${batch} has no such patch` },
    { zh: '编号见 shuibao patches list', en: 'shuibao patches list shows the numbers' },
  );

/** Judges the drafts of a batch against the boundaries, with the batch before for lineage. */
export function newBatch(
  name: string,
  drafts: readonly PatchDraft[],
  boundaries: readonly RegisteredBoundary[],
  before: BatchBefore,
  settings: BatchSettings,
): PatchBatch {
  const batch = batchOf(name);
  const { patches, ended } = judgeBatch({ batch, drafts, boundaries, ...before }, settings);
  const { crs, detectedPositionMetres, rules, weights, knownOn, layers } = settings;
  return { name, batch, crs, detectedPositionMetres, rules, weights, knownOn, layers, patches, ended };
}

/** A batch judged again, under other rules, boundaries or on a later day; numbers, lineage and links to decisions stay. */
export function judgedAgain(
  batch: PatchBatch,
  boundaries: readonly RegisteredBoundary[],
  settings: JudgingSettings,
): PatchBatch {
  const { crs, detectedPositionMetres } = batch;
  const { rules, weights, knownOn } = settings;
  const drafts = batch.patches.map((patch) => ({ ...patch, change: patch.change ?? patch.lineage.change }));
  const again = judgeBatch(
    { batch: batch.batch, drafts, boundaries, previous: [], usedNumbers: [], decided: [] },
    { crs, detectedPositionMetres, rules, weights, knownOn },
  );
  const old = new Map(batch.patches.map((patch) => [patch.key, patch]));
  const patches = again.patches.map((patch) => {
    const { number, lineage, decided, change } = old.get(patch.key)!;
    return { ...patch, number, lineage, decided, change };
  });
  return { ...batch, rules, weights, knownOn, patches };
}

/** A patch whose verdict, excess or boundaries differ between two judgements of a batch. */
export interface ChangedJudgement {
  readonly number: string;
  readonly before: PatchRecord;
  readonly after: PatchRecord;
  /** True when the verdict itself is another. */
  readonly isFlip: boolean;
  readonly isOtherExcess: boolean;
}

/** Excess that differs by less is the same: m². */
const sameExcessSquareMetres = 0.01;

/** What another judgement of the same batch changes: exactly the decisions that have to be looked at again. */
export function changedJudgements(before: PatchBatch, after: PatchBatch): ChangedJudgement[] {
  const old = new Map(before.patches.map((patch) => [patch.key, patch]));
  return after.patches.flatMap((patch): ChangedJudgement[] => {
    const was = old.get(patch.key)!;
    const isFlip = was.judgement.verdict !== patch.judgement.verdict;
    const isOtherExcess =
      Math.abs(was.judgement.excessSquareMetres - patch.judgement.excessSquareMetres) >= sameExcessSquareMetres;
    if (!isFlip && !isOtherExcess && concerned(was) === concerned(patch)) return [];
    return [{ number: patch.number, before: was, after: patch, isFlip, isOtherExcess }];
  });
}

const concerned = ({ measures }: PatchRecord): string =>
  measures.boundaries
    .map(({ project, version }) => `${project}@${version}`)
    .sort()
    .join(' ');
