/*
 * Rows of cells on straight lines between pixels: models/kernels/line-rows.ts. A line holds, for each band of each place of each
 * row, two f64: the value at the place, and what the next place has more.
 */

/** A place's band: value and step. */
const pairBytes: usize = 16;

/** Two pixels of a row on the height of the cells. */
@inline
function onHeight(at: usize, rowBytes: usize, below: v128, scale: v128, shift: v128): v128 {
  const north = f64x2.promote_low_f32x4(v128.load64_zero(at));
  const south = f64x2.promote_low_f32x4(v128.load64_zero(at + rowBytes));
  const value = f64x2.add(north, f64x2.mul(below, f64x2.sub(south, north)));
  return f64x2.add(f64x2.mul(value, scale), shift);
}

/** Pixels whose lines stay in the first cache while one band after another is written among them. */
const stretch: usize = 32;

/**
 * Lines of the pixels of a window, in f32 `bandBytes` apart. A line has its bands side by side, so each of them is written
 * here and there among the others: stretch by stretch, or no line would still be at hand when the next band comes.
 *
 * @returns 1 when any pixel has no value
 */
export function linesOfPixels(
  values: usize,
  bandBytes: usize,
  bands: i32,
  width: i32,
  first: usize,
  below: usize,
  rows: i32,
  scale: f64,
  shift: f64,
  line: usize,
): i32 {
  const rowBytes = <usize>width << 2;
  const placeBytes = <usize>bands * pairBytes;
  const scales = f64x2.splat(scale);
  const shifts = f64x2.splat(shift);
  let good = f64x2.eq(f64x2.splat(0), f64x2.splat(0));
  for (let row: usize = 0; row < <usize>rows; row++) {
    const belows = v128.load64_splat(below + (row << 3));
    const windowRow = values + (<usize>load<u32>(first + (row << 2)) << 2);
    const rowStart = line + row * <usize>width * placeBytes;
    for (let start: usize = 0; start < <usize>width; start += stretch) {
      const end = start + stretch < <usize>width ? start + stretch : <usize>width;
      let window = windowRow;
      for (let band: usize = 0; band < <usize>bands; band++) {
        let out = rowStart + start * placeBytes + band * pairBytes;
        let here = onHeight(window + (start << 2), rowBytes, belows, scales, shifts);
        let p = start;
        for (; p < end && p + 2 < <usize>width; p += 2) {
          const next = onHeight(window + ((p + 2) << 2), rowBytes, belows, scales, shifts);
          good = v128.and(good, f64x2.eq(here, here));
          const step = f64x2.sub(v128.shuffle<f64>(here, next, 1, 2), here);
          v128.store(out, v128.shuffle<f64>(here, step, 0, 2));
          v128.store(out + placeBytes, v128.shuffle<f64>(here, step, 1, 3));
          out += placeBytes << 1;
          here = next;
        }
        if (p < end) {
          // The last place, or the last two: a step is known between them alone.
          const last = v128.shuffle<f64>(here, here, 1, 1);
          const isLone = p + 1 == <usize>width;
          const counted = isLone ? v128.shuffle<f64>(here, here, 0, 0) : here;
          good = v128.and(good, f64x2.eq(counted, counted));
          const step = isLone ? f64x2.splat(0) : f64x2.sub(last, here);
          v128.store(out, v128.shuffle<f64>(here, step, 0, 2));
          if (!isLone) v128.store(out + placeBytes, v128.shuffle<f64>(here, f64x2.splat(0), 1, 2));
        }
        window += bandBytes;
      }
    }
  }
  return i64x2.all_true(good) ? 0 : 1;
}

/** Bands of a patch of four pixels that are kept apart from cell to cell. */
const keptBands = 32;
const patch = memory.data(2 * keptBands * 16, 16);

/** Keeps the northern pixels of a patch and how far the southern ones differ, as f64, for some bands. */
@inline
function keepPatch(at: usize, rowBytes: usize, bandBytes: usize, bands: i32): void {
  let window = at;
  for (let kept: usize = 0; kept < (<usize>bands << 5); kept += 2 * pairBytes) {
    const north = f64x2.promote_low_f32x4(v128.load64_zero(window));
    const south = f64x2.promote_low_f32x4(v128.load64_zero(window + rowBytes));
    v128.store(patch + kept, north);
    v128.store(patch + kept, f64x2.sub(south, north), 16);
    window += bandBytes;
  }
}

/**
 * Lines of single cells among the pixels of a window. Coarse pixels are the same from cell to cell, so they are looked up when
 * they change. No more bands than are kept. Returns 1 when any cell is not among four pixels with values.
 */
