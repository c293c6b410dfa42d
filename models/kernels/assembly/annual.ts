export * from './annual/bilinear';
export * from './annual/causes';
export * from './annual/erodibility';
export * from './annual/counts';
export * from './annual/half-months';
export * from './annual/keep-floats';
export * from './annual/look-ups';

/*
 * Kernels of the annual pass, for the AssemblyScript compiler. Each takes addresses in the imported memory and does the
 * operations of its TypeScript reference in the same order, two cells at a time; the files next door say what they mean.
 */

/** Sums of bands that lie `stride` bytes apart, in double precision, rounded to f32 once. Counts are padded to four. */
export function sumBands(bands: usize, stride: i32, bandCount: i32, count: i32, out: usize): void {
  for (let n: usize = 0; n < <usize>count; n += 4) {
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    let at = bands + (n << 2);
    for (let b = 0; b < bandCount; b++) {
      const four = v128.load(at);
      low = f64x2.add(low, f64x2.promote_low_f32x4(four));
      high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<i32>(four, four, 2, 3, 0, 1)));
      at += stride;
    }
    const sums = v128.shuffle<i32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
    v128.store(out + (n << 2), sums);
  }
}

/** Intensity classes of moduli by SL 190: models/erosion/classify-sl190.ts. Counts are padded to four. */
export function classify(modulus: usize, tolerance: usize, count: i32, out: usize): void {
  for (let n: usize = 0; n < <usize>count; n += 4) {
    const m = v128.load(modulus + (n << 2));
    const t = v128.load(tolerance + (n << 2));
    // A comparison that holds is −1.
    let limits = i32x4.add(f32x4.ge(m, f32x4.splat(2500)), f32x4.ge(m, f32x4.splat(5000)));
    limits = i32x4.add(limits, i32x4.add(f32x4.ge(m, f32x4.splat(8000)), f32x4.gt(m, f32x4.splat(15000))));
    const above = v128.and(f32x4.ge(m, t), i32x4.sub(i32x4.splat(1), limits));
    const isKnown = v128.and(f32x4.eq(m, m), f32x4.eq(t, t));
    const classes = v128.and(isKnown, i32x4.add(i32x4.splat(1), above));
    const words = i16x8.narrow_i32x4_s(classes, classes);
    v128.store32_lane(out + n, i8x16.narrow_i16x8_u(words, words), 0);
  }
}

/**
 * Products of six or seven layers in their order, then × 100, each step rounded to f32; `g` is 0 where there are six. Counts
 * are multiples of four.
 */
export function product(
  a: usize,
  b: usize,
  c: usize,
  d: usize,
  e: usize,
  f: usize,
  g: usize,
  count: i32,
  out: usize,
): void {
  const hundred = f32x4.splat(100);
  for (let n: usize = 0; n < <usize>count << 2; n += 16) {
    let four = f32x4.mul(v128.load(a + n), v128.load(b + n));
    four = f32x4.mul(four, v128.load(c + n));
    four = f32x4.mul(four, v128.load(d + n));
    four = f32x4.mul(four, v128.load(e + n));
    four = f32x4.mul(four, v128.load(f + n));
    if (g != 0) four = f32x4.mul(four, v128.load(g + n));
    v128.store(out + n, f32x4.mul(four, hundred));
  }
}
