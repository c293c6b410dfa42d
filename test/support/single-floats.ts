import fc from 'fast-check';

/** Single-precision numbers of a range. */
export const single = (min: number, max: number): fc.Arbitrary<number> =>
  fc.float({ min: Math.fround(min), max: Math.fround(max), noNaN: true, noDefaultInfinity: true });
