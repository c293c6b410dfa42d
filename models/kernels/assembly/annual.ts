export * from './annual/bilinear';
export * from './annual/causes';
export * from './annual/counts';
export * from './annual/erodibility';
export * from './annual/evaluate';
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
