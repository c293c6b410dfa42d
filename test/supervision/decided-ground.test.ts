import { beforeEach, describe, expect, test } from 'vitest';
import { supervisionRules2024 as rules } from '../../models/disturbance/rules/supervision-2024.ts';
import { decidePatches } from '../../pipeline/supervision/decide-patches.ts';
import { knownBefore, weightsOf } from '../../pipeline/supervision/judging.ts';
import { judgedAgain } from '../../pipeline/supervision/patch-batch.ts';
import { reopenDecisions } from '../../pipeline/supervision/reopen-decisions.ts';
import {
  type BoxCorners,
  type BoxRegister,
  boxBoundary,
  boxDraft,
  boxGeometry,
  boxRegister,
  settings,
} from './boxes.ts';

const actor = { by: '王', at: '2024-12-20T08:00:00Z' };
let boxes: BoxRegister;

beforeEach(() => {
  boxes = boxRegister();
  return () => boxes.remove();
});

const decide = async (patch: string, decision: string) => {
  const stated = { row: 1, patch, decision, reason: '现场查看', fieldReview: '2024-11-02', decidedOn: '2024-11-05' };
  const desk = { enteredBy: '王', today: '2024-11-30' };
  const { decided } = await decidePatches(boxes.register, [stated], desk, '2024-11-30T09:00:00Z');
  expect(decided).toHaveLength(1);
};

describe('ground about which people decided', () => {
  const field: BoxCorners = [0, 0, 200, 100];
  const later = async (box: BoxCorners) => (await boxes.keep('2025-03', [boxDraft(null, box)])).patches[0]!;

  test('is linked in the next batch and keeps its number', async () => {
    await boxes.keep('2024-09', [boxDraft('007', field)]);
    await decide('007', '未批先建');
    const patch = await later([0, 0, 210, 100]);
    expect(patch).toMatchObject({ number: '007', decided: { to: '007', isRaised: false } });
    expect(patch.decided!.grownShare).toBeCloseTo(0.05, 6);
  });

  test('is raised again as a new patch when it grew by more than the share', async () => {
    await boxes.keep('2024-09', [boxDraft('007', field)]);
    await decide('007', '未批先建');
    const patch = await later([0, 0, 221, 100]);
    expect(patch.decided).toMatchObject({ to: '007', isRaised: true });
    expect(patch.number).toMatch(/^621121_202503_\d{4}$/);
    expect(patch.lineage.parents).toEqual(['007']);
  });

  test('is not yet decided while it is a suspicion', async () => {
    await boxes.keep('2024-09', [boxDraft('007', field)]);
    await decide('007', '疑似未批先建');
    expect(await later(field)).toMatchObject({ number: '007', decided: null });
  });

  test('holds over batches in which it was not seen, and two decisions on the same ground count once', async () => {
    await boxes.keep('2024-09', [boxDraft('007', field)]);
    await decide('007', '未批先建');
    const grown = (await boxes.keep('2024-12', [boxDraft('008', [0, 0, 300, 100], { imageDate: '2024-10-01' })]))
      .patches;
    expect(grown[0]).toMatchObject({ number: '008', decided: { to: '007', isRaised: true } });
    await decide('008', '未批先建');
    await boxes.keep('2025-01', []);
    expect((await later([0, 0, 320, 100])).decided).toMatchObject({ to: '008', isRaised: false });
    const wider = (await boxes.keep('2025-04', [boxDraft(null, [0, 0, 340, 100])])).patches[0]!;
    expect(wider.decided).toMatchObject({ to: '008', isRaised: true });
  });

  test('cut up, keeps its link in every part', async () => {
    await boxes.keep('2024-09', [boxDraft('007', field)]);
    await decide('007', '合规');
    const parts = [boxDraft(null, [0, 0, 90, 100]), boxDraft(null, [110, 0, 200, 100])];
    const { patches } = await boxes.keep('2025-03', parts);
    expect(patches.map(({ decided }) => [decided?.to, decided?.isRaised])).toEqual([
      ['007', false],
      ['007', false],
    ]);
    expect(new Set(patches.map(({ number }) => number)).size).toBe(2);
  });
});

