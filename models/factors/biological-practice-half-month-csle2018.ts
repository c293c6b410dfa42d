import { ErosionError } from '../errors.ts';
import {
  biologicalPracticeConstants,
  type SoilLossRatioGroup,
  soilLossRatioGroups,
} from '../parameters/biological-practice.ts';
import { type CodeValues, codeValues } from './code-table.ts';
import type { HalfMonthCoverFactorMethod } from './factor-method.ts';
import { soilLossRatio } from './soil-loss-ratio.ts';

/** How B of one land use comes about: a constant, or the cover of the year. */
export type BiologicalPracticeRule =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'cover'; readonly group: SoilLossRatioGroup };

/** Rule of each land-use code. A code that is missing has no B. */
export type BiologicalPracticeRules = ReadonlyMap<number, BiologicalPracticeRule>;

/**
 * Rules of the regulation with a user's own constants laid over them. A constant given for land that otherwise follows its cover
 * replaces the cover; land use 81 and 82 have no rule unless a constant is given.
 */
export function biologicalPracticeRules(ownConstants: CodeValues = {}): BiologicalPracticeRules {
  const rules = new Map<number, BiologicalPracticeRule>();
  for (const { group, codes } of soilLossRatioGroups)
    for (const code of codes) rules.set(code, { kind: 'cover', group });
  for (const [code, value] of Object.entries(codeValues(biologicalPracticeConstants, ownConstants)))
    rules.set(Number(code), { kind: 'constant', value });
  return rules;
}

/** Land-use codes among those given that have no rule and therefore no B. */
export function landUseWithoutRule(codes: Iterable<number>, rules: BiologicalPracticeRules): number[] {
  return [...codes].filter((code) => !rules.has(code));
}

/** True when B of a land use needs understorey cover. */
export function needsUnderstorey(code: number, rules: BiologicalPracticeRules): boolean {
  const rule = rules.get(code);
  return rule?.kind === 'cover' && rule.group === 'forest-orchard';
}

const officialRules = biologicalPracticeRules();

/**
 * B = Σ_{k=1..24} SLR_k·WR_k of one cell.
 * @param landUseCode second-level land use
 * @param cover FVC_k, 24 fractions 0–1; not read for land with a constant
 * @param understorey GD_k, 24 fractions 0–1, or undefined where there is no survey
 * @param weights WR_k, 24 shares of the year's erosivity that add up to 1
 * @returns 0–1; NaN where a value that is needed is missing or the land use has no rule
 * @throws ErosionError `understorey-cover-required` for forest or orchard without understorey cover
 */
export function biologicalPractice(
  landUseCode: number,
  cover: ArrayLike<number>,
  understorey: ArrayLike<number> | undefined,
  weights: ArrayLike<number>,
  rules: BiologicalPracticeRules = officialRules,
): number {
  const rule = rules.get(landUseCode);
  if (rule === undefined) return Number.NaN;
  if (rule.kind === 'constant') return rule.value;
  if (rule.group === 'forest-orchard' && understorey === undefined) throw understoreyRequired(landUseCode);
  let sum = 0;
  for (let k = 0; k < 24; k++)
    sum += soilLossRatio(rule.group, cover[k], understorey === undefined ? Number.NaN : understorey[k]) * weights[k];
  return sum;
}

const understoreyRequired = (landUseCode: number) =>
  new ErosionError(
    'understorey-cover-required',
    `land use ${landUseCode}: the soil loss ratio of forest and orchard needs understorey cover (林下盖度)`,
    { landUseCode },
  );

/**
 * Biological practice factor of the monitoring regulation: soil loss ratios of 24 half-months weighted by erosivity, constants
 * for land whose cover is not followed, 1 on cropland.
 * 区域水土流失动态监测技术规定（试行）, 水利部水土保持监测中心 2018.
 */
export const halfMonthCover2018: HalfMonthCoverFactorMethod<'half-month-cover', 'biologicalPractice'> = {
  kind: 'halfMonthCover',
  id: 'half-month-cover',
  version: 1,
  factor: 'biologicalPractice',
  name: { zh: '24 个半月植被覆盖与降雨侵蚀力加权', en: '24 half-months of cover weighted by erosivity' },
  citation: '区域水土流失动态监测技术规定（试行）2018',
  formula: 'B = Σ SLR_k·WR_k (k = 1…24)',
  unit: '1',
  validRange: { zh: '盖度 0–1；林地、果园须有林下盖度', en: 'cover 0–1; forest and orchards need understorey cover' },
  inputs: [
    { name: 'landUseCode', unit: '1', meaning: { zh: '土地利用二级类', en: 'land-use class' } },
    { name: 'cover', unit: '1', meaning: { zh: '24 个半月植被覆盖度', en: 'vegetation cover of 24 half-months' } },
    { name: 'understorey', unit: '1', meaning: { zh: '林下盖度', en: 'understorey cover' } },
    { name: 'weights', unit: '1', meaning: { zh: '半月侵蚀力比例', en: 'share of erosivity' } },
  ],
  confidence: 'recalled',
  evaluate: biologicalPractice,
};
