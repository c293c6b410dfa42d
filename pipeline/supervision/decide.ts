import { planType } from '../../models/disturbance/plan-duties.ts';
import { type Decision, decisionMeanings } from '../../models/disturbance/rules/decisions.ts';
import type { SupervisionRules } from '../../models/disturbance/rules/supervision-2024.ts';
import { type UserError, userError } from '../messages/user-error.ts';
import type { Digest, JsonValue } from '../tasks/task.ts';
import { canonicalJson, sha256 } from '../tasks/task-key.ts';
import type { PatchHistory } from './decision-history.ts';
import { decisionInWords } from './decision-words.ts';
import type { PatchDecided, Proposal } from './journal-entries.ts';
import type { PatchBatch } from './patch-batch.ts';
import type { PatchRecord } from './patch-record.ts';

/** A decision as people state it. */
export interface StatedDecision {
  /** In the words of either language. */
  readonly decision: string;
  readonly reason: string;
  readonly document?: string;
  readonly fieldReview?: string;
  readonly earthworkCubicMetres?: number;
  /** Today where left out. */
  readonly decidedOn?: string;
}

/** What a decision is about. */
export interface DecidedPatch {
  readonly patch: PatchRecord;
  readonly batch: PatchBatch;
  /** Digest of the batch in the store. */
  readonly content: Digest;
  readonly history: PatchHistory;
}

/** Who writes a decision down, and when. */
export interface DecisionDesk {
  /** Who types it in. */
  readonly enteredBy: string;
  readonly today: string;
}

/**
 * Entry of a decision with all that was looked at.
 *
 * @throws UserError when the decision is none, says no reason, or lacks what it takes to say so
 */
export function decisionEntry(
  stated: StatedDecision,
  { patch, batch, content, history }: DecidedPatch,
  { enteredBy, today }: DecisionDesk,
): PatchDecided {
  const decision = decisionInWords(stated.decision, patch.number);
  const decidedOn = stated.decidedOn ?? today;
  const problem = untimely(stated, decidedOn, today, patch) ?? lacking(decision, stated, patch, batch.rules);
  if (problem !== undefined) throw problem;
  return {
    patch: patch.number,
    batch: batch.name,
    decision,
    unlawful: decisionMeanings[decision].unlawful,
    reason: stated.reason.trim(),
    document: stated.document?.trim() || null,
    fieldReview: stated.fieldReview ?? null,
    earthworkCubicMetres: stated.earthworkCubicMetres ?? null,
    decidedOn,
    enteredBy,
    imageDate: patch.imageDate,
    knownOn: batch.knownOn,
    boundaries: patch.looked,
    proposed: proposalOf(patch),
    areaSquareMetres: patch.areaSquareMetres,
    content,
    supersedes: history.decisions.at(-1)?.sequence ?? null,
  };
}

/** What was proposed about a patch, in short. */
export function proposalOf({ judgement }: PatchRecord): Proposal {
  const { verdict, excessSquareMetres, card } = judgement;
  return {
    verdict,
    excessSquareMetres,
    rule: `${card.rule}@${card.ruleVersion}`,
    rules: `${card.rules}@${card.rulesVersion}`,
    card: sha256(canonicalJson(card as unknown as JsonValue)),
  };
}

/** What is wrong with the days of a decision; undefined when nothing. */
function untimely(
  { fieldReview }: StatedDecision,
  decidedOn: string,
  today: string,
  { number, imageDate }: PatchRecord,
): UserError | undefined {
  if (decidedOn < imageDate || decidedOn > today)
    return userError(
      'decision-day',
      number,
      { zh: `认定日期为 ${decidedOn}`, en: `decided on ${decidedOn}` },
      { zh: `应在影像日期 ${imageDate} 与今天之间`, en: `expected a day from the image (${imageDate}) to today` },
    );
  if (fieldReview !== undefined && (fieldReview < imageDate || fieldReview > decidedOn))
    return userError(
      'decision-field-review-day',
      number,
      { zh: `现场复核日期为 ${fieldReview}`, en: `the field review was on ${fieldReview}` },
      {
        zh: `应在影像日期 ${imageDate} 与认定日期 ${decidedOn} 之间`,
        en: `expected a day from the image (${imageDate}) to the decision (${decidedOn})`,
      },
    );
  return undefined;
}

/** What a decision lacks to be taken; undefined when nothing. */
function lacking(
  decision: Decision,
  { reason, fieldReview, earthworkCubicMetres }: StatedDecision,
  { number, areaSquareMetres }: PatchRecord,
  rules: SupervisionRules,
): UserError | undefined {
  const { needs } = decisionMeanings[decision];
  if (reason.trim() === '')
    return userError('decision-reason', number, { zh: '没有写明理由', en: 'no reason is stated' });
  if (needs !== 'nothing' && fieldReview === undefined)
    return userError(
      'decision-field-review',
      number,
      { zh: `认定为“${decision}”须有现场复核`, en: `“${decision}” needs a field review` },
      { zh: '应写明现场复核日期', en: 'expected the day of the field review' },
      { zh: '未复核的，先认定为“疑似……”', en: 'without one, decide on 疑似… first' },
    );
  if (needs !== 'field-review-and-earthwork') return undefined;
  if (earthworkCubicMetres === undefined)
    return userError(
      'decision-earthwork',
      number,
      { zh: `认定为“${decision}”须核实土石方`, en: `“${decision}” needs the earthwork` },
      { zh: '应写明土石方（m³）', en: 'expected the earthwork in m³' },
    );
  const hectares = areaSquareMetres / 10_000;
  const plan = planType(hectares, earthworkCubicMetres, rules);
  if (plan === '不需要') return undefined;
  return userError(
    'decision-plan-needed',
    number,
    {
      zh: `占地 ${hectares.toFixed(4)} hm²、土石方 ${earthworkCubicMetres} m³，应编报${plan}`,
      en: `${hectares.toFixed(4)} hm² and ${earthworkCubicMetres} m³ of earthwork need a plan (${plan})`,
    },
    { zh: `不能认定为“${decision}”`, en: `“${decision}” does not apply` },
  );
}