describe('a boundary that becomes known', () => {
  const revised = (box: BoxCorners, more = {}) => boxBoundary('A', box, { approved: '2024-06-30', ...more });
  const reopened = async (knownOn: string) =>
    (await reopenDecisions(boxes.register, knownOn, actor)).map(({ patch, after }) => [patch, after.proposed.verdict]);

  beforeEach(async () => {
    await boxes.importBoundaries(
      [boxBoundary('A', [0, 0, 200, 200]), boxBoundary('B', [5000, 0, 5200, 200])],
      '2024-01-01',
    );
    await boxes.keep('2024-09', [
      boxDraft('001', [100, 0, 300, 100]),
      boxDraft('002', [10, 120, 150, 190]),
      boxDraft('003', [5100, 0, 5300, 100]),
      boxDraft('004', [9000, 0, 9200, 100]),
    ]);
    for (const [patch, decision] of [
      ['001', '超出防治责任范围'],
      ['002', '合规'],
      ['003', '超出防治责任范围'],
      ['004', '未批先建'],
    ] as const)
      await decide(patch, decision);
  });

  test('reopens exactly the decisions it affects, once, and says on what they stood', async () => {
    await boxes.importBoundaries([revised([0, 0, 400, 200])], '2024-12-20');
    expect(await reopened('2024-12-19')).toEqual([]);
    expect(await reopened('2024-12-20')).toEqual([['001', '合规']]);
    expect(await reopened('2024-12-21')).toEqual([]);
    const entry = (await boxes.register.journal.read()).at(-1)!;
    const { decisions, current } = (await boxes.register.decisions()).of('001');
    expect(entry).toMatchObject({ kind: 'patches.reopen', by: '王' });
    expect(entry.body).toMatchObject({
      ...{ patch: '001', batch: '2024-09', reopens: decisions[0]!.sequence, decision: '超出防治责任范围' },
      ...{ imageDate: '2024-09-12', knownOn: '2024-12-20' },
      before: { boundaries: ['A@1'], proposed: { verdict: '疑似超出防治责任范围' } },
      after: { boundaries: ['A@2'], proposed: { verdict: '合规' } },
    });
    expect(current).toBeUndefined();
    expect(decisions[0]!.reopened!.sequence).toBe(entry.sequence);
    // A new decision knows the one that fell.
    await decide('001', '合规');
    const after = (await boxes.register.decisions()).of('001');
    expect(after.decisions.map(({ supersedes }) => supersedes)).toEqual([null, decisions[0]!.sequence]);
    expect(after.current!.decision).toBe('合规');
  });

  test('reopens none when it was approved after the image, or changes nothing about a patch', async () => {
    await boxes.importBoundaries([revised([0, 0, 400, 200], { approved: '2024-09-13' })], '2024-12-20');
    expect(await reopened('2024-12-20')).toEqual([]);
    await boxes.importBoundaries([boxBoundary('B', [5000, 0, 5200, 200], { name: '新名称' })], '2024-12-21');
    expect(await reopened('2024-12-21')).toEqual([]);
  });

  test('reopened ground is not decided ground', async () => {
    await boxes.importBoundaries([revised([0, 0, 400, 200])], '2024-12-20');
    await reopened('2024-12-20');
    const { decided } = await knownBefore(boxes.register, '2025-03');
    expect(decided.map(({ number }) => number).sort()).toEqual(['002', '003', '004']);
    expect(decided.find(({ number }) => number === '002')!.geometry).toEqual(boxGeometry([10, 120, 150, 190]));
  });
});

test('decisions teach the ranking once there are enough, and the batch keeps the weights it was ranked by', async () => {
  const { reviewsNeeded } = settings.weights;
  const numbers = Array.from({ length: reviewsNeeded }, (_, at) => `N${at}`);
  await boxes.keep(
    '2024-09',
    numbers.map((number, at) => boxDraft(number, [at * 900, 0, at * 900 + 100, 100])),
  );
  for (const number of numbers.slice(1)) await decide(number, '合规');
  expect(await weightsOf(boxes.register)).toEqual(settings.weights);
  await decide(numbers[0]!, '未批先建');
  const weights = await weightsOf(boxes.register);
  expect(weights.learntFrom).toEqual([{ verdict: '疑似未批先建', reviews: reviewsNeeded, unlawful: 1 }]);
  expect(weights.nonCompliance.疑似未批先建).toBeCloseTo((1 + 0.7 * reviewsNeeded) / (2 * reviewsNeeded), 12);
  const batch = await boxes.keep('2025-03', [boxDraft('X', [50_000, 0, 50_100, 100])], { weights });
  const [kept] = (await boxes.register.batches()).slice(-1);
  expect(kept!.weights).toEqual(weights);
  expect(kept!.patches[0]!.ranking.nonCompliance).toBe(weights.nonCompliance.疑似未批先建);
  // Later decisions change the weights of later batches; a replay of this one uses its own.
  await decide('X', '合规');
  expect((await weightsOf(boxes.register)).nonCompliance).not.toEqual(weights.nonCompliance);
  const again = judgedAgain(kept!, await boxes.register.boundaries(), kept!);
  expect(again).toEqual(batch);
  expect(again.rules).toEqual(rules);
  const cold = judgedAgain(kept!, await boxes.register.boundaries(), { ...kept!, weights: settings.weights });
  expect([cold.weights, cold.patches[0]!.ranking.nonCompliance]).toEqual([settings.weights, 0.7]);
});
