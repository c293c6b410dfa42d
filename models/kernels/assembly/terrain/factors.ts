import { power } from './power';
import { height, stride, width } from './layout';

const unitsPerCell: f64 = 65536;
const unitsPerDiagonal: f64 = 92682;

// Constants are read from memory: V8 would put each together from two numbers at every use.
const sineTerms = memory.data<f64>([
  Math.PI / 180, 2.7215749422983443e-15, -7.643026557971632e-13, 1.605894087848656e-10, -2.505210689056952e-8, 2.7557319211229606e-6, -0.00019841269841208676, 0.008333333333333186, -0.16666666666666666, 1,
]);
const lengthTerms = memory.data<f64>([unitsPerCell, unitsPerDiagonal, 0.5]);
const diagonalTerms = memory.data<i32>([0xaa, 255]);
const noNumber = memory.data<f32>([NaN]);

/** All ones in the words of the diagonal codes among four direction codes, given as words. */
@inline function diagonals(codes: v128): v128 {
  return v128.and(
    i32x4.ne(v128.and(codes, v128.load32_splat(diagonalTerms)), i32x4.splat(0)),
    i32x4.ne(codes, v128.load32_splat(diagonalTerms, 4)),
  );
}

@inline function fourCodes(layer: usize, at: usize): v128 {
  return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(layer + at)));
}

@inline function low(words: v128): v128 {
  return i32x4.shuffle(words, words, 0, 0, 1, 1);
}

@inline function high(words: v128): v128 {
  return i32x4.shuffle(words, words, 2, 2, 3, 3);
}

@inline function floats(lower: v128, upper: v128): v128 {
  return i64x2.shuffle(f32x4.demote_f64x2_zero(lower), f32x4.demote_f64x2_zero(upper), 0, 2);
}

/**
 * L by the segment formula with a table of exponents, see `segmentLengthFactor` and `slopeLengthSegment`.
 *
 * @param length 0 on channels
 * @param table `rows` floats padded to whole vectors of four equal ones: slopes above the float are in the next row; then
 *   rows + 1 pairs of doubles: m + 1, 22.13^m
 */
export function segmentFactor(
  length: usize,
  direction: usize,
  slope: usize,
  out: usize,
  table: usize,
  rows: i32,
  cellSize: f64,
  cap: f64,
  maxLength: f64,
): void {
  const pairs = table + ((<usize>rows) << 4);
  const zero = i32x4.splat(0);
  for (let row = 1; row <= height; row++) {
    const start = <usize>(row * stride + 4);
    for (let i = start; i < start + width; i += 4) {
      const at = i << 2;
      const codes = fourCodes(direction, i);
      const none = i32x4.eq(codes, v128.load32_splat(diagonalTerms, 4));
      const units = v128.load(length + at);
      const empty = i32x4.eq(units, zero);
      if (v128.all_true<i32>(empty)) {
        v128.store(out + at, v128.bitselect(v128.load32_splat(noNumber), zero, none));
        continue;
      }
      const angle = v128.load(slope + at);
      let place = zero;
      for (let limit = table; limit < pairs; limit += 16) place = i32x4.sub(place, f32x4.gt(angle, v128.load(limit)));
      const diagonal = diagonals(codes);
      const a = segments(
        f64x2.convert_low_i32x4_u(units),
        low(diagonal),
        v128.load(pairs + ((<usize>i32x4.extract_lane(place, 0)) << 4)),
        v128.load(pairs + ((<usize>i32x4.extract_lane(place, 1)) << 4)),
        cellSize,
        cap,
        maxLength,
      );
      const b = segments(
        f64x2.convert_low_i32x4_u(i64x2.shuffle(units, units, 1, 1)),
        high(diagonal),
        v128.load(pairs + ((<usize>i32x4.extract_lane(place, 2)) << 4)),
        v128.load(pairs + ((<usize>i32x4.extract_lane(place, 3)) << 4)),
        cellSize,
        cap,
        maxLength,
      );
      const factor = v128.andnot(floats(a, b), empty);
      v128.store(out + at, v128.bitselect(v128.load32_splat(noNumber), factor, none));
    }
  }
}

