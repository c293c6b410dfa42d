import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  biologicalPractice,
  biologicalPracticeRules,
  landUseWithoutRule,
  needsUnderstorey,
} from '../../../models/factors/biological-practice-half-month-csle2018.ts';
import { coverManagementVanDerKnijff2000 } from '../../../models/factors/cover-management-van-der-knijff2000.ts';
import { engineeringPractice } from '../../../models/factors/engineering-practice-measures.ts';
import { factorMethod } from '../../../models/factors/registry.ts';
import { soilLossRatio } from '../../../models/factors/soil-loss-ratio.ts';
import { landUseClasses } from '../../../models/parameters/land-use-classes.ts';

const seed = { seed: 20240501, numRuns: 60 };
const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const year = (value: number) => new Float64Array(24).fill(value);
const even = year(1 / 24);

describe('soil loss ratio', () => {
  it('stays in 0–1 and falls with cover', () => {
    for (const group of ['shrub-tea', 'grass', 'forest-orchard'] as const)
      fc.assert(
        fc.property(fraction, fraction, fraction, (a, b, understorey) => {
          const [bare, green] = [Math.min(a, b), Math.max(a, b)].map((cover) =>
            soilLossRatio(group, cover, understorey),
          );
          expect(green).toBeLessThanOrEqual(bare!);
          expect(green).toBeGreaterThanOrEqual(0);
          expect(bare).toBeLessThanOrEqual(1);
        }),
        seed,
      );
  });

  it('takes cover as a fraction: percent would leave nothing to erode', () => {
    expect(soilLossRatio('grass', 0.5, Number.NaN)).toBeCloseTo(0.06428, 5);
    expect(soilLossRatio('grass', 50, Number.NaN)).toBeLessThan(1e-9);
  });

  it('of forest falls with understorey cover, down to 0.002119', () => {
    expect(soilLossRatio('forest-orchard', 1, 0)).toBeCloseTo(0.358258, 6);
    expect(soilLossRatio('forest-orchard', 1, 1)).toBeCloseTo(0.002119, 6);
    expect(soilLossRatio('forest-orchard', 0.8, Number.NaN)).toBeNaN();
  });
});

describe('B', () => {
  const weights = fc
    .array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 24, maxLength: 24 })
    .map((parts) => parts.map((part) => part / parts.reduce((sum, each) => sum + each, 0)));

  it('lies between the smallest and the largest ratio of the year', () => {
    fc.assert(
      fc.property(fc.array(fraction, { minLength: 24, maxLength: 24 }), weights, (cover, shares) => {
        const ratios = cover.map((each) => soilLossRatio('grass', each, Number.NaN));
        const B = biologicalPractice(41, cover, undefined, shares);
        expect(B).toBeGreaterThanOrEqual(Math.min(...ratios) - 1e-12);
        expect(B).toBeLessThanOrEqual(Math.max(...ratios) + 1e-12);
      }),
      seed,
    );
  });

  it('is 1 on cropland and 0 on water, whatever the cover', () => {
    for (const code of [11, 12, 13]) expect(biologicalPractice(code, year(0.9), undefined, even)).toBe(1);
    for (const code of [71, 72, 73]) expect(biologicalPractice(code, year(0), undefined, even)).toBe(0);
  });

  it('refuses forest without understorey cover and passes a missing value on', () => {
    expect(() => biologicalPractice(31, year(0.8), undefined, even)).toThrow('understorey cover (林下盖度)');
    expect(biologicalPractice(31, year(0.8), year(0.5).with(3, Number.NaN), even)).toBeNaN();
    expect(biologicalPractice(43, year(0.8).with(0, Number.NaN), undefined, even)).toBeNaN();
  });

  it('has no value for saline land and sand until the run gives one, nor for unknown codes', () => {
    const rules = biologicalPracticeRules();
    expect(
      landUseWithoutRule(
        landUseClasses.map(({ code }) => code),
        rules,
      ),
    ).toEqual([81, 82]);
    expect(biologicalPractice(81, year(0), undefined, even)).toBeNaN();
    expect(biologicalPractice(99, year(0), undefined, even)).toBeNaN();
    const own = biologicalPracticeRules({ 81: 0.3, 31: 0.02 });
    expect(biologicalPractice(81, year(0), undefined, even, own)).toBe(0.3);
    expect(biologicalPractice(31, year(0), undefined, even, own)).toBe(0.02);
    expect(needsUnderstorey(31, rules)).toBe(true);
    expect(needsUnderstorey(31, own)).toBe(false);
  });

  it('by land use alone has nothing for land that follows its cover', () => {
    const byLandUse = factorMethod('biologicalPractice', 'land-use-table');
    expect(byLandUse.evaluate(31)).toBeNaN();
    expect(byLandUse.prepare({ values: { 31: 0.02 } })(31)).toBe(0.02);
    expect(byLandUse.evaluate(53)).toBe(1);
    expect(() => byLandUse.prepare({ values: { 31: 2 } })).toThrow('factor of code 31 must be 0–1, got 2');
  });
});

