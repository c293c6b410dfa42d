import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roundedParts } from '../../../models/statistics/rounded-parts.ts';

test('printed parts of either sign add up to the printed whole, none a unit away from what it is', () => {
  const part = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), fc.integer({ min: 0, max: 3 }), (parts, decimals) => {
      const rounded = roundedParts(parts, decimals);
      expect(rounded.parts.reduce((sum, each) => sum + each, 0)).toBe(rounded.whole);
      const unit = 10 ** decimals;
      expect(Math.abs(rounded.whole - parts.reduce((sum, each) => sum + each, 0) * unit)).toBeLessThan(0.501);
      for (const [at, each] of rounded.parts.entries()) expect(Math.abs(each - parts[at]! * unit)).toBeLessThan(1.001);
    }),
    { seed: 5 },
  );
});

test('what is exact in its digits stays, and the largest remainders get what is left', () => {
  expect(roundedParts([62.92, -1.5, 0], 2)).toEqual({ whole: 6142, parts: [6292, -150, 0] });
  expect(roundedParts([1 / 3, 1 / 3, 1 / 3], 2)).toEqual({ whole: 100, parts: [34, 33, 33] });
  expect(roundedParts([0.006, -0.004], 2)).toEqual({ whole: 0, parts: [1, -1] });
  expect(roundedParts([], 2)).toEqual({ whole: 0, parts: [] });
});
