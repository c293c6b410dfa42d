import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DecidedOverlap, decidedLink, sameDecidedGround } from '../../../models/disturbance/decided-ground.ts';
import { type PatchOverlap, traceLineage } from '../../../models/disturbance/lineage.ts';
import { PatchNumbers } from '../../../models/disturbance/patch-numbers.ts';
import { calibratedWeights, coldStartWeights, rankingScore } from '../../../models/disturbance/ranking.ts';
import { supervisionRules2024 as rules } from '../../../models/disturbance/rules/supervision-2024.ts';

const thresholds = { sameGroundShare: 0.5, changeShare: 0.05 };
const patch = (key: string, squareMetres: number) => ({ key, squareMetres });
const overlap = (previous: string, current: string, squareMetres: number): PatchOverlap => ({
  previous,
  current,
  squareMetres,
});

describe('lineage', () => {
  test('of a patch that stays, grows or shrinks', () => {
    const change = (now: number, shared: number) =>
      traceLineage([patch('P1', 1000)], [patch('a', now)], [overlap('P1', 'a', shared)], thresholds).patches[0];
    expect(change(1050, 1000)).toMatchObject({
      keeps: 'P1',
      parents: ['P1'],
      isSplit: false,
      change: '续建(范围不变)',
    });
    expect(change(1051, 1000)).toMatchObject({ keeps: 'P1', change: '续建(范围扩大)' });
    expect(change(949, 949)).toMatchObject({ keeps: 'P1', change: '续建(范围缩小)' });
    expect(change(1000, 499)).toMatchObject({ keeps: undefined, parents: [], change: '新增' });
  });

  test('of a split keeps the number for the largest part, and both know their parent', () => {
    const { patches, ended } = traceLineage(
      [patch('P1', 1000), patch('P2', 400)],
      [patch('a', 300), patch('b', 500)],
      [overlap('P1', 'a', 300), overlap('P1', 'b', 480)],
      thresholds,
    );
    expect(patches.map(({ keeps, parents, isSplit }) => ({ keeps, parents, isSplit }))).toEqual([
      { keeps: undefined, parents: ['P1'], isSplit: true },
      { keeps: 'P1', parents: ['P1'], isSplit: true },
    ]);
    expect(ended).toEqual(['P2']);
  });

  test('of a merge keeps the number of the larger overlap and lists all parents', () => {
    const { patches } = traceLineage(
      [patch('P1', 300), patch('P2', 400)],
      [patch('a', 900)],
      [overlap('P1', 'a', 290), overlap('P2', 'a', 390)],
      thresholds,
    );
    expect(patches[0]).toMatchObject({ keeps: 'P2', parents: ['P2', 'P1'], change: '续建(范围扩大)' });
  });

  test('never gives one number to two patches', () => {
    const links = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 }), fc.integer({ min: 1, max: 100 })),
    );
    const sizes = Array.from({ length: 5 }, (_, n) => n);
    fc.assert(
      fc.property(links, (list) => {
        const unique = [...new Map(list.map((link) => [`${link[0]} ${link[1]}`, link])).values()];
        const { patches } = traceLineage(
          sizes.map((n) => patch(`P${n}`, 100)),
          sizes.map((n) => patch(`c${n}`, 100)),
          unique.map(([from, to, area]) => overlap(`P${from}`, `c${to}`, area)),
          thresholds,
        );
        const kept = patches.flatMap(({ keeps }) => keeps ?? []);
        expect(new Set(kept).size).toBe(kept.length);
      }),
      { seed: 11, numRuns: 300 },
    );
  });
});

test('patch numbers follow county, year and period, and are never used again', () => {
  const numbers = new PatchNumbers(['511623_202401_0007', '2017_7897489_49687', '000012345678901234567']);
  expect(numbers.next('511623', { year: 2024, period: 1 })).toBe('511623_202401_0008');
  expect(numbers.next('511623', { year: 2024, period: 1 })).toBe('511623_202401_0009');
  expect(numbers.next('511623', { year: 2024, period: 12 })).toBe('511623_202412_0001');
  expect(numbers.next('011602', { year: 2025, period: 3 })).toBe('011602_202503_0001');
  expect(() => numbers.next('5116', { year: 2024, period: 1 })).toThrow(RangeError);
  expect(() => numbers.next('511623', { year: 2024, period: 0 })).toThrow(RangeError);
  const many = new PatchNumbers(['511623_202401_9999']);
  const [over, next] = [1, 2].map(() => many.next('511623', { year: 2024, period: 1 }));
  expect(new PatchNumbers([over!, next!]).next('511623', { year: 2024, period: 1 })).toBe('511623_202401_10002');
});

