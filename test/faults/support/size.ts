/** Whether the long form was asked for (`npm run test:faults`). */
export const isLong = process.env.SHUIBAO_FAULTS === 'long';

/** A figure of the short form, which is part of every test run, or of the long one. */
export const size = (short: number, long: number): number => (isLong ? long : short);

/** So many whole numbers between two bounds, the same for the same seed. */
export function moments(seed: number, count: number, from: number, to: number): number[] {
  let state = seed * 2_654_435_761;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 3_266_489_917) >>> 0;
    return from + (state % (to - from + 1));
  });
}