export function linesOfCells(
  values: usize,
  bandBytes: usize,
  bands: i32,
  width: i32,
  offset: usize,
  below: usize,
  cells: i32,
  scale: f64,
  shift: f64,
  line: usize,
): i32 {
  const rowBytes = <usize>width << 2;
  const scales = f64x2.splat(scale);
  const shifts = f64x2.splat(shift);
  let good = f64x2.eq(f64x2.splat(0), f64x2.splat(0));
  let out = line;
  let held: i32 = -1;
  for (let cell: usize = 0; cell < <usize>cells; cell++) {
    const belows = v128.load64_splat(below + (cell << 3));
    const at = load<i32>(offset + (cell << 2));
    if (at != held) keepPatch(values + (<usize>at << 2), rowBytes, bandBytes, bands);
    held = at;
    for (let kept: usize = 0; kept < (<usize>bands << 5); kept += 2 * pairBytes) {
      const value = f64x2.add(v128.load(patch + kept), f64x2.mul(belows, v128.load(patch + kept, 16)));
      const here = f64x2.add(f64x2.mul(value, scales), shifts);
      const step = f64x2.sub(v128.shuffle<f64>(here, here, 1, 1), here);
      good = v128.and(good, f64x2.eq(step, step));
      v128.store(out, v128.shuffle<f64>(here, step, 0, 2));
      out += pairBytes;
    }
  }
  return i64x2.all_true(good) ? 0 : 1;
}

/** True when eight cells have the same place. */
@inline
function isRun(place: usize): bool {
  const first = v128.load32_splat(place);
  return i32x4.all_true(v128.and(i32x4.eq(first, v128.load(place)), i32x4.eq(first, v128.load(place, 16))));
}

@inline
function storeTwo(out: usize, west: v128, share: v128, step: v128, good: v128): v128 {
  const two = f32x4.demote_f64x2_zero(f64x2.add(west, f64x2.mul(share, step)));
  v128.store64_lane(out, two, 0);
  return v128.and(good, f32x4.eq(two, two));
}

/** Bands whose gaps one word tells. */
const bandsOfWord = 32;

/**
 * Values of rows of cells, in f32, bands `outBytes` apart. Returns a bit for each band, counted from the first, that has a value
 * of NaN. A row of an odd count writes one number beyond its end.
 */
export function alongLines(
  line: usize,
  bands: i32,
  places: i32,
  place: usize,
  share: usize,
  shareStep: i32,
  width: i32,
  rows: i32,
  out: usize,
  outBytes: usize,
): i32 {
  const placeBytes = <usize>bands * pairBytes;
  let gaps: i32 = 0;
  for (let row: usize = 0; row < <usize>rows; row++) {
    const lineOfRow = line + row * <usize>places * placeBytes;
    const shares = share + ((row * <usize>shareStep) << 3);
    const outOfRow = out + ((row * <usize>width) << 2);
    const even = <usize>((width + 1) & ~1);
    let n: usize = 0;
    while (n < even) {
      const start = n;
      const at = load<i32>(place + (n << 2));
      n += 8;
      if (n <= even && isRun(place + (start << 2))) {
        while (n + 8 <= even && load<i32>(place + (n << 2)) == at && isRun(place + (n << 2))) n += 8;
        let pair = lineOfRow + <usize>at * placeBytes;
        let into = outOfRow;
        for (let band = 0; band < bands && band < bandsOfWord; band++) {
          const west = v128.load64_splat(pair);
          const step = v128.load64_splat(pair, 8);
          let good = f32x4.eq(f32x4.splat(0), f32x4.splat(0));
          for (let m = start; m < n; m += 2)
            good = storeTwo(into + (m << 2), west, v128.load(shares + (m << 3)), step, good);
          if (!i32x4.all_true(good)) gaps |= 1 << band;
          pair += pairBytes;
          into += outBytes;
        }
        continue;
      }
      n = n < even ? n : even;
      let bandBytes: usize = 0;
      let into = outOfRow;
      for (let band = 0; band < bands && band < bandsOfWord; band++) {
        const pairs = lineOfRow + bandBytes;
        let good = f32x4.eq(f32x4.splat(0), f32x4.splat(0));
        for (let m = start; m < n; m += 2) {
          const first = v128.load(pairs + <usize>load<u32>(place + (m << 2)) * placeBytes);
          const second = v128.load(pairs + <usize>load<u32>(place + (m << 2), 4) * placeBytes);
          const west = v128.shuffle<f64>(first, second, 0, 2);
          const step = v128.shuffle<f64>(first, second, 1, 3);
          good = storeTwo(into + (m << 2), west, v128.load(shares + (m << 3)), step, good);
        }
        if (!i32x4.all_true(good)) gaps |= 1 << band;
        bandBytes += pairBytes;
        into += outBytes;
      }
    }
  }
  return gaps;
}

/** Lines of the sums of all bands of some places. */
export function sumLines(line: usize, bands: i32, places: i32, sums: usize): void {
  let at = line;
  for (let n: usize = 0; n < <usize>places; n++) {
    let sum = f64x2.splat(0);
    for (let band = 0; band < bands; band++) {
      sum = f64x2.add(sum, v128.load(at));
      at += pairBytes;
    }
    v128.store(sums + (n << 4), sum);
  }
}
