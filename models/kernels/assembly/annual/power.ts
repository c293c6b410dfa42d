// Constants are read from memory: V8 would put each together from two numbers at every use.
const terms = memory.data<f64>([
  0.21366122502798326, 0.22091286734180157, 0.26233436060329546, 0.3205985347650481, 0.4121985858422942, 0.577078016345514, 0.9617966939259898, 2.8853900817779268, 0.5, 7.072585949269223e-9, 1.0208690299958306e-7, 1.321544258792169e-6, 1.5252657260200837e-5, 0.0001540353044173605, 0.0013333558230164974, 0.009618129107606888, 0.05550410866444772, 0.24022650695910097, 0.69314718055995, 1,
]);
const words = memory.data<i32>([0, 0x3fe6a09e, 0, 0x3fe6a09e, 0, -1, 0, -1, 1023]);

/** Powers of two doubles at once: the steps of models/arithmetic/power.ts. */
@inline export function power(base: v128, exponent: v128): v128 {
  const highHalves = v128.load(words, 16);
  const exponents = i32x4.shr_s(i32x4.sub(base, v128.load(words)), 20);
  const shifted = v128.and(i32x4.shl(exponents, 20), highHalves);
  const doublings = f64x2.convert_low_i32x4_s(i32x4.shuffle(exponents, exponents, 1, 3, 1, 3));
  const fraction = i32x4.sub(base, shifted);
  const one = v128.load64_splat(terms, 152);
  const s = f64x2.div(f64x2.sub(fraction, one), f64x2.add(fraction, one));
  const square = f64x2.mul(s, s);
  let sum = v128.load64_splat(terms, 0);
  sum = f64x2.add(f64x2.mul(sum, square), v128.load64_splat(terms, 8));
  sum = f64x2.add(f64x2.mul(sum, square), v128.load64_splat(terms, 16));
  sum = f64x2.add(f64x2.mul(sum, square), v128.load64_splat(terms, 24));
  sum = f64x2.add(f64x2.mul(sum, square), v128.load64_splat(terms, 32));
  sum = f64x2.add(f64x2.mul(sum, square), v128.load64_splat(terms, 40));
  sum = f64x2.add(f64x2.mul(sum, square), v128.load64_splat(terms, 48));
  sum = f64x2.add(f64x2.mul(sum, square), v128.load64_splat(terms, 56));
  const y = f64x2.mul(f64x2.add(doublings, f64x2.mul(s, sum)), exponent);
  const whole = f64x2.floor(f64x2.add(y, v128.load64_splat(terms, 64)));
  const f = f64x2.sub(y, whole);
  let result = v128.load64_splat(terms, 72);
  result = f64x2.add(f64x2.mul(result, f), v128.load64_splat(terms, 80));
  result = f64x2.add(f64x2.mul(result, f), v128.load64_splat(terms, 88));
  result = f64x2.add(f64x2.mul(result, f), v128.load64_splat(terms, 96));
  result = f64x2.add(f64x2.mul(result, f), v128.load64_splat(terms, 104));
  result = f64x2.add(f64x2.mul(result, f), v128.load64_splat(terms, 112));
  result = f64x2.add(f64x2.mul(result, f), v128.load64_splat(terms, 120));
  result = f64x2.add(f64x2.mul(result, f), v128.load64_splat(terms, 128));
  result = f64x2.add(f64x2.mul(result, f), v128.load64_splat(terms, 136));
  result = f64x2.add(f64x2.mul(result, f), v128.load64_splat(terms, 144));
  result = f64x2.add(f64x2.mul(result, f), one);
  // Whole numbers fit 32 bits: two to that many, by way of its bits.
  const bits = i32x4.shl(i32x4.add(i32x4.trunc_sat_f64x2_s_zero(whole), v128.load32_splat(words, 32)), 20);
  const scale = v128.and(i32x4.shuffle(bits, bits, 0, 0, 1, 1), highHalves);
  return v128.andnot(f64x2.mul(result, scale), f64x2.eq(base, f64x2.splat(0)));
}
