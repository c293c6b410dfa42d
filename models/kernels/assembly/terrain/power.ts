/** Powers of two doubles at once: the steps of models/arithmetic/power.ts. */
@inline export function power(base: v128, exponent: v128): v128 {
  const highHalves = i32x4(0, -1, 0, -1);
  const words = i32x4.shr_s(i32x4.sub(base, i32x4(0, 0x3fe6a09e, 0, 0x3fe6a09e)), 20);
  const shifted = v128.and(i32x4.shl(words, 20), highHalves);
  const doublings = f64x2.convert_low_i32x4_s(i32x4.shuffle(words, words, 1, 3, 1, 3));
  const fraction = i32x4.sub(base, shifted);
  const one = f64x2.splat(1);
  const s = f64x2.div(f64x2.sub(fraction, one), f64x2.add(fraction, one));
  const square = f64x2.mul(s, s);
  let sum = f64x2.splat(0.21366122502798326);
  sum = f64x2.add(f64x2.mul(sum, square), f64x2.splat(0.22091286734180157));
  sum = f64x2.add(f64x2.mul(sum, square), f64x2.splat(0.26233436060329546));
  sum = f64x2.add(f64x2.mul(sum, square), f64x2.splat(0.3205985347650481));
  sum = f64x2.add(f64x2.mul(sum, square), f64x2.splat(0.4121985858422942));
  sum = f64x2.add(f64x2.mul(sum, square), f64x2.splat(0.577078016345514));
  sum = f64x2.add(f64x2.mul(sum, square), f64x2.splat(0.9617966939259898));
  sum = f64x2.add(f64x2.mul(sum, square), f64x2.splat(2.8853900817779268));
  const y = f64x2.mul(f64x2.add(doublings, f64x2.mul(s, sum)), exponent);
  const whole = f64x2.floor(f64x2.add(y, f64x2.splat(0.5)));
  const f = f64x2.sub(y, whole);
  let result = f64x2.splat(7.072585949269223e-9);
  result = f64x2.add(f64x2.mul(result, f), f64x2.splat(1.0208690299958306e-7));
  result = f64x2.add(f64x2.mul(result, f), f64x2.splat(1.321544258792169e-6));
  result = f64x2.add(f64x2.mul(result, f), f64x2.splat(1.5252657260200837e-5));
  result = f64x2.add(f64x2.mul(result, f), f64x2.splat(0.0001540353044173605));
  result = f64x2.add(f64x2.mul(result, f), f64x2.splat(0.0013333558230164974));
  result = f64x2.add(f64x2.mul(result, f), f64x2.splat(0.009618129107606888));
  result = f64x2.add(f64x2.mul(result, f), f64x2.splat(0.05550410866444772));
  result = f64x2.add(f64x2.mul(result, f), f64x2.splat(0.24022650695910097));
  result = f64x2.add(f64x2.mul(result, f), f64x2.splat(0.69314718055995));
  result = f64x2.add(f64x2.mul(result, f), one);
  // Whole numbers fit 32 bits: two to that many, by way of its bits.
  const bits = i32x4.shl(i32x4.add(i32x4.trunc_sat_f64x2_s_zero(whole), i32x4.splat(1023)), 20);
  const scale = v128.and(i32x4.shuffle(bits, bits, 0, 0, 1, 1), highHalves);
  return v128.andnot(f64x2.mul(result, scale), f64x2.eq(base, f64x2.splat(0)));
}
