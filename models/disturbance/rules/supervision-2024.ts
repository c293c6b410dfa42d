import { type Bilingual, type Confidence, validOn } from '../../parameters/confidence.ts';

/** A threshold of supervision. */
export interface Threshold {
  readonly value: number;
  readonly unit: string;
  readonly name: Bilingual;
  readonly source: string;
  readonly confidence: Confidence;
}

export const thresholdNames = [
  'overlapEpsilon',
  'toleranceMetres',
  'searchMetres',
  'noPlanHectares',
  'noPlanCubicMetres',
  'fullReportHectares',
  'fullReportCubicMetres',
  'planLifeYears',
  'reapprovalShare',
  'lateralShiftMetres',
  'lateralShiftShare',
  'minimumSpoilHectares',
  'minimumOtherHectares',
  'highRiskExcessHectares',
  'sameGroundShare',
  'regrowthShare',
] as const;

export type ThresholdName = (typeof thresholdNames)[number];

/** One edition of the thresholds by which disturbances are held against approved boundaries. */
export interface SupervisionRules {
  readonly id: string;
  readonly version: number;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly thresholds: Readonly<Record<ThresholdName, Threshold>>;
}

const order53 = '水利部令第53号《生产建设项目水土保持方案管理办法》（2023-03-01 起施行）';
const regulation = '办水保〔2018〕17号《生产建设项目水土保持信息化监管技术规定（试行）》（待核）';
const product = '本产品设计 / design of this product';

const row = (
  value: number,
  unit: string,
  zh: string,
  en: string,
  source: string,
  confidence: Confidence,
): Threshold => ({ value, unit, name: { zh, en }, source, confidence });

export const supervisionRules2024: SupervisionRules = {
  id: 'supervision-2024',
  version: 1,
  validFrom: '2023-03-01',
  validTo: null,
  thresholds: {
    overlapEpsilon: row(1e-6, '', '视为不重叠的面积比例', 'share of the area that is no overlap', product, 'design'),
    toleranceMetres: row(0, 'm', '边界容差', 'tolerance of boundaries', regulation, 'uncertain'),
    searchMetres: row(2000, 'm', '未开工项目搜索距离', 'search distance for unstarted projects', product, 'design'),
    noPlanHectares: row(0.5, 'hm²', '可不编报方案的面积上限', 'area below which no plan is needed', order53, 'seen'),
    noPlanCubicMetres: row(
      1000,
      'm³',
      '可不编报方案的土石方上限',
      'earthwork below which no plan is needed',
      order53,
      'seen',
    ),
    fullReportHectares: row(5, 'hm²', '编报报告书的面积', 'area that needs a full report', order53, 'seen'),
    fullReportCubicMetres: row(
      50000,
      'm³',
      '编报报告书的土石方',
      'earthwork that needs a full report',
      order53,
      'seen',
    ),
    planLifeYears: row(3, 'a', '方案批准后须开工的年限', 'years within which a plan must be begun', order53, 'seen'),
    reapprovalShare: row(0.3, '', '须重新报批的增加比例', 'growth that needs a new approval', order53, 'seen'),
    lateralShiftMetres: row(300, 'm', '线型工程横向位移', 'lateral shift of a linear project', order53, 'seen'),
    lateralShiftShare: row(0.3, '', '横向位移线路长度比例', 'share of the length that is shifted', order53, 'seen'),
    minimumSpoilHectares: row(
      0.1,
      'hm²',
      '弃渣场、取土场最小图斑',
      'least spoil or borrow ground',
      regulation,
      'uncertain',
    ),
    minimumOtherHectares: row(1, 'hm²', '其他扰动最小图斑', 'least other disturbance', regulation, 'uncertain'),
    highRiskExcessHectares: row(1, 'hm²', '高风险的超出面积', 'excess that is high risk', product, 'design'),
    sameGroundShare: row(0.5, '', '视为同一地块的重叠比例', 'overlap that makes it the same ground', product, 'design'),
    regrowthShare: row(0.1, '', '须重新提出的扩大比例', 'growth after which it is raised again', product, 'design'),
  },
};

/** All editions, the latest last. */
export const supervisionRuleSets: readonly SupervisionRules[] = [supervisionRules2024];

/** The edition in force on a day, the last one where several are; undefined where none is. */
export const rulesInForce = (editions: readonly SupervisionRules[], day: string): SupervisionRules | undefined =>
  editions.filter((each) => validOn(each, day)).at(-1);

/** The product's own edition for a day; the earliest one for days before all of them. */
export const supervisionRulesOn = (day: string): SupervisionRules =>
  rulesInForce(supervisionRuleSets, day) ?? supervisionRuleSets[0];

/** The same rules with other values, for trials: name and version say so. */
export function withThresholds(
  rules: SupervisionRules,
  values: Partial<Record<ThresholdName, number>>,
): SupervisionRules {
  const thresholds = { ...rules.thresholds };
  for (const [name, value] of Object.entries(values) as [ThresholdName, number][])
    thresholds[name] = { ...thresholds[name], value };
  return { ...rules, id: `${rules.id}+trial`, thresholds };
}
