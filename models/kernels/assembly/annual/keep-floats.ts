/** True for two doubles that are values: models/kernels/keep-floats.ts. */
@inline
function areValues(v: v128, none: v128, low: v128, high: v128, scale: v128, offset: v128, huge: v128): v128 {
  const result = f64x2.add(f64x2.mul(v, scale), offset);
  const isInside = v128.and(f64x2.ge(result, low), f64x2.le(result, high));
  return v128.and(isInside, v128.and(f64x2.ne(v, none), f64x2.lt(f64x2.abs(v), huge)));
}

/** Puts NaN in the place of f32 that are no values. Counts are multiples of four. */
export function keepFloats(
  values: usize,
  none: f64,
  low: f64,
  high: f64,
  scale: f64,
  offset: f64,
  huge: f64,
  count: i32,
): void {
  const nones = f64x2.splat(none);
  const lows = f64x2.splat(low);
  const highs = f64x2.splat(high);
  const scales = f64x2.splat(scale);
  const offsets = f64x2.splat(offset);
  const huges = f64x2.splat(huge);
  const nan = f32x4.splat(f32.NaN);
  for (let at = values, end = values + (<usize>count << 2); at < end; at += 16) {
    const four = v128.load(at);
    const first = f64x2.promote_low_f32x4(four);
    const last = f64x2.promote_low_f32x4(v128.shuffle<i32>(four, four, 2, 3, 0, 1));
    const isValue = v128.shuffle<i32>(
      areValues(first, nones, lows, highs, scales, offsets, huges),
      areValues(last, nones, lows, highs, scales, offsets, huges),
      0, 2, 4, 6,
    );
    if (!i32x4.all_true(isValue)) v128.store(at, v128.bitselect(four, nan, isValue));
  }
}
