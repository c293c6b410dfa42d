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
/** Values of the cells n … end of a band that lie among the same pixels. */
@inline
function sumRun(at: usize, rowBytes: usize, north: usize, south: usize, east: usize, n: usize, end: usize, out: usize): void {
  const northWest = pixel(at);
  const northEast = pixel(at + 4);
  const southWest = pixel(at + rowBytes);
  const southEast = pixel(at + rowBytes + 4);
  for (let m = n; m < end; m += 2) {
    const sum = weighted(north + (m << 3), south + (m << 3), east, northWest, northEast, southWest, southEast);
    v128.store64_lane(out + (m << 2), f32x4.demote_f64x2_zero(sum), 0);
  }
}

/** The same × scale + shift. */
@inline
function sumScaledRun(
  at: usize,
  rowBytes: usize,
  north: usize,
  south: usize,
  east: usize,
  n: usize,
  end: usize,
  out: usize,
  scale: v128,
  shift: v128,
): void {
  const northWest = pixel(at);
  const northEast = pixel(at + 4);
  const southWest = pixel(at + rowBytes);
  const southEast = pixel(at + rowBytes + 4);
  for (let m = n; m < end; m += 2) {
    const sum = weighted(north + (m << 3), south + (m << 3), east, northWest, northEast, southWest, southEast);
    storeValues(out + (m << 2), sum, true, scale, shift);
  }
}

/** True when any of four pixels is NaN; they are far too small for a sum without bounds. */
@inline
function isGap(at: usize, rowBytes: usize): bool {
  return isNaN(load<f32>(at) + load<f32>(at, 4) + load<f32>(at + rowBytes) + load<f32>(at + rowBytes, 4));
}

/**
 * Bilinear values of a row of each of some bands, from windows of f32 that lie `bandBytes` apart into rows that lie `outBytes`
 * apart. `north` and `south` hold the weights of the pixels to the west of all cells, then to the east. Returns a bit for each
 * band, counted from the first, that has a value of NaN: the caller looks after those cells. Rows have room for an even count.
 */
export function bilinearBands(
  values: usize,
  bandBytes: usize,
  bands: i32,
  width: i32,
  offsets: usize,
  north: usize,
  south: usize,
  count: i32,
  out: usize,
  outBytes: usize,
  scale: f64,
  shift: f64,
): i32 {
  const rowBytes = <usize>width << 2;
  const rescaled = scale != 1 || shift != 0;
  const scales = f64x2.splat(scale);
  const shifts = f64x2.splat(shift);
  const even = <usize>((count + 1) & ~1);
  const east = even << 3;
  let gaps: i32 = 0;
  let n: usize = 0;
  while (n < even) {
    const start = n;
    if (n + 8 <= even && isRun(offsets + (n << 2))) {
      // Coarse pixels stay in registers from cell to cell.
      const offset = load<i32>(offsets + (n << 2));
      let areInside = f64x2.eq(f64x2.splat(0), f64x2.splat(0));
      do {
        for (const end = n + 8; n < end; n += 2) {
          const shares = v128.load(north + (n << 3));
          areInside = v128.and(areInside, f64x2.eq(shares, shares));
        }
      } while (n + 8 <= even && load<i32>(offsets + (n << 2)) == offset && isRun(offsets + (n << 2)));
      const isInside = i64x2.all_true(areInside);
      let at = values + (<usize>offset << 2);
      let row = out;
      for (let band = 0; band < bands; band++) {
        if (!isInside || isGap(at, rowBytes)) gaps |= 1 << band;
        if (rescaled) sumScaledRun(at, rowBytes, north, south, east, start, n, row, scales, shifts);
        else sumRun(at, rowBytes, north, south, east, start, n, row);
        at += bandBytes;
        row += outBytes;
      }
      continue;
    }
    n = n + 8 < even ? n + 8 : even;
    let window = values;
    let row = out;
    for (let band = 0; band < bands; band++) {
      let good = f64x2.eq(f64x2.splat(0), f64x2.splat(0));
      for (let m = start; m < n; m += 2) {
        const first = window + (<usize>load<u32>(offsets + (m << 2)) << 2);
        const second = window + (<usize>load<u32>(offsets + (m << 2), 4) << 2);
        const northFirst = f64x2.promote_low_f32x4(v128.load64_zero(first));
        const northSecond = f64x2.promote_low_f32x4(v128.load64_zero(second));
        const southFirst = f64x2.promote_low_f32x4(v128.load64_zero(first + rowBytes));
        const southSecond = f64x2.promote_low_f32x4(v128.load64_zero(second + rowBytes));
        const sum = weighted(
          north + (m << 3),
          south + (m << 3),
          east,
          v128.shuffle<f64>(northFirst, northSecond, 0, 2),
          v128.shuffle<f64>(northFirst, northSecond, 1, 3),
          v128.shuffle<f64>(southFirst, southSecond, 0, 2),
          v128.shuffle<f64>(southFirst, southSecond, 1, 3),
        );
        good = v128.and(good, f64x2.eq(sum, sum));
        storeValues(row + (m << 2), sum, rescaled, scales, shifts);
      }
      if (!i64x2.all_true(good)) gaps |= 1 << band;
      window += bandBytes;
      row += outBytes;
    }
  }
  return gaps;
}
