import { power } from './power';
import { height, stride, width } from './layout';

// Constants are read from memory: V8 would put each together from two numbers at every use.
const codeTerms = memory.data<i32>([0xaa, 255]);
const lengthTerms = memory.data<f32>([65536 / 2, 92682 / 2, <f32>(1.0 / 22.13), 0.5, <f32>(1.0 / 168.0), <f32>(1.0 / 80.0), <f32>(1.0 / 24.0), 1, 2, 3, 4, 5]);
const sineTerms = memory.data<f32>([<f32>(Math.PI / 180), 2.6052248358610086e-6, -0.00019809075456578285, 0.008333050645887852, -0.16666658222675323, 1]);
const noNumber = memory.data<f32>([NaN]);

@inline function fourCodes(layer: usize, at: usize): v128 {
  return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(layer + at)));
}

/**
 * L by the segment formula with a table of exponents, see `steppedLengthFactor`.
 *
 * @param length 0 on channels
 * @param table four times each: largest slope and exponent of each of `rows` steps, then the exponent of steeper slopes
 * @param longest segments that end beyond, metres, are moved up
 */
export function segmentFactor(
  length: usize,
  direction: usize,
  slope: usize,
  out: usize,
  table: usize,
  rows: i32,
  cellSize: f64,
  longest: f64,
): void {
  const last = table + ((<usize>rows) << 5);
  const metresPerUnit = <f32>(cellSize / 65536.0);
  const perUnit = f32x4.splat(metresPerUnit);
  const most = f32x4.splat(<f32>longest);
  const straight = f32x4.splat(<f32>65536 * metresPerUnit);
  const diagonal = f32x4.splat(<f32>92682 * metresPerUnit);
  const zero = i32x4.splat(0);
  for (let row = 1; row <= height; row++) {
    const start = <usize>(row * stride + 4);
    for (let i = start; i < start + width; i += 4) {
      const at = i << 2;
      const codes = fourCodes(direction, i);
      const none = i32x4.eq(codes, v128.load32_splat(codeTerms, 4));
      const units = v128.load(length + at);
      const empty = i32x4.eq(units, zero);
      if (v128.all_true<i32>(empty)) {
        v128.store(out + at, v128.bitselect(v128.load32_splat(noNumber), zero, none));
        continue;
      }
      const angle = v128.load(slope + at);
      let exponent = v128.load(last);
      for (let step = last - 32; step >= table; step -= 32)
        exponent = v128.bitselect(exponent, v128.load(step, 16), f32x4.gt(angle, v128.load(step)));
      const isDiagonal = i32x4.ne(v128.and(codes, v128.load32_splat(codeTerms)), zero);
      const half = v128.bitselect(v128.load32_splat(lengthTerms, 4), v128.load32_splat(lengthTerms), isDiagonal);
      const outlet = f32x4.pmin(f32x4.mul(f32x4.add(f32x4.convert_i32x4_u(units), half), perUnit), most);
      const factor = segments(outlet, v128.bitselect(diagonal, straight, isDiagonal), exponent);
      v128.store(out + at, v128.bitselect(v128.load32_splat(noNumber), v128.andnot(factor, empty), none));
    }
  }
}

/** L of four segments of a length that end at the outlet, or begin at the divide; see `segmentMean`. */
@inline function segments(outlet: v128, length: v128, exponent: v128): v128 {
  const one = v128.load32_splat(lengthTerms, 28);
  const zero = f32x4.splat(0);
  const inlet = f32x4.pmax(zero, f32x4.sub(outlet, length));
  const isFar = f32x4.gt(inlet, length);
  const middle = f32x4.sub(outlet, f32x4.mul(length, v128.load32_splat(lengthTerms, 12)));
  const perUnitPlot = v128.load32_splat(lengthTerms, 8);
  const first = power(f32x4.mul(v128.bitselect(middle, outlet, isFar), perUnitPlot), exponent);
  const second = power(f32x4.mul(inlet, perUnitPlot), exponent);
  // One division: of the ratio far from the divide, of the mean near it.
  const rise = f32x4.sub(f32x4.mul(outlet, first), f32x4.mul(inlet, second));
  const ratio = f32x4.div(
    v128.bitselect(length, rise, isFar),
    v128.bitselect(middle, f32x4.sub(outlet, inlet), isFar),
  );
  const t = f32x4.mul(ratio, ratio);
  const q3 = f32x4.mul(
    f32x4.mul(
      f32x4.sub(exponent, v128.load32_splat(lengthTerms, 40)),
      f32x4.sub(exponent, v128.load32_splat(lengthTerms, 44)),
    ),
    v128.load32_splat(lengthTerms, 16),
  );
  const q2 = f32x4.mul(
    f32x4.mul(
      f32x4.sub(exponent, v128.load32_splat(lengthTerms, 32)),
      f32x4.sub(exponent, v128.load32_splat(lengthTerms, 36)),
    ),
    v128.load32_splat(lengthTerms, 20),
  );
  const q1 = f32x4.mul(f32x4.mul(exponent, f32x4.sub(exponent, one)), v128.load32_splat(lengthTerms, 24));
  const a = f32x4.mul(q1, t);
  const series = f32x4.add(
    f32x4.add(one, a),
    f32x4.mul(f32x4.mul(a, f32x4.mul(q2, t)), f32x4.add(one, f32x4.mul(q3, t))),
  );
  const far = f32x4.mul(f32x4.mul(f32x4.add(exponent, one), first), series);
  const found = v128.bitselect(far, ratio, isFar);
  return v128.bitselect(first, found, f32x4.eq(inlet, zero));
}

/**
 * S that is linear in the sine by bands of slope, see `bandedSteepnessFactor`.
 *
 * @param bands three floats each: slopes below this are in the band (∞ in the last one), factor of the sine, summand
 */
export function steepnessFactor(slope: usize, out: usize, bands: usize, bandCount: i32, maxSlope: f32): void {
  const last = bands + <usize>(bandCount - 1) * 12;
  const most = f32x4.splat(maxSlope);
  for (let row = 1; row <= height; row++) {
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
