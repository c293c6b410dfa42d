import { describe, expect, test } from 'vitest';
import { type BoundaryVersion, versionsInForce, yearsLater } from '../../../models/disturbance/boundary-versions.ts';
import { isLargeEnough, needsReapproval, planType } from '../../../models/disturbance/plan-duties.ts';
import { patchRisk, projectRisk, riskTiers } from '../../../models/disturbance/risk-tier.ts';
import { supervisionRules2024 as rules, withThresholds } from '../../../models/disturbance/rules/supervision-2024.ts';
import { verdictFlags, verdictRules } from '../../../models/disturbance/rules/verdict-rules.ts';
import { judge, type OverlappedBoundary, type OverlayMeasures } from '../../../models/disturbance/verdict.ts';
import { vectorRows } from './vector-rows.ts';

test.each(vectorRows('O4'))('O4: plan type of $inputs', ({ inputs, out }) => {
  const { area_hm2, earthwork_m3 } = inputs as { area_hm2: number; earthwork_m3: number };
  expect(planType(area_hm2, earthwork_m3, rules)).toBe(out[0]);
});

test.each(vectorRows('O5'))('O5: new approval for $inputs', ({ inputs, out }) => {
  const { range0, range1, earth0, earth1 } = inputs as Record<string, number>;
  const grown = [
    { approved: range0!, actual: range1! },
    { approved: earth0!, actual: earth1! },
  ];
  expect(needsReapproval(grown, rules) ? '重新报批' : '不触发').toBe(out[0]);
});

test.each(vectorRows('O6'))('O6: least patch at $inputs', ({ inputs, out }) => {
  const hectares = inputs.area_hm2 as number;
  expect([isLargeEnough(hectares, '弃土(渣)场', rules), isLargeEnough(hectares, '其他扰动', rules)]).toEqual(out);
});

const boundary: OverlappedBoundary = {
  project: 'A',
  version: 1,
  kind: '防治责任范围',
  approved: '2022-05-01',
  accepted: null,
  insideSquareMetres: 20000,
  areaSquareMetres: 20000,
};
const inside: OverlayMeasures = {
  areaSquareMetres: 20000,
  insideSquareMetres: 20000,
  beyondToleranceSquareMetres: 0,
  surelyInsideSquareMetres: 18000,
  insideSchematicSquareMetres: 0,
  boundaries: [boundary],
  unstarted: undefined,
  lateral: undefined,
};
const away: OverlayMeasures = {
  ...inside,
  insideSquareMetres: 0,
  beyondToleranceSquareMetres: 20000,
  surelyInsideSquareMetres: 0,
  boundaries: [],
};
const partly: OverlayMeasures = {
  ...inside,
  insideSquareMetres: 14000,
  beyondToleranceSquareMetres: 6000,
  surelyInsideSquareMetres: 12000,
};
const known = {
  moment: { imageDate: '2024-09-12', knownOn: '2024-10-01' },
  disturbed: { earliest: '2024-04-01', latest: '2024-04-01' },
};
const verdictOf = (measures: OverlayMeasures, more: Partial<typeof known> = {}, edition = rules) =>
  judge({ measures, ...known, ...more }, edition);

