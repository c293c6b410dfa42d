import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { singleGrowth, singlePower } from '../../../models/arithmetic/single-power.ts';
import { singleSine } from '../../../models/arithmetic/single-sine.ts';
import type { CellFactorMethod } from '../../../models/factors/factor-method.ts';
import { factorMethods } from '../../../models/factors/registry.ts';
import { singleSteepnessFactor } from '../../../models/terrain/single-steepness.ts';
import { terrainOptions } from '../../../pipeline/tasks/terrain/terrain-methods.ts';
import { single } from '../../support/single-floats.ts';
import { terrainSettings } from '../../support/terrain-settings.ts';
import { vectorsOf } from '../../support/vectors.ts';

test('single powers stay as close as they say', () => {
  expect(singlePower(0, 0.5)).toBe(0);
  expect(singlePower(1, 0.3)).toBe(Math.fround(1.0000001192092896));
  fc.assert(
    fc.property(single(1e-6, 1e7), single(0.01, 2), (base, exponent) => {
      const error = Math.abs(singlePower(base, exponent) / base ** exponent - 1);
      expect(error).toBeLessThan(1e-7 * (3 + Math.abs(exponent * Math.log2(base))));
    }),
    { seed: 22, numRuns: 3000 },
  );
});

test('powers of two less 1 keep their digits near 0', () => {
  expect(singleGrowth(0)).toBe(0);
  expect(singleGrowth(-1)).toBe(-0.5);
  expect(singleGrowth(Number.NaN)).toBeNaN();
  fc.assert(
    fc.property(fc.oneof(single(-12, 12), single(-1e-6, 1e-6)), (y) => {
      fc.pre(Math.abs(y) > 1e-30);
      expect(Math.abs(singleGrowth(y) / Math.expm1(y * Math.LN2) - 1)).toBeLessThan(2e-7);
    }),
    { seed: 23, numRuns: 3000 },
  );
});

test('single sines stay as close as they say', () => {
  for (let degrees = 0.001; degrees <= 90; degrees *= 1.01) {
    const angle = Math.fround(degrees);
    expect(Math.abs(singleSine(angle) / Math.sin((angle * Math.PI) / 180) - 1)).toBeLessThan(3e-7);
  }
  expect(singleSine(Number.NaN)).toBeNaN();
});

describe('S in single precision', () => {
  const settingsOf = (id: string): Record<string, number>[] =>
    id === 'csle-liu1994'
      ? [{}, { steepCoefficient: 21.91 }, { moderateFromDegrees: 5.1, maxSlopeDegrees: 60.3 }]
      : id === 'mccool1987'
        ? [{}, { maxSlopeDegrees: 20 }]
        : [{}];
  const methods = (factorMethods.slopeSteepness as readonly CellFactorMethod[]).flatMap((method) =>
    settingsOf(method.id).map((settings) => ({ method, settings })),
  );
  const account = (id: string, settings: Record<string, number>) => {
    const { singleSteepness } = terrainOptions({ ...terrainSettings, steepness: { method: id, settings } });
    return singleSteepness!;
  };
  /** Every hundredth of a degree, and floats on either side of each limit. */
  const limits = [5, 5.1, 5.142764568, 10, 20, 60.3].flatMap((limit) =>
    [-2, -1, 0, 1, 2].map((ulps) => limit * (1 + ulps * 6e-8)),
  );
  const slopes = Float32Array.from([...limits, ...Array.from({ length: 9000 }, (_, i) => i / 100), 1e-7, 1e-30]);

  test.each(methods)('by $method.id $settings is within 10⁻⁶ of the formula in double, in the same band', (each) => {
    const formula = each.method.prepare(each.settings);
    singleSteepnessFactor(slopes, account(each.method.id, each.settings)).forEach((found, i) => {
      expect(Math.abs(found / formula(slopes[i]!) - 1), `${slopes[i]}°`).toBeLessThan(1e-6);
    });
  });

  test.each(methods)('by $method.id $settings has no number without data', ({ method, settings }) => {
    expect(singleSteepnessFactor(Float32Array.of(Number.NaN), account(method.id, settings))[0]).toBeNaN();
  });

  test.each([
    ['mccool1987', 'R2 '],
    ['nearing1997', 'R4 '],
    ['csle-liu1994', 'C8 '],
  ])('by %s gives the worked vectors %s', (id, group) => {
    const vectors = vectorsOf(group);
    expect(vectors.length).toBeGreaterThan(2);
    for (const { inputs, out } of vectors) {
      // Rounded to float32, 9.999999° is in the band that it was in.
      const slope = Float32Array.of(inputs.theta_deg as number);
      expect(Math.abs(singleSteepnessFactor(slope, account(id, {}))[0]! / out[0]! - 1)).toBeLessThan(1e-6);
    }
  });
});
