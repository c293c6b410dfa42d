/** log₂((1 + s)/(1 − s))/s in powers of s², for factors within √½ … √2; error of the logarithm 6·10⁻⁸. */
const logarithmTerms = Float32Array.of(2.885390520095825, 0.9615878462791443, 0.595796525478363);

/** 2^f in powers of f, on [−½, ½]; relative error 8·10⁻⁸. */
const exponentialTerms = Float32Array.of(
  1.0000001192092896,
  0.6931472420692444,
  0.2402210682630539,
  0.05550297349691391,
  0.009676036424934864,
  0.0013410004321485758,
);
/** (2^f − 1)/f in powers of f, on [−½, ½]; relative error 2·10⁻⁸. */
const growthTerms = Float32Array.of(
  0.6931471824645996,
  0.24022650718688965,
  0.055503569543361664,
  0.009618083015084267,
  0.0013390863314270973,
  0.00015453163359779865,
);
const [l0, l1, l2] = [...logarithmTerms] as [number, number, number];
const [e0, e1, e2, e3, e4, e5] = [...exponentialTerms] as [number, number, number, number, number, number];
const [g0, g1, g2, g3, g4, g5] = [...growthTerms] as [number, number, number, number, number, number];

const number = new Float32Array(1);
const bits = new Int32Array(number.buffer);
const bitsOfRootHalf = 0x3f3504f3;
/** 1.5·2²³: a float that large has no room for a fraction. */
const roundingSummand = 12_582_912;
const { fround } = Math;

/**
 * base to an exponent in single precision: each step is rounded to float32, so that a compiled kernel on four cells at once
 * gives the same bits. Within 10⁻⁷·(3 + |exponent·log₂ base|) of itself.
 *
 * @param base float32, finite, 0 or at least 2⁻¹²⁶
 * @param exponent float32, positive; the result must lie between 2⁻¹²⁶ and 2¹²⁷
 * @returns 0 for the base 0
 */
export function singlePower(base: number, exponent: number): number {
  if (base === 0) return 0;
  number[0] = base;
  const doublings = (bits[0]! - bitsOfRootHalf) >> 23;
  bits[0]! -= doublings << 23;
  const factor = number[0];
  const s = fround(fround(factor - 1) / fround(factor + 1));
  const v = fround(s * s);
  let sum = fround(fround(l2 * v) + l1);
  sum = fround(fround(sum * v) + l0);
  return singlePowerOfTwo(fround(fround(doublings + fround(s * sum)) * exponent));
}

/**
 * 2 to the power of y in single precision, each step rounded to float32; within 2·10⁻⁷ of itself.
 * @param y float32, −126 … 127; NaN gives NaN
 */
export function singlePowerOfTwo(y: number): number {
  // The nearest whole number, an even one of two.
  const whole = fround(fround(y + roundingSummand) - roundingSummand);
  const f = fround(y - whole);
  const square = fround(f * f);
  const low = fround(fround(e1 * f) + e0);
  const middle = fround(fround(e3 * f) + e2);
  const high = fround(fround(e5 * f) + e4);
  const result = fround(fround(low + fround(middle * square)) + fround(high * fround(square * square)));
  bits[0] = (whole + 127) << 23;
  return fround(result * number[0]!);
}

/**
 * 2 to the power of y, less 1, in single precision, each step rounded to float32; within 2·10⁻⁷ of itself near y = 0, too,
 * where the difference of the power and 1 would lose its digits.
 * @param y float32, −126 … 127; NaN gives NaN
 */
export function singleGrowth(y: number): number {
  const whole = fround(fround(y + roundingSummand) - roundingSummand);
  const f = fround(y - whole);
  let sum = fround(fround(g5 * f) + g4);
  sum = fround(fround(sum * f) + g3);
  sum = fround(fround(sum * f) + g2);
  sum = fround(fround(sum * f) + g1);
  sum = fround(fround(sum * f) + g0);
  bits[0] = (whole + 127) << 23;
  const scale = number[0]!;
  return fround(fround(scale * fround(f * sum)) + fround(scale - 1));
}
