import { exponential, number } from './annual/exponential';

export * from './annual/causes';
export * from './annual/erodibility';
export * from './annual/counts';
export * from './annual/keep-floats';
export * from './annual/look-ups';

/*
 * Kernels of the annual pass, for the AssemblyScript compiler. Each takes addresses in the imported memory and does the
 * operations of its TypeScript reference in the same order, two cells at a time; the files next door say what they mean.
 */

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

/** WR of two cells: erosivity/total where the total is positive, else 1/24. */
@inline
function weight(erosivity: usize, total: v128, isPositive: v128, i: usize, j: usize): v128 {
  const even = f64x2.splat(1.0 / 24.0);
  return erosivity == 0 ? even : v128.bitselect(f64x2.div(gather(erosivity, i, j), total), even, isPositive);
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
      sum = f64x2.add(sum, f64x2.mul(ratio, weight(rains, total, isPositive, i, j)));
      covers += coverStride;
      rains += erosivityStride;
    }
    v128.store(sums + (n << 3), sum);
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
      sum = f64x2.add(sum, f64x2.mul(ratio, weight(rains, total, isPositive, i, j)));
      covers += coverStride;
      rains += erosivityStride;
    }
    v128.store(sums + (n << 3), sum);
  }
}

/** The same with SLR by byte of cover from tables of 256. */
export function sumTabledRatios(
  cells: usize,
  count: i32,
  cover: usize,
  coverStride: usize,
  erosivity: usize,
  erosivityStride: usize,
  halfMonths: i32,
  totals: usize,
  sums: usize,
  ratios: usize,
  tables: usize,
): void {
  for (let n: usize = 0; n < <usize>count; n += 2) {
    const i = <usize>load<u32>(cells + (n << 2));
    const j = <usize>load<u32>(cells + (n << 2), 4);
    const first = ratios + (<usize>load<u32>(tables + (n << 2)) << 3);
    const second = ratios + (<usize>load<u32>(tables + (n << 2), 4) << 3);
    const total = v128.load(totals + (n << 3));
    const isPositive = f64x2.gt(total, f64x2.splat(0));
    let covers = cover;
    let rains = erosivity;
    let sum = f64x2.splat(0);
    for (let k = 0; k < halfMonths; k++) {
      const low = v128.load64_zero(first + (<usize>load<u8>(covers + i) << 3));
      const ratio = v128.load_lane<f64>(second + (<usize>load<u8>(covers + j) << 3), low, 1);
      sum = f64x2.add(sum, f64x2.mul(ratio, weight(rains, total, isPositive, i, j)));
      covers += coverStride;
      rains += erosivityStride;
    }
    v128.store(sums + (n << 3), sum);
  }
}

/** p·exp(q·GD) of the listed cells. */
export function forestBases(count: i32, grounds: usize, bases: usize, p: f64, q: f64): void {
  for (let n: usize = 0; n < <usize>count; n += 2) {
    const ground = v128.load(grounds + (n << 3));
    v128.store(bases + (n << 3), f64x2.mul(f64x2.splat(p), exponential(f64x2.mul(f64x2.splat(q), ground))));
  }
}

/** Weights of a row of an upright grid: lists of an even count for the west, then for the east. */
export function weighRow(
  west: usize,
  shares: usize,
  count: i32,
  first: i32,
  above: f64,
  below: f64,
  offset: usize,
  north: usize,
  south: usize,
): void {
  const aboves = f64x2.splat(above);
  const belows = f64x2.splat(below);
  const even = <usize>((count + 1) & ~1);
  for (let n: usize = 0; n < <usize>count; n++) store<i32>(offset + (n << 2), first + load<i32>(west + (n << 2)));
  for (let n: usize = 0; n < even << 4; n += 16) {
    const share = v128.load(shares + n);
    v128.store(north + n, f64x2.mul(share, aboves));
    v128.store(south + n, f64x2.mul(share, belows));
  }
}

/** Adds up the weighted pixels around two cells, in the order of the reference. */
@inline
function weighted(
  north: usize,
  south: usize,
  east: usize,
  northWest: v128,
  northEast: v128,
  southWest: v128,
  southEast: v128,
): v128 {
  let sum = f64x2.add(f64x2.splat(0), f64x2.mul(v128.load(north), northWest));
  sum = f64x2.add(sum, f64x2.mul(v128.load(north + east), northEast));
  sum = f64x2.add(sum, f64x2.mul(v128.load(south), southWest));
  return f64x2.add(sum, f64x2.mul(v128.load(south + east), southEast));
}

