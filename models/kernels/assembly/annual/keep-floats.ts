/**
 * Puts NaN in the place of f32 that are no values: those below `lowest`, above `highest` or equal to `none`, which
 * models/kernels/keep-floats.ts finds for a range. Counts are multiples of four.
 */
export function keepFloats(values: usize, none: f32, lowest: f32, highest: f32, count: i32): void {
  const nones = f32x4.splat(none);
  const lows = f32x4.splat(lowest);
  const highs = f32x4.splat(highest);
  const nan = f32x4.splat(f32.NaN);
  for (let at = values, end = values + (<usize>count << 2); at < end; at += 16) {
    const four = v128.load(at);
    const isInside = v128.and(f32x4.ge(four, lows), f32x4.le(four, highs));
    const isValue = v128.and(isInside, f32x4.ne(four, nones));
    if (!i32x4.all_true(isValue)) v128.store(at, v128.bitselect(four, nan, isValue));
  }
}
