import { stride, width } from './layout';

// Constants are read from memory: V8 would put each together from two numbers at every use.
const sineTerms = memory.data<f32>([<f32>(Math.PI / 180), 2.6052248358610086e-6, -0.00019809075456578285, 0.008333050645887852, -0.16666658222675323, 1]);
const noNumber = memory.data<f32>([NaN]);

/**
 * S that is linear in the sine by bands of slope, see `bandedSteepnessFactor`. From one row to before another,
 * counted from 1.
 *
 * @param bands three floats each: slopes below this are in the band (∞ in the last one), factor of the sine, summand
 */
export function steepnessFactor(
  slope: usize,
  out: usize,
  bands: usize,
  bandCount: i32,
  maxSlope: f32,
  firstRow: i32,
  endRow: i32,
): void {
  const last = bands + <usize>(bandCount - 1) * 12;
  const most = f32x4.splat(maxSlope);
  for (let row = firstRow; row < endRow; row++) {
    const start = <usize>(row * stride + 4);
    for (let i = start; i < start + width; i += 4) {
      const at = i << 2;
      const angle = v128.load(slope + at);
      const degrees = f32x4.pmin(angle, most);
      let factor = v128.load32_splat(last, 4);
      let summand = v128.load32_splat(last, 8);
      for (let band = last - 12; band >= bands; band -= 12) {
        const inside = f32x4.lt(degrees, v128.load32_splat(band));
        factor = v128.bitselect(v128.load32_splat(band, 4), factor, inside);
        summand = v128.bitselect(v128.load32_splat(band, 8), summand, inside);
      }
      const found = f32x4.add(f32x4.mul(factor, sines(degrees)), summand);
      v128.store(out + at, v128.bitselect(v128.load32_splat(noNumber), found, f32x4.ne(angle, angle)));
    }
  }
}

/** Sines of degrees, see models/arithmetic/single-sine.ts. */
@inline function sines(degrees: v128): v128 {
  const x = f32x4.mul(degrees, v128.load32_splat(sineTerms, 0));
  const square = f32x4.mul(x, x);
  let sum = f32x4.add(f32x4.mul(v128.load32_splat(sineTerms, 4), square), v128.load32_splat(sineTerms, 8));
  sum = f32x4.add(f32x4.mul(sum, square), v128.load32_splat(sineTerms, 12));
  sum = f32x4.add(f32x4.mul(sum, square), v128.load32_splat(sineTerms, 16));
  sum = f32x4.add(f32x4.mul(sum, square), v128.load32_splat(sineTerms, 20));
  return f32x4.mul(x, sum);
}