@inline
function storeValues(out: usize, sum: v128, rescaled: bool, scale: v128, shift: v128): void {
  const value = rescaled ? f64x2.add(f64x2.mul(sum, scale), shift) : sum;
  v128.store64_lane(out, f32x4.demote_f64x2_zero(value), 0);
}

/** True when eight cells lie among the same pixels. */
@inline
function isRun(offsets: usize): bool {
  const first = v128.load32_splat(offsets);
  return i32x4.all_true(
    v128.and(i32x4.eq(first, v128.load(offsets)), i32x4.eq(first, v128.load(offsets, 16))),
  );
}

/** A pixel as two f64. */
@inline
function pixel(at: usize): v128 {
  return f64x2.splat(<f64>load<f32>(at));
}

/**
 * Bilinear values of a row from a window of f32. `north` and `south` hold the weights of the pixels to the west of all
 * cells, then to the east. Returns 1 when a value is NaN: the caller looks after those cells. `out` has room for an even
 * count.
 */
export function bilinearRow(
  values: usize,
  width: i32,
  offsets: usize,
  north: usize,
  south: usize,
  count: i32,
  out: usize,
  scale: f64,
  shift: f64,
): i32 {
  const rowBytes = <usize>width << 2;
  const rescaled = scale != 1 || shift != 0;
  const scales = f64x2.splat(scale);
  const shifts = f64x2.splat(shift);
  const even = <usize>((count + 1) & ~1);
  const east = even << 3;
  let good = f64x2.eq(f64x2.splat(0), f64x2.splat(0));
  let n: usize = 0;
  while (n < even) {
    if (n + 8 <= even && isRun(offsets + (n << 2))) {
      // Coarse pixels stay in registers from cell to cell.
      const offset = load<i32>(offsets + (n << 2));
      const at = values + (<usize>offset << 2);
      const northWest = pixel(at);
      const northEast = pixel(at + 4);
      const southWest = pixel(at + rowBytes);
      const southEast = pixel(at + rowBytes + 4);
      do {
        for (let m: usize = 0; m < 8; m += 2) {
          const from = (n + m) << 3;
          const sum = weighted(north + from, south + from, east, northWest, northEast, southWest, southEast);
          good = v128.and(good, f64x2.eq(sum, sum));
          storeValues(out + ((n + m) << 2), sum, rescaled, scales, shifts);
        }
        n += 8;
      } while (n + 8 <= even && load<i32>(offsets + (n << 2)) == offset && isRun(offsets + (n << 2)));
      continue;
    }
    for (const end = n + 8 < even ? n + 8 : even; n < end; n += 2) {
      const first = values + (<usize>load<u32>(offsets + (n << 2)) << 2);
      const second = values + (<usize>load<u32>(offsets + (n << 2), 4) << 2);
      const northFirst = f64x2.promote_low_f32x4(v128.load64_zero(first));
      const northSecond = f64x2.promote_low_f32x4(v128.load64_zero(second));
      const southFirst = f64x2.promote_low_f32x4(v128.load64_zero(first + rowBytes));
      const southSecond = f64x2.promote_low_f32x4(v128.load64_zero(second + rowBytes));
      const sum = weighted(
        north + (n << 3),
        south + (n << 3),
        east,
        v128.shuffle<f64>(northFirst, northSecond, 0, 2),
        v128.shuffle<f64>(northFirst, northSecond, 1, 3),
        v128.shuffle<f64>(southFirst, southSecond, 0, 2),
        v128.shuffle<f64>(southFirst, southSecond, 1, 3),
      );
      good = v128.and(good, f64x2.eq(sum, sum));
      storeValues(out + (n << 2), sum, rescaled, scales, shifts);
    }
  }
  return i64x2.all_true(good) ? 0 : 1;
}

/** Sums of bands that lie `stride` bytes apart, in double precision, rounded to f32 once. Counts are padded to even. */
export function sumBands(bands: usize, stride: i32, bandCount: i32, count: i32, out: usize): void {
  for (let n: usize = 0; n < <usize>count; n += 2) {
    let sum = f64x2.splat(0);
    let at = bands + (n << 2);
    for (let b = 0; b < bandCount; b++) {
      sum = f64x2.add(sum, f64x2.promote_low_f32x4(v128.load64_zero(at)));
      at += stride;
    }
    v128.store64_lane(out + (n << 2), f32x4.demote_f64x2_zero(sum), 0);
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