describe('E', () => {
  const { evaluate, prepare } = factorMethod('engineeringPractice', 'measure-table');

  it('is 1 without a measure, the smaller of two, and unknown for an unknown code', () => {
    expect(evaluate(0)).toBe(1);
    expect(evaluate('020101')).toBe(0.084);
    expect(engineeringPractice(['020103', '0205'])).toBe(0.249);
    expect(engineeringPractice(['020103', '9999'])).toBeNaN();
    expect(prepare({ values: { '9999': 0.5 } })('9999')).toBe(0.5);
  });
});

describe('T', () => {
  const byZone = factorMethod('tillagePractice', 'rotation-zone-table').evaluate;
  const byMeasure = factorMethod('tillagePractice', 'measure-table').evaluate;

  it('acts on cropland only, and is unknown there without a zone', () => {
    expect(byZone(13, 'beijiang-guangai-yishu-tianxian')).toBe(0.281);
    expect(byZone(31, 'dongbei')).toBe(1);
    expect(byZone(13, 0)).toBeNaN();
    expect(byMeasure(12, '0313')).toBe(0.136);
    expect(byMeasure(41, 0)).toBe(1);
    expect(byMeasure(11, 'x')).toBeNaN();
  });
});

describe('C and P', () => {
  it('of Cai are held within 0–1 at both ends', () => {
    const C = factorMethod('coverManagement', 'cai2000').evaluate;
    expect([0, 0.05, 78.3, 100].map(C)).toEqual([1, 1, 0, 0]);
    expect(C(50)).toBeCloseTo(0.6508 - 0.3436 * Math.log10(50), 12);
  });

  it('from NDVI stay in 0–1 over its whole range', () => {
    fc.assert(
      fc.property(fc.double({ min: -1, max: 1, noNaN: true }), (ndvi) => {
        expect(coverManagementVanDerKnijff2000(ndvi)).toBeGreaterThanOrEqual(0);
        expect(coverManagementVanDerKnijff2000(ndvi)).toBeLessThanOrEqual(1);
      }),
      seed,
    );
  });

  it('from NDVI at and above β are 0', () => {
    expect([0.8, 0.9].map((ndvi) => coverManagementVanDerKnijff2000(ndvi, 2, 0.8))).toEqual([0, 0]);
  });

  it('by land use have no value for a code that is not given', () => {
    for (const factor of ['coverManagement', 'supportPractice'] as const) {
      const table = factorMethod(factor, 'land-use-table').prepare({ values: { 41: 0.05 } });
      expect([table(41), table(42)]).toEqual([0.05, Number.NaN]);
    }
  });

  it('by slope band keep the limit in the band below', () => {
    const P = factorMethod('supportPractice', 'slope-bands').evaluate;
    expect([5, 5.01, 25, 25.01].map(P)).toEqual([0.11, 0.221, 0.705, 0.8]);
  });
});

describe('vegetation cover', () => {
  it('refuses end-members that are not in order', () => {
    expect(() => factorMethod('vegetationCover', 'gutman-ignatov1998').prepare({ soil: 0.6, vegetation: 0.5 })).toThrow(
      'NDVI of vegetation (0.5) must exceed that of soil (0.6)',
    );
  });
});

describe('erodibility', () => {
  it('needs fractions that add up to 100 within 1', () => {
    const K = factorMethod('soilErodibility', 'epic-williams1990').evaluate;
    expect(K(40, 40, 21, 1)).toBeGreaterThan(0);
    expect(K(40, 40, 22, 1)).toBeNaN();
    expect(K(100, 0, 0, 0.5)).toBe(0);
    expect(K(110, -10, 0, 0.5)).toBeNaN();
  });

  it('corrected for China is never negative', () => {
    expect(factorMethod('soilErodibility', 'epic-zhang2008-china').evaluate(100, 0, 0, 0.5)).toBe(0);
  });

  it('of a supplied raster in US units is 0.1317 times as large', () => {
    expect(factorMethod('soilErodibility', 'ready').prepare({ unit: 'US' })(0.3)).toBeCloseTo(0.03951, 10);
    expect(factorMethod('rainfallErosivity', 'ready').prepare({ unit: 'US' })(100)).toBeCloseTo(1702, 10);
    expect(factorMethod('soilErodibility', 'ready').evaluate(0.03)).toBe(0.03);
  });
});
