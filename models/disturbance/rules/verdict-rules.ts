import type { Bilingual } from '../../parameters/confidence.ts';

/** What is proposed about a patch (扰动合规性). Every one but 合规 is a suspicion until people have looked. */
export type Verdict =
  | '合规'
  | '疑似未批先建'
  | '疑似超出防治责任范围'
  | '疑似建设地点变更'
  | '待核边界'
  | '验收后新增扰动'
  | '方案待重新审核'
  | '可不编报(待核土石方)';

/** What each verdict is called in English beside its official name. */
export const verdictNames: Readonly<Record<Verdict, Bilingual>> = {
  合规: { zh: '合规', en: 'compliant' },
  疑似未批先建: { zh: '疑似未批先建', en: 'suspected start without approval' },
  疑似超出防治责任范围: { zh: '疑似超出防治责任范围', en: 'suspected excess of the approved boundary' },
  疑似建设地点变更: { zh: '疑似建设地点变更', en: 'suspected change of site' },
  待核边界: { zh: '待核边界', en: 'boundary to be verified' },
  验收后新增扰动: { zh: '验收后新增扰动', en: 'disturbed anew after acceptance' },
  方案待重新审核: { zh: '方案待重新审核', en: 'plan to be examined again' },
  '可不编报(待核土石方)': { zh: '可不编报(待核土石方)', en: 'may need no plan, earthwork to be verified' },
};

/** A rule by which a patch gets its verdict. The text says what was looked at; the card adds the numbers. */
export interface VerdictRule {
  readonly id: string;
  readonly version: number;
  readonly verdict: Verdict;
  readonly text: Bilingual;
  readonly source: string;
}

const order53 = '水利部令第53号《生产建设项目水土保持方案管理办法》';
const regulation = '办水保〔2018〕17号《生产建设项目水土保持信息化监管技术规定（试行）》（待核）';
const product = '本产品设计 / design of this product';

const rule = (id: string, verdict: Verdict, zh: string, en: string, source: string): VerdictRule => ({
  id,
  version: 1,
  verdict,
  text: { zh, en },
  source,
});

export const verdictRules = {
  inside: rule(
    'HG-01',
    '合规',
    '图斑在有效防治责任范围（并集）容差之内',
    'the patch lies within the union of the boundaries in force, give or take the tolerance',
    regulation,
  ),
  afterAcceptance: rule(
    'HG-02',
    '验收后新增扰动',
    '图斑在范围内，但所涉项目均在扰动之前已验收',
    'inside, but every project concerned had been accepted before the ground was disturbed',
    product,
  ),
  planLapsed: rule(
    'HG-03',
    '方案待重新审核',
    '图斑在范围内，但扰动时方案批准已超过规定年限',
    'inside, but the approval was older than the plan may be when the ground was disturbed',
    `${order53}第十八条`,
  ),
  outside: rule(
    'HG-04',
    '疑似超出防治责任范围',
    '图斑与有效防治责任范围重叠，并有部分在容差之外',
    'the patch overlaps boundaries in force and a part lies beyond the tolerance',
    regulation,
  ),
  schematic: rule(
    'HG-05',
    '待核边界',
    '图斑只与示意性范围重叠，示意性范围不能判定合规或超出',
    'only a schematic range is overlapped, which can decide neither way',
    product,
  ),
  belowDuty: rule(
    'HG-06',
    '可不编报(待核土石方)',
    '图斑不在任何有效范围内，面积小于编报下限；土石方须现场核实',
    'in no boundary in force and smaller than needs a plan; the earthwork has to be checked',
    order53,
  ),
  moved: rule(
    'HG-07',
    '疑似建设地点变更',
    '图斑不在任何有效范围内，搜索距离内有已批准而未见扰动的项目',
    'in no boundary in force, but an approved project without any disturbance lies within the search distance',
    regulation,
  ),
  unapproved: rule('HG-08', '疑似未批先建', '图斑不在任何有效范围内', 'in no boundary in force', regulation),
} as const;

/** Remarks that a card carries beside its verdict. */
export const verdictFlags = {
  reapproval: {
    id: 'BZ-01',
    text: {
      zh: '超出面积达到批准范围面积的重新报批比例',
      en: 'the excess reaches the share of the approved range that needs a new approval',
    },
    source: `${order53}第十六条`,
  },
  schematicBoundary: {
    id: 'BZ-02',
    text: { zh: '所涉边界含示意性范围，可能不准确', en: 'a schematic range is concerned and may be inexact' },
    source: product,
  },
  withinTolerance: {
    id: 'BZ-03',
    text: { zh: '有部分在边界之外但未超过容差', en: 'a part lies outside the boundary, within the tolerance' },
    source: product,
  },
  disturbedDateUnknown: {
    id: 'BZ-04',
    text: {
      zh: '首次扰动日期不明，未判定验收与方案年限',
      en: 'first disturbed on an unknown day: acceptance and plan age are not judged',
    },
    source: product,
  },
  severalProjects: {
    id: 'BZ-05',
    text: { zh: '图斑涉及多个项目', en: 'several projects are concerned' },
    source: product,
  },
  keyArea: {
    id: 'BZ-06',
    text: {
      zh: '涉及水土流失重点预防区或重点治理区；方案未涉及的，须重新报批',
      en: 'in a key prevention or treatment area; needs a new approval where the plan did not concern one',
    },
    source: `${order53}第十六条`,
  },
  belowMinimumArea: {
    id: 'BZ-07',
    text: { zh: '小于该类型的最小图斑面积', en: 'smaller than the least patch of its type' },
    source: regulation,
  },
  lateralShift: {
    id: 'BZ-08',
    text: {
      zh: '线型工程横向位移长度达到重新报批标准（限山区、丘陵区）',
      en: 'the linear project lies off its line over the length that needs a new approval (mountains and hills)',
    },
    source: `${order53}第十六条`,
  },
} as const;

export type VerdictFlag = keyof typeof verdictFlags;
