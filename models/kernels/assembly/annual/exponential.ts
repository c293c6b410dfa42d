/*
 * Numbers of the exponential: log₂ e, ½, two parts of ln 2, its polynomial from the highest power down, 2, 1, what puts a
 * whole number + 1023 into the low bits, the limits. They lie in memory because the compilers of today build a constant pair
 * anew, in four instructions, wherever it is used; loading it takes one.
 */
const numbers = memory.data<f64>([
  1.4426950408889634, 0.5, 0.6931471803691238, 1.9082149292705877e-10, 4.1381367970572385e-8, -1.6533902205465252e-6,
  6.613756321437934e-5, -0.0027777777777015593, 0.16666666666666602, 2, 1, 6755399441055744.0 + 1023.0, 700, -700,
]);

@inline
export function number(at: usize): v128 {
  return v128.load64_splat(numbers + (at << 3));
}

/** eˣ of two numbers: models/kernels/exponential.ts. */
@inline
export function exponential(x: v128): v128 {
  // The plain minimum and maximum give back their first operand when that is NaN, and are one instruction each.
  const bounded = f64x2.pmax(f64x2.pmin(x, number(12)), number(13));
  const k = f64x2.floor(f64x2.add(f64x2.mul(bounded, number(0)), number(1)));
  const high = f64x2.sub(bounded, f64x2.mul(k, number(2)));
  const low = f64x2.mul(k, number(3));
  const r = f64x2.sub(high, low);
  const t = f64x2.mul(r, r);
  let sum = f64x2.add(number(5), f64x2.mul(t, number(4)));
  sum = f64x2.add(number(6), f64x2.mul(t, sum));
  sum = f64x2.add(number(7), f64x2.mul(t, sum));
  sum = f64x2.add(number(8), f64x2.mul(t, sum));
  const c = f64x2.sub(r, f64x2.mul(t, sum));
  const share = f64x2.div(f64x2.mul(r, c), f64x2.sub(number(9), c));
  const y = f64x2.sub(number(10), f64x2.sub(f64x2.sub(low, share), high));
  // 2^k: the exponent of k + 1023 moved to its place. Adding 2^52 + 2^51 puts the whole number k into the low bits.
  const bits = f64x2.add(k, number(11));
  return f64x2.mul(y, i64x2.shl(bits, 52));
}
