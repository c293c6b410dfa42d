import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decomposeChange,
  decomposeProduct,
  logarithmicMean,
  logRatios,
  mergeDecompositions,
} from '../../../models/disturbance/factor-decomposition.ts';

const factor = fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 60, noNaN: true }), fc.constant(1));
const factors = fc.tuple(factor, factor, factor, factor);
const product = (list: readonly number[], scale: number): number => list.reduce((all, each) => all * each, scale);

test('parts add up to the change of the product, zeros or not', () => {
  fc.assert(
    fc.property(factors, factors, (previous, current) => {
      const parts = decomposeProduct(previous, current, 100);
      const [before, now] = [product(previous, 100), product(current, 100)];
      const sum = parts.reduce((all, each) => all + each, 0);
      expect(Math.abs(sum - (now - before))).toBeLessThanOrEqual(1e-9 * Math.max(before, now));
      previous.forEach((value, k) => {
        if (value === current[k]) expect(parts[k] === 0).toBe(true);
      });
      // The way back undoes the way there.
      decomposeProduct(current, previous, 100).forEach((part, k) => {
        expect(part).toBeCloseTo(-parts[k]!, 6 - Math.ceil(Math.log10(Math.max(before, now, 1))));
      });
    }),
    { seed: 7, numRuns: 400 },
  );
});

test('the parts of one cell are to each other as its log-ratios', () => {
  const ratios = logRatios([2, 3, 5], [4, 3, 2.5])!;
  expect(ratios[0]).toBeCloseTo(Math.LN2, 15);
  expect(ratios[2]).toBeCloseTo(-Math.LN2, 15);
  const parts = decomposeProduct([2, 3, 5], [4, 3, 2.5], 1);
  expect(parts[0]! + parts[2]!).toBeCloseTo(0, 12);
  // By hand: from 10 to 40 with one factor times 8 and one halved; L = 30/ln 4.
  const [up, down] = decomposeProduct([1, 10], [8, 5], 1);
  expect(up).toBeCloseTo((30 / Math.log(4)) * Math.log(8), 12);
  expect(down).toBeCloseTo((30 / Math.log(4)) * Math.log(0.5), 12);
});

test('a factor that turns zero takes the whole change, two take half each', () => {
  expect(decomposeProduct([2, 3, 4], [2, 0, 8], 1)).toEqual([0, -24, 0]);
  expect(decomposeProduct([0, 3, 0], [2, 3, 5], 1)).toEqual([15, 0, 15]);
  expect(decomposeProduct([0, 1], [0, 7], 1)).toEqual([0, 0]);
  expect(logRatios([0, 1], [1, 1])).toBeUndefined();
  expect(logRatios([1, Number.NaN], [1, 1])).toBeUndefined();
});

test('the logarithmic mean lies between geometric and arithmetic mean, near equal numbers too', () => {
  for (const [a, b] of [
    [1, 2],
    [5, 5],
    [1, 1 + 1e-9],
    [3, 3.0002],
    [1e-6, 1e6],
  ] as const) {
    const mean = logarithmicMean(a, b);
    expect(mean).toBeGreaterThanOrEqual(Math.sqrt(a * b) * (1 - 1e-12));
    expect(mean).toBeLessThanOrEqual(((a + b) / 2) * (1 + 1e-12));
    expect(logarithmicMean(b, a)).toBeCloseTo(mean, 9);
  }
});

test('zones close exactly and do not depend on where the cells are cut', () => {
  const cells = 200;
  const value = (k: number, cell: number, year: number): number =>
    cell % (17 + year) === k
      ? 0
      : cell % 23 === k && year === 1
        ? Number.NaN
        : ((cell * 31 + k * 7 + year * 13) % 50) / 8 + 0.125;
  const pairs = ['R', 'K', 'B'].map((symbol, k) => ({
    symbol,
    previous: Float32Array.from({ length: cells }, (_, cell) => value(k, cell, 0)),
    current: Float32Array.from({ length: cells }, (_, cell) => value(k, cell, 1)),
  }));
  const zone = Uint16Array.from({ length: cells }, (_, cell) => cell % 3);
  const whole = decomposeChange(pairs, zone, 100);
  for (const row of whole) {
    expect(row.parts.reduce((sum, part) => sum + part, 0)).toBe(row.total);
    expect(row.cells + row.missingCells).toBe(zone.filter((code) => code === row.zone).length);
  }
  expect(whole.map(({ zeroCells }) => zeroCells).reduce((a, b) => a + b)).toBeGreaterThan(0);
  const part = (from: number, to: number) =>
    decomposeChange(
      pairs.map(({ symbol, previous, current }) => ({
        symbol,
        previous: previous.subarray(from, to),
        current: current.subarray(from, to),
      })),
      zone.subarray(from, to),
      100,
    );
  expect(mergeDecompositions([part(150, 200), part(0, 40), part(40, 150)])).toEqual(whole);
  // The sum of the cells' changes, computed directly, agrees to the rounding of 1/1024 per part.
  const direct = zone.reduce((sum, _, cell) => {
    const before = product(
      pairs.map(({ previous }) => previous[cell]!),
      100,
    );
    const now = product(
      pairs.map(({ current }) => current[cell]!),
      100,
    );
    return Number.isNaN(now) ? sum : sum + now - before;
  }, 0);
  expect(Math.abs(whole.reduce((sum, row) => sum + row.total, 0) - direct)).toBeLessThan((cells * 3) / 2048);
});
