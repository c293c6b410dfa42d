/** log₂((1 + s)/(1 − s))/s in powers of s²; relative error 10⁻¹⁸. */
const logarithm = [
  2.8853900817779268, 0.9617966939259898, 0.577078016345514, 0.4121985858422942, 0.3205985347650481,
  0.26233436060329546, 0.22091286734180157, 0.21366122502798326,
] as const;

/** 2^f in powers of f, on [−½, ½]; error 2·10⁻¹⁶. */
const exponential = [
  1, 0.69314718055995, 0.24022650695910097, 0.05550410866444772, 0.009618129107606888, 0.0013333558230164974,
  0.0001540353044173605, 1.5252657260200837e-5, 1.321544258792169e-6, 1.0208690299958306e-7, 7.072585949269223e-9,
] as const;

const number = new Float64Array(1);
/** Low and high half of the number, as on all machines that run this. */
const words = new Int32Array(number.buffer);
const highHalfOfRootHalf = 0x3fe6a09e;

/**
 * base to an exponent, within a few 10⁻¹⁵ of itself.
 *
 * The four operations alone, in a fixed order: unlike `Math.pow`, whose last bits are each engine's own, it is the same
 * number on every machine.
 *
 * @param base not negative, finite, 0 or at least 10⁻³⁰⁰
 * @param exponent positive; the result must lie between 10⁻³⁰⁰ and 10³⁰⁰
 * @returns 0 for the base 0; NaN where one of the two is NaN
 */
export function power(base: number, exponent: number): number {
  if (base === 0) return 0;
  if (Number.isNaN(base) || Number.isNaN(exponent)) return Number.NaN;
  number[0] = base;
  const doublings = (words[1]! - highHalfOfRootHalf) >> 20;
  words[1]! -= doublings << 20;
  const fraction = number[0];
  const s = (fraction - 1) / (fraction + 1);
  const square = s * s;
  let sum: number = logarithm[7];
  sum = sum * square + logarithm[6];
  sum = sum * square + logarithm[5];
  sum = sum * square + logarithm[4];
  sum = sum * square + logarithm[3];
  sum = sum * square + logarithm[2];
  sum = sum * square + logarithm[1];
  sum = sum * square + logarithm[0];
  const y = (doublings + s * sum) * exponent;
  const whole = Math.floor(y + 0.5);
  const f = y - whole;
  let result: number = exponential[10];
  result = result * f + exponential[9];
  result = result * f + exponential[8];
  result = result * f + exponential[7];
  result = result * f + exponential[6];
  result = result * f + exponential[5];
  result = result * f + exponential[4];
  result = result * f + exponential[3];
  result = result * f + exponential[2];
  result = result * f + exponential[1];
  result = result * f + exponential[0];
  words[0] = 0;
  words[1] = (whole + 1023) << 20;
  return result * number[0]!;
}
