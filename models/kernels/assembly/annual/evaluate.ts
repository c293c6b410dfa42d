import { narrow } from './narrow';

/*
 * Modulus, intensity class and whether anything is missing, in one pass: models/erosion/soil-loss.ts, classify-sl190.ts,
 * annual-erosion.ts.
 */

// Constants are read from memory: V8 would put each together from two numbers at every use.
const limits = memory.data<f32>([2500, 5000, 8000, 15_000, 100]);

@inline
function limit(at: usize): v128 {
  return v128.load32_splat(limits + (at << 2));
}

/** Products of four layers in their order, each step rounded to f32. */
@inline
function productOfFour(a: usize, b: usize, c: usize, d: usize, n: usize): v128 {
  return f32x4.mul(
    f32x4.mul(f32x4.mul(v128.load(a + n), v128.load(b + n)), v128.load(c + n)),
    v128.load(d + n),
  );
}

/** Products with two or three more, then × 100; `c` is 0 where there are two. */
@inline
function modulusOf(product: usize, a: usize, b: usize, c: usize, n: usize): v128 {
  let four = f32x4.mul(f32x4.mul(v128.load(product + n), v128.load(a + n)), v128.load(b + n));
  if (c != 0) four = f32x4.mul(four, v128.load(c + n));
  return f32x4.mul(four, limit(4));
}

/** True where three floats are numbers. */
@inline
function areNumbers(a: v128, b: v128, c: v128): v128 {
  return v128.and(v128.and(f32x4.eq(a, a), f32x4.eq(b, b)), f32x4.eq(c, c));
}

/** Intensity classes of moduli that are numbers. */
@inline
function classOf(modulus: v128, tolerance: v128): v128 {
  // A comparison that holds is −1.
  let above = i32x4.add(f32x4.ge(modulus, limit(0)), f32x4.ge(modulus, limit(1)));
  above = i32x4.add(above, i32x4.add(f32x4.ge(modulus, limit(2)), f32x4.gt(modulus, limit(3))));
  const one = i32x4.splat(1);
  return i32x4.add(one, v128.and(f32x4.ge(modulus, tolerance), i32x4.sub(one, above)));
}

/** Puts NaN in the place of a modulus where a byte is not set */
@inline
function keepWhere(at: usize, isKept: v128): void {
  v128.store(at, v128.bitselect(v128.load(at), f32x4.splat(f32.NaN), isKept));
}

/**
 * Products of R, K, L and S, and the cause 255 of cells where one of the layers is missing, 0 of others. Counts are multiples
 * of sixteen.
 * @returns 1 when there are any with something missing
 */
export function evaluateCommon(
  a: usize,
  b: usize,
  c: usize,
  d: usize,
  slope: usize,
  tolerance: usize,
  area: usize,
  landUse: usize,
  nodata: i32,
  unmapped: i32,
  count: i32,
  product: usize,
  cause: usize,
): i32 {
  const nodatas = i8x16.splat(<i8>nodata);
  const unmappeds = i8x16.splat(<i8>unmapped);
  const zero = i8x16.splat(0);
  let missing = zero;
  for (let n: usize = 0; n < <usize>count; n += 16) {
    const at = n << 2;
    const p0 = productOfFour(a, b, c, d, at);
    const p1 = productOfFour(a, b, c, d, at + 16);
    const p2 = productOfFour(a, b, c, d, at + 32);
    const p3 = productOfFour(a, b, c, d, at + 48);
    v128.store(product + at, p0);
    v128.store(product + at, p1, 16);
    v128.store(product + at, p2, 32);
    v128.store(product + at, p3, 48);
    const w0 = areNumbers(p0, v128.load(tolerance + at), v128.load(slope + at));
    const w1 = areNumbers(p1, v128.load(tolerance + at, 16), v128.load(slope + at, 16));
    const w2 = areNumbers(p2, v128.load(tolerance + at, 32), v128.load(slope + at, 32));
    const w3 = areNumbers(p3, v128.load(tolerance + at, 48), v128.load(slope + at, 48));
    const codes = v128.load(landUse + n);
    const zones = area + (n << 1);
    const isOutside = i8x16.narrow_i16x8_s(i16x8.eq(v128.load(zones), zero), i16x8.eq(v128.load(zones, 16), zero));
    const isUnused = v128.or(v128.or(i8x16.eq(codes, nodatas), i8x16.eq(codes, unmappeds)), isOutside);
    const isMissing = v128.or(v128.not(narrow(w0, w1, w2, w3)), isUnused);
    v128.store(cause + n, isMissing);
    missing = v128.or(missing, isMissing);
  }
  return v128.any_true(missing) ? 1 : 0;
}

/**
 * Moduli and classes of cells; of cells with anything missing NaN, 0 and the cause of the layers in common, 255 where these have
 * none, of others the cause 0. Counts are multiples of sixteen.
 * @returns 1 when there are any with something missing
 */
export function evaluate(
  product: usize,
  a: usize,
  b: usize,
  c: usize,
  tolerance: usize,
  common: usize,
  count: i32,
  modulus: usize,
  intensity: usize,
  cause: usize,
): i32 {
  const zero = i8x16.splat(0);
  let isAnyMissing = 0;
  for (let n: usize = 0; n < <usize>count; n += 16) {
    const at = n << 2;
    const m0 = modulusOf(product, a, b, c, at);
    const m1 = modulusOf(product, a, b, c, at + 16);
    const m2 = modulusOf(product, a, b, c, at + 32);
    const m3 = modulusOf(product, a, b, c, at + 48);
    v128.store(modulus + at, m0);
    v128.store(modulus + at, m1, 16);
    v128.store(modulus + at, m2, 32);
    v128.store(modulus + at, m3, 48);
    const causes = v128.load(common + n);
    const isNumber = narrow(f32x4.eq(m0, m0), f32x4.eq(m1, m1), f32x4.eq(m2, m2), f32x4.eq(m3, m3));
    const isUnhindered = i8x16.eq(causes, zero);
    const isWhole = v128.and(isNumber, isUnhindered);
    const classes = narrow(
      classOf(m0, v128.load(tolerance + at)),
      classOf(m1, v128.load(tolerance + at, 16)),
      classOf(m2, v128.load(tolerance + at, 32)),
      classOf(m3, v128.load(tolerance + at, 48)),
    );
    v128.store(intensity + n, v128.and(classes, isWhole));
    v128.store(cause + n, v128.or(causes, v128.andnot(isUnhindered, isNumber)));
    if (i8x16.all_true(isWhole)) continue;
    const low = i16x8.extend_low_i8x16_s(isWhole);
    const high = i16x8.extend_high_i8x16_s(isWhole);
    keepWhere(modulus + at, i32x4.extend_low_i16x8_s(low));
    keepWhere(modulus + at + 16, i32x4.extend_high_i16x8_s(low));
    keepWhere(modulus + at + 32, i32x4.extend_low_i16x8_s(high));
    keepWhere(modulus + at + 48, i32x4.extend_high_i16x8_s(high));
    isAnyMissing = 1;
  }
  return isAnyMissing;
}
