import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exponential } from '../../../models/arithmetic/exponential.ts';

test('is within one unit in the last place of the exponential', () => {
  fc.assert(
    fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
      expect(Math.abs(exponential(x) / Math.exp(x) - 1)).toBeLessThanOrEqual(2 * Number.EPSILON);
    }),
    { seed: 11, numRuns: 20_000 },
  );
});

test('keeps the exact values, and no number stays none', () => {
  expect(exponential(0)).toBe(1);
  expect(exponential(-0)).toBe(1);
  expect(exponential(Number.NaN)).toBeNaN();
});

test('takes exponents beyond 700 as 700', () => {
  expect(exponential(1e6)).toBe(exponential(700));
  expect(exponential(Number.NEGATIVE_INFINITY)).toBe(exponential(-700));
  expect(exponential(-700)).toBeGreaterThan(0);
});
