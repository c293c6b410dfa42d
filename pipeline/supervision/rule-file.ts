import { basename } from 'node:path';
import { z } from 'zod';
import {
  rulesInForce,
  type SupervisionRules,
  supervisionRulesOn,
  type Threshold,
  type ThresholdName,
  thresholdNames,
} from '../../models/disturbance/rules/supervision-2024.ts';
import { schemaError } from '../inputs/run-file-issues.ts';
import { readRunFileText } from '../inputs/run-file-text.ts';
import { parseRunFileYaml, type SettingsKind } from '../inputs/run-file-yaml.ts';
import { userError } from '../messages/user-error.ts';

const kind: SettingsKind = {
  name: { zh: '监管规则文件', en: 'file of supervision rules' },
  opening: 'shuibaoRules: 1',
};

const day = z.iso.date();

/** Range of the values of each threshold, by the reason for it: shares, distances, areas, earthwork, years. */
const share = z.number().min(0).max(1);
const metres = z.number().min(0).max(100_000);
const hectares = z.number().min(0).max(100_000);
const cubicMetres = z.number().min(0).max(1e12);
const ranges = {
  overlapEpsilon: z.number().min(0).max(0.1),
  toleranceMetres: metres.max(1000),
  searchMetres: metres,
  noPlanHectares: hectares,
  noPlanCubicMetres: cubicMetres,
  fullReportHectares: hectares,
  fullReportCubicMetres: cubicMetres,
  planLifeYears: z.int().min(1).max(100),
  reapprovalShare: share,
  lateralShiftMetres: metres,
  lateralShiftShare: share,
  minimumSpoilHectares: hectares,
  minimumOtherHectares: hectares,
  highRiskExcessHectares: hectares,
  sameGroundShare: share,
  regrowthShare: z.number().min(0).max(100),
} as const satisfies Readonly<Record<ThresholdName, z.ZodType<number>>>;

/** Whether a value is one that a threshold may have. */
export const fitsThreshold = (name: ThresholdName, value: number): boolean => ranges[name].safeParse(value).success;

/** Least and greatest value of a threshold. */
export const thresholdRange = (name: ThresholdName): readonly [number, number] => [
  ranges[name].minValue ?? Number.NEGATIVE_INFINITY,
  ranges[name].maxValue ?? Number.POSITIVE_INFINITY,
];

/** A value alone, or with the document it comes from. */
const threshold = (range: z.ZodType<number>) =>
  z.union([range, z.strictObject({ value: range, source: z.string().min(1).optional() })]).optional();

const thresholds = Object.fromEntries(thresholdNames.map((name) => [name, threshold(ranges[name])])) as Record<
  ThresholdName,
  ReturnType<typeof threshold>
>;

const edition = z.strictObject({
  version: z.int().min(1),
  /** First and last day on which decisions are taken by it; open without a last one. */
  validFrom: day,
  validTo: day.optional(),
  /** Document of all thresholds that name none themselves. */
  source: z.string().min(1),
  thresholds: z.strictObject(thresholds),
});

const ruleFile = z.strictObject({
  shuibaoRules: z.literal(1),
  id: z.string().regex(/^[^\s@]{1,60}$/),
  editions: z.array(edition).min(1),
});

type Edition = z.infer<typeof edition>;

/**
 * Reads a file of dated thresholds (YAML or JSON). What an edition does not name is that of the product's own edition in
 * force on the edition's first day.
 *
 * @returns editions by their first day
 * @throws UserError naming the setting and line of whatever does not fit: unknown names, values out of range, editions whose
 *   days overlap or whose limits contradict each other
 */
export async function readRuleFile(path: string): Promise<SupervisionRules[]> {
  const shown = basename(path);
  const yaml = parseRunFileYaml(await readRunFileText(path, kind), shown, kind);
  const result = ruleFile.safeParse(yaml.content);
  if (!result.success) throw schemaError(shown, result.error, yaml, ruleFile);
  const { id } = result.data;
  const editions = [...result.data.editions].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  for (const [at, each] of editions.entries()) refuseDays(shown, each, editions[at + 1]);
  if (new Set(editions.map(({ version }) => version)).size < editions.length)
    throw userError('rules-version-twice', shown, {
      zh: '两个版本的 version 相同',
      en: 'two editions have the same version',
    });
  const rules = editions.map((each) => rulesOf(id, each));
  for (const each of rules) refuseContradiction(shown, each);
  return rules;
}

/**
 * The edition in force on the day of a decision.
 * @throws UserError when the file has none for that day
 */
export function editionOn(editions: readonly SupervisionRules[], decided: string, shown: string): SupervisionRules {
  const found = rulesInForce(editions, decided);
  if (found !== undefined) return found;
  const spans = editions.map(({ validFrom, validTo }) => `${validFrom} – ${validTo ?? ''}`);
  throw userError(
    'rules-none-in-force',
    basename(shown),
    { zh: `没有 ${decided} 有效的版本`, en: `no edition is in force on ${decided}` },
    { zh: `现有：${spans.join('，')}`, en: `editions: ${spans.join(', ')}` },
    { zh: '请补充该日有效的版本，或改判定日期', en: 'add one, or decide on another day' },
  );
}

function rulesOf(id: string, { version, validFrom, validTo, source, thresholds: written }: Edition): SupervisionRules {
  const base = supervisionRulesOn(validFrom);
  const own = { ...base.thresholds } as Record<ThresholdName, Threshold>;
  for (const name of thresholdNames) {
    const said = written[name];
    if (said === undefined) continue;
    const value = typeof said === 'number' ? said : said.value;
    const from = typeof said === 'number' ? source : (said.source ?? source);
    own[name] = { ...own[name], value, source: from, confidence: 'seen' };
  }
  return { id, version, validFrom, validTo: validTo ?? null, thresholds: own };
}

function refuseDays(shown: string, { version, validFrom, validTo }: Edition, next: Edition | undefined): void {
  if (validTo !== undefined && validTo < validFrom)
    throw userError('rules-days', shown, {
      zh: `版本 ${version} 的截止日早于起始日`,
      en: `edition ${version} ends before it begins`,
    });
  if (next !== undefined && (validTo === undefined || validTo >= next.validFrom))
    throw userError(
      'rules-overlap',
      shown,
      { zh: `版本 ${version} 与 ${next.version} 的有效期重叠`, en: `editions ${version} and ${next.version} overlap` },
      { zh: '每一天至多一个版本有效', en: 'at most one may be in force on a day' },
      { zh: `请给版本 ${version} 写明 validTo`, en: `state validTo of edition ${version}` },
    );
}

const ordered = [
  ['noPlanHectares', 'fullReportHectares'],
  ['noPlanCubicMetres', 'fullReportCubicMetres'],
] as const;

/** @throws UserError where what needs no plan would be larger than what needs a full report */
export function refuseContradiction(shown: string, { version, thresholds: values }: SupervisionRules): void {
  for (const [low, high] of ordered)
    if (values[low].value > values[high].value)
      throw userError(
        'rules-contradiction',
        shown,
        {
          zh: `版本 ${version} 的 ${low}（${values[low].value}）大于 ${high}（${values[high].value}）`,
          en: `in edition ${version} ${low} (${values[low].value}) is above ${high} (${values[high].value})`,
        },
        { zh: `应不大于`, en: 'expected no more' },
      );
}
