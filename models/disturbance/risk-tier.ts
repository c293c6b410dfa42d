import type { Bilingual } from '../parameters/confidence.ts';
import type { SupervisionRules } from './rules/supervision-2024.ts';
import type { Verdict } from './rules/verdict-rules.ts';

/** Risk tiers: 无风险不打扰 · 低风险预提醒 · 中高风险严监控. */
export const riskTiers = ['无风险', '低风险', '中风险', '高风险'] as const;
export type RiskTier = (typeof riskTiers)[number];

export interface RiskFacts {
  readonly verdict: Verdict;
  readonly excessSquareMetres: number;
  /** True for a compliant patch a part of which lies outside, within the tolerance. */
  readonly withinTolerance: boolean;
  /** True where the patch grew since the last batch. */
  readonly expanded: boolean;
  readonly isSpoilGround: boolean;
  /** Share of the patch in key prevention or treatment areas. */
  readonly keyAreaShare: number;
  /** Share of the patch steeper than 25°. */
  readonly steepShare: number;
}

/** What each tier is called in English beside its official name. */
export const riskTierNames: Readonly<Record<RiskTier, Bilingual>> = {
  无风险: { zh: '无风险', en: 'no risk' },
  低风险: { zh: '低风险', en: 'low risk' },
  中风险: { zh: '中风险', en: 'medium risk' },
  高风险: { zh: '高风险', en: 'high risk' },
};

/** Why a patch has its tier, where its verdict alone does not say so; a record keeps the name of the reason. */
export const riskReasons = {
  unchanged: { zh: '合规，未扩大', en: 'compliant, not grown' },
  expanded: { zh: '合规，范围扩大', en: 'compliant, but grown' },
  withinTolerance: {
    zh: '合规，有部分在容差之内超出',
    en: 'compliant, a part lies outside within the tolerance',
  },
  largeExcess: { zh: '超出面积达到高风险标准', en: 'the excess reaches the area of high risk' },
  spoilOutside: { zh: '弃渣场在范围之外', en: 'spoil ground outside the boundary' },
  keyArea: { zh: '位于重点预防区或重点治理区', en: 'in a key prevention or treatment area' },
  steep: { zh: '位于 25° 以上陡坡', en: 'on slopes steeper than 25°' },
  belowDuty: { zh: '面积小于编报下限', en: 'smaller than needs a plan' },
} as const satisfies Readonly<Record<string, Bilingual>>;
export type RiskReason = keyof typeof riskReasons | 'verdict';

/** Tier of a patch and why. */
export interface PatchRisk {
  readonly tier: RiskTier;
  readonly reason: RiskReason;
}

/** Tier of a patch; the rule is a choice of this product, since none is published. */
export function patchRisk(facts: RiskFacts, { thresholds }: SupervisionRules): PatchRisk {
  const { verdict } = facts;
  if (verdict === '合规') {
    if (facts.expanded) return { tier: '低风险', reason: 'expanded' };
    return facts.withinTolerance
      ? { tier: '低风险', reason: 'withinTolerance' }
      : { tier: '无风险', reason: 'unchanged' };
  }
  if (verdict === '疑似未批先建') return { tier: '高风险', reason: 'verdict' };
  if (facts.excessSquareMetres >= thresholds.highRiskExcessHectares.value * 10_000)
    return { tier: '高风险', reason: 'largeExcess' };
  if (facts.isSpoilGround && verdict === '疑似超出防治责任范围') return { tier: '高风险', reason: 'spoilOutside' };
  if (facts.keyAreaShare > 0) return { tier: '高风险', reason: 'keyArea' };
  if (facts.steepShare > 0) return { tier: '高风险', reason: 'steep' };
  if (verdict === '可不编报(待核土石方)') return { tier: '低风险', reason: 'belowDuty' };
  return { tier: '中风险', reason: 'verdict' };
}

/** Tier of a project: that of its worst patch; 无风险 without patches. */
export function projectRisk(tiers: readonly RiskTier[]): RiskTier {
  return riskTiers[tiers.reduce((worst, tier) => Math.max(worst, riskTiers.indexOf(tier)), 0)];
}
