// Constants are read from memory: V8 would put each together from two numbers at every use.
const terms = memory.data<f32>([0.595796525478363, 0.9615878462791443, 2.885390520095825, 12582912, 0.0013410004321485758, 0.009676036424934864, 0.05550297349691391, 0.2402210682630539, 0.6931472420692444, 1.0000001192092896, 1, 0.00015453163359779865, 0.0013390863314270973, 0.009618083015084267, 0.055503569543361664, 0.24022650718688965, 0.6931471824645996]);
const words = memory.data<i32>([0x3f3504f3, 127]);

/** Logarithms to the base 2 of four positive floats; any number for 0. See models/arithmetic/single-power.ts. */
@inline export function logarithm(base: v128): v128 {
  const exponents = i32x4.shr_s(i32x4.sub(base, v128.load32_splat(words)), 23);
  const factor = i32x4.sub(base, i32x4.shl(exponents, 23));
  const one = v128.load32_splat(terms, 40);
  const s = f32x4.div(f32x4.sub(factor, one), f32x4.add(factor, one));
  const v = f32x4.mul(s, s);
  let sum = f32x4.add(f32x4.mul(v128.load32_splat(terms), v), v128.load32_splat(terms, 4));
  sum = f32x4.add(f32x4.mul(sum, v), v128.load32_splat(terms, 8));
  return f32x4.add(f32x4.convert_i32x4_s(exponents), f32x4.mul(s, sum));
}

/** Two to the power of four floats, see models/arithmetic/single-power.ts. */
@inline export function exponential(y: v128): v128 {
  // Adding 1.5·2²³ rounds to a whole number and leaves it in the lowest bits.
  const rounded = f32x4.add(y, v128.load32_splat(terms, 12));
  const f = f32x4.sub(y, f32x4.sub(rounded, v128.load32_splat(terms, 12)));
  // By pairs of terms: what one waits for is short.
  const square = f32x4.mul(f, f);
  const low = f32x4.add(f32x4.mul(v128.load32_splat(terms, 32), f), v128.load32_splat(terms, 36));
  const middle = f32x4.add(f32x4.mul(v128.load32_splat(terms, 24), f), v128.load32_splat(terms, 28));
  const high = f32x4.add(f32x4.mul(v128.load32_splat(terms, 16), f), v128.load32_splat(terms, 20));
  const result = f32x4.add(
    f32x4.add(low, f32x4.mul(middle, square)),
    f32x4.mul(high, f32x4.mul(square, square)),
  );
  return f32x4.mul(result, i32x4.shl(i32x4.add(rounded, v128.load32_splat(words, 4)), 23));
}

/** Two to the power of four floats, less 1, see `singleGrowth` of models/arithmetic/single-power.ts. */
@inline export function growth(y: v128): v128 {
  const rounded = f32x4.add(y, v128.load32_splat(terms, 12));
  const f = f32x4.sub(y, f32x4.sub(rounded, v128.load32_splat(terms, 12)));
  let sum = f32x4.add(f32x4.mul(v128.load32_splat(terms, 44), f), v128.load32_splat(terms, 48));
  sum = f32x4.add(f32x4.mul(sum, f), v128.load32_splat(terms, 52));
  sum = f32x4.add(f32x4.mul(sum, f), v128.load32_splat(terms, 56));
  sum = f32x4.add(f32x4.mul(sum, f), v128.load32_splat(terms, 60));
  sum = f32x4.add(f32x4.mul(sum, f), v128.load32_splat(terms, 64));
  const scale = i32x4.shl(i32x4.add(rounded, v128.load32_splat(words, 4)), 23);
  return f32x4.add(f32x4.mul(scale, f32x4.mul(f, sum)), f32x4.sub(scale, v128.load32_splat(terms, 40)));
}

/** Powers of four floats that are not negative. */
@inline export function power(base: v128, exponent: v128): v128 {
  const found = exponential(f32x4.mul(logarithm(base), exponent));
  return v128.andnot(found, f32x4.eq(base, f32x4.splat(0)));
}