describe('verdicts, each rule with a case that holds, one that does not, and its edge', () => {
  test('HG-01 inside, up to the tolerance', () => {
    expect(verdictOf(inside)).toMatchObject({ verdict: '合规', excessSquareMetres: 0, flags: [] });
    const edge = { ...inside, insideSquareMetres: 19000, beyondToleranceSquareMetres: 0.02 };
    expect(verdictOf(edge)).toMatchObject({ verdict: '合规', excessSquareMetres: 0, flags: ['withinTolerance'] });
    expect(verdictOf({ ...edge, beyondToleranceSquareMetres: 0.021 }).verdict).toBe('疑似超出防治责任范围');
  });

  test('HG-02 after acceptance, only when all projects were accepted before', () => {
    const accepted = { ...boundary, accepted: '2024-03-31' };
    expect(verdictOf({ ...inside, boundaries: [accepted] }).verdict).toBe('验收后新增扰动');
    expect(verdictOf({ ...inside, boundaries: [{ ...boundary, accepted: '2024-04-01' }] }).verdict).toBe('合规');
    const both = verdictOf({ ...inside, boundaries: [accepted, { ...boundary, project: 'B' }] });
    expect(both).toMatchObject({ verdict: '合规', flags: ['severalProjects'] });
  });

  test('HG-03 plan older than three years when begun', () => {
    const approved = (day: string) => verdictOf({ ...inside, boundaries: [{ ...boundary, approved: day }] }).verdict;
    expect(approved('2021-03-31')).toBe('方案待重新审核');
    expect(approved('2021-04-01')).toBe('合规');
    const unknown = { disturbed: { earliest: null as unknown as string, latest: '2024-09-12' } };
    const old = { ...inside, boundaries: [{ ...boundary, approved: '2015-01-01', accepted: '2016-01-01' }] };
    expect(verdictOf(old, unknown)).toMatchObject({ verdict: '合规', flags: ['disturbedDateUnknown'] });
  });

  test('HG-04 partly outside, with the excess from the boundary itself and a flag from 30 % on', () => {
    expect(verdictOf(partly)).toMatchObject({
      verdict: '疑似超出防治责任范围',
      excessSquareMetres: 6000,
      flags: ['reapproval'],
    });
    expect(verdictOf({ ...partly, insideSquareMetres: 14001 }).flags).toEqual([]);
    // The share is that of the approved range, not of the patch.
    const wide = { ...partly, boundaries: [{ ...boundary, areaSquareMetres: 20001 }] };
    expect(verdictOf(wide)).toMatchObject({ flags: [], card: { numbers: { approvedSquareMetres: 20001 } } });
    // A touch that a shift by the tolerance explains is no overlap.
    expect(verdictOf({ ...partly, insideSquareMetres: 300, surelyInsideSquareMetres: 0 }).verdict).toBe('疑似未批先建');
  });

  test('HG-05 a schematic range decides neither way', () => {
    expect(verdictOf({ ...away, insideSchematicSquareMetres: 20000 })).toMatchObject({
      verdict: '待核边界',
      excessSquareMetres: 0,
      flags: ['schematicBoundary'],
    });
    expect(verdictOf({ ...away, insideSchematicSquareMetres: 0.02 }).verdict).toBe('疑似未批先建');
    // Beside a definite boundary it is a remark.
    expect(verdictOf({ ...inside, insideSchematicSquareMetres: 50 })).toMatchObject({
      verdict: '合规',
      flags: ['schematicBoundary'],
    });
  });

  test('HG-06 below the duty to hand in a plan', () => {
    const small = (area: number) =>
      verdictOf({ ...away, areaSquareMetres: area, beyondToleranceSquareMetres: area }).verdict;
    expect(small(4999)).toBe('可不编报(待核土石方)');
    expect(small(5000)).toBe('疑似未批先建');
  });

  test('HG-07 and HG-08 an unstarted project nearby', () => {
    const near = (metres: number) => verdictOf({ ...away, unstarted: { project: 'C', metres } }).verdict;
    expect([near(0), near(2000), near(2000.5)]).toEqual(['疑似建设地点变更', '疑似建设地点变更', '疑似未批先建']);
    expect(verdictOf(away).verdict).toBe('疑似未批先建');
  });

  test('cards name rule, edition, numbers and the thresholds that decided', () => {
    const trial = withThresholds(rules, { noPlanHectares: 3 });
    const { card, verdict } = verdictOf(away, {}, trial);
    expect(verdict).toBe('可不编报(待核土石方)');
    expect(card).toMatchObject({
      rule: 'HG-06',
      rules: 'supervision-2024+trial',
      thresholds: { noPlanHectares: 3 },
      numbers: { areaSquareMetres: 20000, outsideShare: 1, imageDate: '2024-09-12' },
    });
    expect(card.source).toContain('第53号');
    const ids = [...Object.values(verdictRules), ...Object.values(verdictFlags)].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('boundary versions', () => {
  const first: BoundaryVersion = {
    project: 'A',
    version: 1,
    kind: '防治责任范围',
    approved: '2022-01-10',
    validTo: null,
    cancelled: null,
    accepted: null,
    knownFrom: '2022-02-01',
  };
  const correction: BoundaryVersion = { ...first, version: 2, knownFrom: '2024-11-05' };
  const revision: BoundaryVersion = { ...first, version: 3, approved: '2024-06-01', knownFrom: '2024-12-01' };
  const inForce = (
    imageDate: string,
    knownOn: string,
    list: readonly BoundaryVersion[] = [correction, revision, first],
  ) =>
    versionsInForce(list, { imageDate, knownOn }, { earliest: null, latest: imageDate }).map(({ version }) => version);

  test('are those approved by the day of the image and known on the day of the decision', () => {
    expect(inForce('2022-01-09', '2025-01-01')).toEqual([]);
    expect(inForce('2022-01-10', '2022-01-31')).toEqual([]);
    expect(inForce('2024-09-12', '2024-10-01')).toEqual([1]);
    expect(inForce('2024-09-12', '2024-11-05')).toEqual([2]);
    expect(inForce('2024-09-12', '2024-12-01')).toEqual([3]);
    expect(inForce('2024-05-31', '2024-12-01')).toEqual([2]);
    expect(inForce('2024-09-12', '2024-12-01', [{ ...first, validTo: '2024-09-11' }])).toEqual([]);
    expect(inForce('2024-09-12', '2024-12-01', [{ ...first, validTo: '2024-09-12' }])).toEqual([1]);
  });

  test('that were cancelled or ran out before the ground was disturbed do not count', () => {
    const counts = (cancelled: string, earliest: string | null) =>
      versionsInForce(
        [{ ...first, cancelled }],
        { imageDate: '2024-09-12', knownOn: '2024-10-01' },
        { earliest, latest: '2024-09-12' },
      ).length === 1;
    expect(counts('2023-08-31', '2024-04-25')).toBe(false);
    expect(counts('2024-04-25', '2024-04-25')).toBe(false);
    expect(counts('2024-04-26', '2024-04-25')).toBe(true);
    expect(counts('2024-04-26', null)).toBe(false);
  });

  test('years are counted by the calendar', () => {
    expect([yearsLater('2020-02-29', 3), yearsLater('2020-02-29', 4), yearsLater('2019-06-11', 3)]).toEqual([
      '2023-02-28',
      '2024-02-29',
      '2022-06-11',
    ]);
  });
});

describe('risk tiers', () => {
  const facts = {
    verdict: '合规' as const,
    excessSquareMetres: 0,
    withinTolerance: false,
    expanded: false,
    isSpoilGround: false,
    keyAreaShare: 0,
    steepShare: 0,
  };
  test.each([
    [facts, '无风险', 'unchanged'],
    [{ ...facts, expanded: true }, '低风险', 'expanded'],
    [{ ...facts, withinTolerance: true }, '低风险', 'withinTolerance'],
    [{ ...facts, steepShare: 0.4, keyAreaShare: 1 }, '无风险', 'unchanged'],
    [{ ...facts, verdict: '疑似超出防治责任范围', excessSquareMetres: 9999 }, '中风险', 'verdict'],
    [{ ...facts, verdict: '疑似超出防治责任范围', excessSquareMetres: 10000 }, '高风险', 'largeExcess'],
    [
      { ...facts, verdict: '疑似超出防治责任范围', excessSquareMetres: 10, isSpoilGround: true },
      '高风险',
      'spoilOutside',
    ],
    [{ ...facts, verdict: '疑似超出防治责任范围', excessSquareMetres: 10, steepShare: 0.01 }, '高风险', 'steep'],
    [{ ...facts, verdict: '疑似未批先建' }, '高风险', 'verdict'],
    [{ ...facts, verdict: '待核边界' }, '中风险', 'verdict'],
    [{ ...facts, verdict: '待核边界', keyAreaShare: 0.1 }, '高风险', 'keyArea'],
    [{ ...facts, verdict: '可不编报(待核土石方)' }, '低风险', 'belowDuty'],
  ] as const)('%o is %s: %s', (given, tier, reason) => expect(patchRisk(given, rules)).toEqual({ tier, reason }));

  test('a project has the tier of its worst patch', () => {
    expect(projectRisk([])).toBe('无风险');
    expect(projectRisk(['低风险', '高风险', '中风险'])).toBe('高风险');
    for (const tier of riskTiers) expect(projectRisk([tier])).toBe(tier);
  });
});
