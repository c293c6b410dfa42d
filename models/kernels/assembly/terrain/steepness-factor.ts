import { growth } from '../arithmetic/power';
import { sines } from '../arithmetic/sine';
import { stride, width } from './layout';

const noNumber = memory.data<f32>([NaN]);

/**
 * S as polynomials of the sine by bands of slope, see `singleSteepnessFactor`. From one row to before another,
 * counted from 1.
 *
 * @param bands four floats each: slopes below this are in the band (∞ in the last one), factor of the square of the sine and
 *   of the sine, summand
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
  const last = bands + ((<usize>(bandCount - 1)) << 4);
  const most = f32x4.splat(maxSlope);
  for (let row = firstRow; row < endRow; row++) {
    const start = <usize>(row * stride + 4);
    for (let i = start; i < start + width; i += 4) {
      const at = i << 2;
      const angle = v128.load(slope + at);
      const degrees = f32x4.pmin(angle, most);
      let square = v128.load32_splat(last, 4);
      let factor = v128.load32_splat(last, 8);
      let summand = v128.load32_splat(last, 12);
      for (let band = last - 16; band >= bands; band -= 16) {
        const inside = f32x4.lt(degrees, v128.load32_splat(band));
        square = v128.bitselect(v128.load32_splat(band, 4), square, inside);
        factor = v128.bitselect(v128.load32_splat(band, 8), factor, inside);
        summand = v128.bitselect(v128.load32_splat(band, 12), summand, inside);
      }
      const sine = sines(degrees);
      const found = f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(square, sine), factor), sine), summand);
      v128.store(out + at, v128.bitselect(v128.load32_splat(noNumber), found, f32x4.ne(angle, angle)));
    }
  }
}

/**
 * S as a logistic function of the sine, see `singleSteepnessFactor`. From one row to before another, counted from 1.
 *
 * @param constants four floats, see `singleLogistic`: growth by the sine, level, tilt and odds
 */
export function logisticSteepness(slope: usize, out: usize, constants: usize, firstRow: i32, endRow: i32): void {
  const one = f32x4.splat(1);
  for (let row = firstRow; row < endRow; row++) {
    const start = <usize>(row * stride + 4);
    for (let i = start; i < start + width; i += 4) {
      const at = i << 2;
      const angle = v128.load(slope + at);
      const grown = growth(f32x4.mul(v128.load32_splat(constants), sines(angle)));
      const numerator = f32x4.add(v128.load32_splat(constants, 4), f32x4.mul(v128.load32_splat(constants, 8), grown));
      const odds = f32x4.mul(v128.load32_splat(constants, 12), f32x4.add(one, grown));
      const found = f32x4.div(numerator, f32x4.add(one, odds));
      v128.store(out + at, v128.bitselect(v128.load32_splat(noNumber), found, f32x4.ne(angle, angle)));
    }
  }
}