@inline function segments(
  units: v128,
  diagonal: v128,
  first: v128,
  second: v128,
  cellSize: f64,
  cap: f64,
  maxLength: f64,
): v128 {
  const zero = f64x2.splat(0);
  const metresPerUnit = f64x2.splat(cellSize / unitsPerCell);
  const path = v128.bitselect(v128.load64_splat(lengthTerms, 8), v128.load64_splat(lengthTerms), diagonal);
  const exponent = i64x2.shuffle(first, second, 0, 2);
  const unitPlot = i64x2.shuffle(first, second, 1, 3);
  let outlet = f64x2.pmin(
    f64x2.mul(f64x2.add(units, f64x2.mul(path, v128.load64_splat(lengthTerms, 16))), metresPerUnit),
    f64x2.splat(cap),
  );
  let inlet = f64x2.pmax(zero, f64x2.sub(outlet, f64x2.mul(path, metresPerUnit)));
  const beyond = f64x2.pmax(zero, f64x2.sub(outlet, f64x2.splat(maxLength)));
  inlet = f64x2.pmax(zero, f64x2.sub(inlet, beyond));
  outlet = f64x2.pmin(outlet, f64x2.splat(maxLength));
  const steps = f64x2.sub(power(outlet, exponent), power(inlet, exponent));
  const factor = f64x2.div(steps, f64x2.mul(f64x2.sub(outlet, inlet), unitPlot));
  return v128.bitselect(factor, zero, f64x2.gt(outlet, zero));
}

/**
 * S that is linear in the sine by bands of slope, see `slopeSteepnessFactor`.
 *
 * @param bands three doubles each: slopes below this are in the band (∞ in the last one), factor of the sine, summand
 */
export function steepnessFactor(slope: usize, out: usize, bands: usize, bandCount: i32, maxSlope: f64): void {
  for (let row = 1; row <= height; row++) {
    const start = <usize>(row * stride + 4);
    for (let i = start; i < start + width; i += 4) {
      const at = i << 2;
      const angle = v128.load(slope + at);
      const a = steepness(f64x2.promote_low_f32x4(angle), bands, bandCount, maxSlope);
      const b = steepness(f64x2.promote_low_f32x4(i64x2.shuffle(angle, angle, 1, 1)), bands, bandCount, maxSlope);
      v128.store(out + at, v128.bitselect(v128.load32_splat(noNumber), floats(a, b), f32x4.ne(angle, angle)));
    }
  }
}

@inline function steepness(angle: v128, bands: usize, bandCount: i32, maxSlope: f64): v128 {
  const degrees = f64x2.pmin(angle, f64x2.splat(maxSlope));
  const last = bands + <usize>(bandCount - 1) * 24;
  let factor = v128.load64_splat(last, 8);
  let summand = v128.load64_splat(last, 16);
  for (let band = last - 24; band >= bands; band -= 24) {
    const inside = f64x2.lt(degrees, v128.load64_splat(band));
    factor = v128.bitselect(v128.load64_splat(band, 8), factor, inside);
    summand = v128.bitselect(v128.load64_splat(band, 16), summand, inside);
  }
  return f64x2.add(f64x2.mul(factor, sines(degrees)), summand);
}

/** Sines of degrees, see models/arithmetic/sine.ts. */
@inline function sines(degrees: v128): v128 {
  const x = f64x2.mul(degrees, v128.load64_splat(sineTerms, 0));
  const square = f64x2.mul(x, x);
  let sum = v128.load64_splat(sineTerms, 8);
  sum = f64x2.add(f64x2.mul(sum, square), v128.load64_splat(sineTerms, 16));
  sum = f64x2.add(f64x2.mul(sum, square), v128.load64_splat(sineTerms, 24));
  sum = f64x2.add(f64x2.mul(sum, square), v128.load64_splat(sineTerms, 32));
  sum = f64x2.add(f64x2.mul(sum, square), v128.load64_splat(sineTerms, 40));
  sum = f64x2.add(f64x2.mul(sum, square), v128.load64_splat(sineTerms, 48));
  sum = f64x2.add(f64x2.mul(sum, square), v128.load64_splat(sineTerms, 56));
  sum = f64x2.add(f64x2.mul(sum, square), v128.load64_splat(sineTerms, 64));
  sum = f64x2.add(f64x2.mul(sum, square), v128.load64_splat(sineTerms, 72));
  return f64x2.mul(x, sum);
}
