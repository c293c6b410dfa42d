import { exponential, number } from './exponential';

@inline
function clamp(x: v128): v128 {
  // A negative zero stays one here; added to a sum that began as zero it makes no difference.
  return f64x2.pmin(f64x2.pmax(x, f64x2.splat(0)), number(10));
}

/** The f32 at two addresses as two f64. */
@inline
function gather(base: usize, i: usize, j: usize): v128 {
  return f64x2.promote_low_f32x4(
    v128.load_lane<f32>(base + (j << 2), v128.load32_zero(base + (i << 2)), 1),
  );
}

/** What a half-month of two cells weighs: its erosivity where the year has some, else 1/24. */
@inline
function weight(erosivity: usize, isPositive: v128, i: usize, j: usize): v128 {
  const even = f64x2.splat(1.0 / 24.0);
  return erosivity == 0 ? even : v128.bitselect(gather(erosivity, i, j), even, isPositive);
}

/** What all half-months of two cells weigh. */
@inline
function allWeights(erosivity: usize, total: v128, isPositive: v128): v128 {
  const one = f64x2.splat(1);
  return erosivity == 0 ? one : v128.bitselect(total, one, isPositive);
}

/** Layers of half-months lie `coverStride` and `erosivityStride` bytes apart. */
export function sumCoverRatios(
  cells: usize,
  count: i32,
  cover: usize,
  coverStride: usize,
  erosivity: usize,
  erosivityStride: usize,
  halfMonths: i32,
  totals: usize,
  sums: usize,
  a: f64,
  b: f64,
  rate: f64,
): void {
  const as = f64x2.splat(a);
  const bs = f64x2.splat(b);
  const rates = f64x2.splat(rate);
  for (let n: usize = 0; n < <usize>count; n += 2) {
    const i = <usize>load<u32>(cells + (n << 2));
    const j = <usize>load<u32>(cells + (n << 2), 4);
    const total = v128.load(totals + (n << 3));
    const isPositive = f64x2.gt(total, f64x2.splat(0));
    let covers = cover;
    let rains = erosivity;
    let sum = f64x2.splat(0);
    for (let k = 0; k < halfMonths; k++) {
      const power = exponential(f64x2.mul(rates, gather(covers, i, j)));
      const ratio = clamp(f64x2.div(number(10), f64x2.add(as, f64x2.mul(bs, power))));
      sum = f64x2.add(sum, f64x2.mul(ratio, weight(rains, isPositive, i, j)));
      covers += coverStride;
      rains += erosivityStride;
    }
    v128.store(sums + (n << 3), f64x2.div(sum, allWeights(erosivity, total, isPositive)));
  }
}

/** The same of forest and orchards; `grounds` holds GD of the listed cells, `bases` what p·exp(q·GD) gives. */
export function sumForestRatios(
  cells: usize,
  count: i32,
  cover: usize,
  coverStride: usize,
  erosivity: usize,
  erosivityStride: usize,
  halfMonths: i32,
  totals: usize,
  sums: usize,
  grounds: usize,
  bases: usize,
  r: f64,
  s: f64,
): void {
  const rs = f64x2.splat(r);
  const ss = f64x2.splat(s);
  for (let n: usize = 0; n < <usize>count; n += 2) {
    const i = <usize>load<u32>(cells + (n << 2));
    const j = <usize>load<u32>(cells + (n << 2), 4);
    const total = v128.load(totals + (n << 3));
    const isPositive = f64x2.gt(total, f64x2.splat(0));
    const ground = v128.load(grounds + (n << 3));
    const base = v128.load(bases + (n << 3));
    let covers = cover;
    let rains = erosivity;
    let sum = f64x2.splat(0);
    for (let k = 0; k < halfMonths; k++) {
      const fraction = gather(covers, i, j);
      const power = exponential(f64x2.sub(fraction, f64x2.mul(fraction, ground)));
      const ratio = clamp(f64x2.add(f64x2.sub(base, f64x2.mul(rs, power)), ss));
      sum = f64x2.add(sum, f64x2.mul(ratio, weight(rains, isPositive, i, j)));
      covers += coverStride;
      rains += erosivityStride;
    }
    v128.store(sums + (n << 3), f64x2.div(sum, allWeights(erosivity, total, isPositive)));
  }
}

/** SLR of four cells by byte of cover, from the table of each. */
@inline
function ratio(first: usize, second: usize, cover: usize): v128 {
  const low = v128.load64_zero(first + (<usize>load<u8>(cover) << 3));
  return v128.load_lane<f64>(second + (<usize>load<u8>(cover, 1) << 3), low, 1);
}

/** Where the table of a cell starts; the first one stands for none. */
@inline
function table(ratios: usize, start: i32): usize {
  return ratios + (<usize>max(start, 0) << 3);
}

