import { offsetOfCode } from './layout';

/** More than the relative error of three roundings to float32. */
const slack: f32 = 4.76837158203125e-7;

/** In single precision: the two cut-offs, the slope from which the second applies, and one less and one plus the slack. */
const terms = memory.data<f32>([0, 0, 0, 1 - slack, 1 + slack]);
/** The cut-offs and that slope as they are. */
const rules = memory.data<f64>([0, 0, 0]);

/** Sets where lengths break off until the next call: on slopes below a limit by the gentle cut-off, else by the steep one. */
export function setBreaks(gentle: f64, steep: f64, gentleBelow: f64): void {
  store<f64>(rules, gentle);
  store<f64>(rules, steep, 8);
  store<f64>(rules, gentleBelow, 16);
  store<f32>(terms, <f32>gentle);
  store<f32>(terms, <f32>steep, 4);
  // The least float from the limit on: floats below it are those below the limit.
  const limit = <f32>gentleBelow;
  store<f32>(terms, <f64>limit < gentleBelow ? reinterpret<f32>(reinterpret<u32>(limit) + 1) : limit, 8);
}

/**
 * Which of sixteen cells have a length that breaks off on the way to their receivers, as bytes of all bits or none.
 *
 * @param p directions of the cells
 * @param slope their slopes
 */
@inline export function breaksBelow(p: usize, slope: usize): v128 {
  return i8x16.narrow_i16x8_s(
    i16x8.narrow_i32x4_s(fourBreaks(p, slope), fourBreaks(p + 4, slope + 16)),
    i16x8.narrow_i32x4_s(fourBreaks(p + 8, slope + 32), fourBreaks(p + 12, slope + 48)),
  );
}

/** In single precision where that is sure to decide alike. */
@inline function fourBreaks(p: usize, slope: usize): v128 {
  const upper = v128.load(slope);
  let lower = v128.load32_zero(slopeBelow(p, slope, 0));
  lower = v128.load32_lane(slopeBelow(p, slope, 1), lower, 1);
  lower = v128.load32_lane(slopeBelow(p, slope, 2), lower, 2);
  lower = v128.load32_lane(slopeBelow(p, slope, 3), lower, 3);
  const isGentle = f32x4.lt(lower, v128.load32_splat(terms, 8));
  const cutOff = v128.bitselect(v128.load32_splat(terms), v128.load32_splat(terms, 4), isGentle);
  const limit = f32x4.mul(upper, cutOff);
  const surely = f32x4.lt(lower, f32x4.mul(limit, v128.load32_splat(terms, 12)));
  // One more in the last place: the slack is nothing to numbers without leading digits.
  const most = i32x4.sub(f32x4.mul(limit, v128.load32_splat(terms, 16)), f32x4.gt(upper, f32x4.splat(0)));
  return v128.any_true(v128.xor(surely, f32x4.lt(lower, most))) ? breaksInFull(upper, lower) : surely;
}

@inline function slopeBelow(p: usize, slope: usize, lane: usize): usize {
  return slope + ((lane + <usize>offsetOfCode(load<u8>(p + lane))) << 2);
}

function breaksInFull(upper: v128, lower: v128): v128 {
  return i8x16.shuffle(
    twoBreaks(upper, lower),
    twoBreaks(i64x2.shuffle(upper, upper, 1, 1), i64x2.shuffle(lower, lower, 1, 1)),
    0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27,
  );
}

/** As `slopeBreaks` does, in double precision. */
@inline function twoBreaks(upper: v128, lower: v128): v128 {
  const own = f64x2.promote_low_f32x4(lower);
  const isGentle = f64x2.lt(own, v128.load64_splat(rules, 16));
  const cutOff = v128.bitselect(v128.load64_splat(rules), v128.load64_splat(rules, 8), isGentle);
  return f64x2.lt(own, f64x2.mul(f64x2.promote_low_f32x4(upper), cutOff));
}
