import { boundaryKindNames } from '../models/disturbance/boundary-versions.ts';
import { changeTypeNames } from '../models/disturbance/lineage.ts';
import { patchTypeNames, planTypeNames } from '../models/disturbance/plan-duties.ts';
import { type PatchRisk, riskReasons, riskTierNames } from '../models/disturbance/risk-tier.ts';
import { decisionNames } from '../models/disturbance/rules/decisions.ts';
import { verdictNames } from '../models/disturbance/rules/verdict-rules.ts';
import type { Language, Text } from '../pipeline/messages/text.ts';
import type { PatchRecord } from '../pipeline/supervision/patch-record.ts';
import { punctuation } from './punctuation.ts';

const names: Readonly<Record<string, Text>> = {
  ...verdictNames,
  ...decisionNames,
  ...riskTierNames,
  ...patchTypeNames,
  ...planTypeNames,
  ...changeTypeNames,
  ...boundaryKindNames,
};

/** An official term as the forms have it, for English readers with its meaning behind it. */
export function termWithMeaning(term: string, language: Language): string {
  const meaning = names[term]?.[language] ?? term;
  return meaning === term ? term : term + punctuation[language].bracketed(meaning);
}

/** Why a patch has its tier. Batches of earlier programs keep the Chinese sentence in place of the reason's name. */
export function riskReasonText(
  { risk, judgement }: Pick<PatchRecord, 'risk' | 'judgement'>,
  language: Language,
): string {
  const kept: string = risk.reason;
  if (kept === ('verdict' satisfies PatchRisk['reason'])) return termWithMeaning(judgement.verdict, language);
  const reason = Object.entries(riskReasons).find(([name, { zh }]) => name === kept || zh === kept);
  return reason?.[1][language] ?? termWithMeaning(kept, language);
}