/**
 * B of cells one after another, SLR by byte of cover from tables of 256: the table of a cell starts at that of its land use,
 * `steps` of which times the byte of understorey further on. Land use with a start below 0 has no table, and keeps its B.
 * Counts are multiples of four. Returns 1 when a cell with a table has no B.
 */
export function tabledPractice(
  landUse: usize,
  count: i32,
  cover: usize,
  coverStride: usize,
  erosivity: usize,
  erosivityStride: usize,
  halfMonths: i32,
  annual: usize,
  ratios: usize,
  starts: usize,
  steps: usize,
  ground: usize,
  out: usize,
): i32 {
  const even = f64x2.splat(1.0 / 24.0);
  const one = f64x2.splat(1);
  const zero = f64x2.splat(0);
  const nan = f32x4.splat(f32.NaN);
  let missing = i32x4.splat(0);
  for (let n: usize = 0; n < <usize>count; n += 4) {
    const a = startOf(landUse, starts, steps, ground, n);
    const b = startOf(landUse, starts, steps, ground, n + 1);
    const c = startOf(landUse, starts, steps, ground, n + 2);
    const d = startOf(landUse, starts, steps, ground, n + 3);
    if ((a & b & c & d) < 0) continue;
    const first = table(ratios, a);
    const second = table(ratios, b);
    const third = table(ratios, c);
    const fourth = table(ratios, d);
    const totals = erosivity == 0 ? f32x4.splat(0) : v128.load(annual + (n << 2));
    const lowTotal = f64x2.promote_low_f32x4(totals);
    const highTotal = f64x2.promote_low_f32x4(v128.shuffle<i32>(totals, totals, 2, 3, 0, 1));
    const isLow = f64x2.gt(lowTotal, zero);
    const isHigh = f64x2.gt(highTotal, zero);
    let covers = cover + n;
    let rains = erosivity + (n << 2);
    let low = zero;
    let high = zero;
    if (erosivity != 0 && i64x2.all_true(v128.and(isLow, isHigh))) {
      for (let k = 0; k < halfMonths; k++) {
        const rain = v128.load(rains);
        const lowRain = f64x2.promote_low_f32x4(rain);
        const highRain = f64x2.promote_low_f32x4(v128.shuffle<i32>(rain, rain, 2, 3, 0, 1));
        low = f64x2.add(low, f64x2.mul(ratio(first, second, covers), lowRain));
        high = f64x2.add(high, f64x2.mul(ratio(third, fourth, covers + 2), highRain));
        covers += coverStride;
        rains += erosivityStride;
      }
    } else {
      for (let k = 0; k < halfMonths; k++) {
        const rain = erosivity == 0 ? zero : v128.load(rains);
        const lowRain = v128.bitselect(f64x2.promote_low_f32x4(rain), even, isLow);
        const highRain = v128.bitselect(
          f64x2.promote_low_f32x4(v128.shuffle<i32>(rain, rain, 2, 3, 0, 1)),
          even,
          isHigh,
        );
        low = f64x2.add(low, f64x2.mul(ratio(first, second, covers), lowRain));
        high = f64x2.add(high, f64x2.mul(ratio(third, fourth, covers + 2), highRain));
        covers += coverStride;
        rains += erosivityStride;
      }
    }
    low = f64x2.div(low, v128.bitselect(lowTotal, one, isLow));
    high = f64x2.div(high, v128.bitselect(highTotal, one, isHigh));
    const sums = v128.shuffle<i32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
    let isTabled = i32x4.splat(a);
    isTabled = i32x4.replace_lane(isTabled, 1, b);
    isTabled = i32x4.replace_lane(isTabled, 2, c);
    isTabled = i32x4.ge_s(i32x4.replace_lane(isTabled, 3, d), i32x4.splat(0));
    const isMissing = f32x4.ne(sums, sums);
    missing = v128.or(missing, v128.and(isMissing, isTabled));
    // Kernels differ in the sign bit of NaN.
    const values = v128.bitselect(nan, sums, isMissing);
    v128.store(out + (n << 2), v128.bitselect(values, v128.load(out + (n << 2)), isTabled));
  }
  return v128.any_true(missing) ? 1 : 0;
}

@inline
function startOf(landUse: usize, starts: usize, steps: usize, ground: usize, n: usize): i32 {
  const code = <usize>load<u8>(landUse + n) << 2;
  const start = load<i32>(starts + code);
  return ground == 0 ? start : start + load<i32>(steps + code) * <i32>load<u8>(ground + n);
}

/** p·exp(q·GD) of the listed cells. */
export function forestBases(count: i32, grounds: usize, bases: usize, p: f64, q: f64): void {
  for (let n: usize = 0; n < <usize>count; n += 2) {
    const ground = v128.load(grounds + (n << 3));
    v128.store(bases + (n << 3), f64x2.mul(f64x2.splat(p), exponential(f64x2.mul(f64x2.splat(q), ground))));
  }
}
