import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepFloats, keptFloats, type ValidRange } from '../../../models/kernels/keep-floats.ts';

const isKept = (value: number, range: ValidRange): boolean => {
  const values = Float32Array.of(value);
  keepFloats(values, Number.NaN, range);
  return !Number.isNaN(values[0]!);
};

/** The floats next to a value, below and above. */
function neighbours(value: number): number[] {
  const word = new Int32Array(Float32Array.of(value).buffer)[0]!;
  return [-2, -1, 0, 1, 2].map((step) => new Float32Array(Int32Array.of(word + step).buffer)[0]!);
}

const numbers = fc.oneof(
  fc.constantFrom(0, -0, 1, 0.01, -0.01, 1e-45, 1e37, -1e37, 3.4e38, 100, 9000, Infinity, -Infinity),
  fc.float({ noNaN: true }),
);
const ranges = fc.record({
  low: numbers,
  high: numbers,
  scale: fc.oneof(fc.constantFrom(1, 0.01, -1, 0, 0.1317), fc.float({ noNaN: true, noDefaultInfinity: true })),
  offset: fc.oneof(fc.constantFrom(0, 1, -273.15), fc.float({ noNaN: true, noDefaultInfinity: true })),
});

describe('the floats that a range keeps', () => {
  it('lie between the lowest and the highest, for any range, scale and offset', () => {
    fc.assert(
      fc.property(ranges, fc.array(numbers, { minLength: 8, maxLength: 8 }), (range, values) => {
        const { lowest, highest } = keptFloats(range);
        const ends = [lowest, highest].filter(Number.isFinite).flatMap(neighbours);
        for (const value of [...values, ...ends, 1e37, Number.NaN].map(Math.fround))
          expect([value, value >= lowest && value <= highest]).toEqual([value, isKept(value, range)]);
      }),
      { seed: 37, numRuns: 2000 },
    );
  });

  it('are those of the range itself where nothing is scaled', () => {
    expect(keptFloats({ low: 0, high: 0.2, scale: 1, offset: 0 })).toEqual({
      lowest: -0,
      highest: 0.19999998807907104,
    });
  });
});