describe('decided ground', () => {
  const overlap = (number: string, decidedSquareMetres: number, overlapSquareMetres: number) => ({
    number,
    decidedSquareMetres,
    overlapSquareMetres,
  });
  const linkOf = (squareMetres: number, decided: DecidedOverlap[], ground: number) =>
    decidedLink(squareMetres, sameDecidedGround(squareMetres, decided, rules), ground, rules);

  test('is linked, and raised again only when it grew by more than the share', () => {
    const decided = [overlap('D1', 1000, 1000)];
    expect(linkOf(1100, decided, 1000)).toMatchObject({ to: 'D1', isRaised: false });
    expect(linkOf(1101, decided, 1000)).toMatchObject({ to: 'D1', isRaised: true });
    expect(linkOf(5000, [overlap('D1', 1000, 499)], 1000)).toBeUndefined();
    expect(linkOf(900, [], 0)).toBeUndefined();
  });

  test('that was decided twice counts once', () => {
    const decided = [overlap('D1', 1000, 1000), overlap('D2', 1200, 1200)];
    expect(linkOf(1300, decided, 1200)).toMatchObject({ to: 'D2', isRaised: false });
    expect(linkOf(1321, decided, 1200)).toMatchObject({ to: 'D2', isRaised: true });
  });
});

describe('ranking', () => {
  const facts = {
    kind: 'disturbed',
    verdict: '疑似未批先建',
    hectares: 3,
    soilLossRiseTonnes: 50,
    keyAreaShare: 0,
    steepShare: 0,
    isSpoilGround: false,
    waterMetres: 100,
  } as const;
  const score = (more: object) => rankingScore({ ...facts, ...more }, coldStartWeights).score;

  test('is the product of confidence, likely breach and consequence, by hand', () => {
    const result = rankingScore(facts, coldStartWeights);
    expect(result.consequence).toBeCloseTo(0.3 / 2 + 0.25 / 2 + 0.1 / 2, 12);
    expect(result.score).toBeCloseTo(0.9 * 0.7 * 0.325, 12);
    expect(result.reasons.map(({ name }) => name)).toEqual(['area', 'soilLoss', 'water']);
  });

  test('rises with each thing that makes a patch worse and stays below one', () => {
    for (const worse of [
      { hectares: 4 },
      { soilLossRiseTonnes: 60 },
      { keyAreaShare: 0.2 },
      { steepShare: 0.1 },
      { waterMetres: 99 },
      { isSpoilGround: true },
    ])
      expect(score(worse)).toBeGreaterThan(score({}));
    expect(score({ waterMetres: undefined })).toBeLessThan(score({ waterMetres: 2000 }));
    expect(score({ soilLossRiseTonnes: undefined })).toBe(score({ soilLossRiseTonnes: -5 }));
    expect(
      score({ hectares: 1e9, soilLossRiseTonnes: 1e9, keyAreaShare: 1, steepShare: 1, isSpoilGround: true }),
    ).toBeLessThan(1);
    const { consequence } = coldStartWeights;
    expect(Object.values(consequence).reduce((sum, part) => sum + part, 0)).toBeCloseTo(1, 12);
  });

  test('learns from reviews once there are enough', () => {
    const review = (wasUnlawful: boolean) => ({ verdict: '待核边界', wasUnlawful }) as const;
    const few = Array.from({ length: 29 }, () => review(true));
    expect(calibratedWeights(coldStartWeights, few)).toBe(coldStartWeights);
    const learnt = calibratedWeights(coldStartWeights, [...few, review(true)]);
    expect(learnt.nonCompliance.待核边界).toBeCloseTo((30 + 0.3 * 30) / 60, 12);
    expect(learnt.nonCompliance.疑似未批先建).toBe(0.7);
    const none = calibratedWeights(
      coldStartWeights,
      Array.from({ length: 60 }, () => review(false)),
    );
    expect(none.nonCompliance.待核边界).toBeCloseTo(0.1, 12);
  });
});
