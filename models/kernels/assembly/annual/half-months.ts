import { exponential } from '../arithmetic/power';

/*
 * B from soil loss ratios and erosivity of the half-months: models/kernels/half-month-kernels.ts. Erosivity comes as lines
 * (lines.ts): for each half-month of a place its value and the step to the next place. A ratio is multiplied with both at once,
 * so a vector of two sums holds what a cell needs.
 */

const pairBytes: usize = 16;
const halfMonths: usize = 24;
const lineBytes: usize = halfMonths * pairBytes;

/** The pair of sums of two cells as B: (sum + share·step)/(total + share·step of the total). */
@inline
function meanOf(first: v128, second: v128, share: v128, total: v128): v128 {
  const west = v128.shuffle<f64>(first, second, 0, 2);
  const step = v128.shuffle<f64>(first, second, 1, 3);
  return f64x2.div(f64x2.add(west, f64x2.mul(share, step)), total);
}

/** Erosivity of the year of two cells, from the pairs of its line. */
@inline
function totalOf(first: usize, second: usize, share: v128): v128 {
  const one = v128.load(first);
  const other = v128.load(second);
  return f64x2.add(v128.shuffle<f64>(one, other, 0, 2), f64x2.mul(share, v128.shuffle<f64>(one, other, 1, 3)));
}

/** A ratio by byte of cover, times the pair of a half-month, added to a sum. */
@inline
function addTabled(sum: v128, table: usize, byte: u32, pair: v128): v128 {
  return f64x2.add(sum, f64x2.mul(v128.load64_splat(table + (<usize>byte << 3)), pair));
}

/** The same of four half-months, whose covers lie `stride` bytes apart. */
@inline
function addFour(sum: v128, table: usize, cover: usize, stride: usize, one: v128, two: v128, three: v128, four: v128): v128 {
  sum = addTabled(sum, table, load<u8>(cover), one);
  sum = addTabled(sum, table, load<u8>(cover + stride), two);
  sum = addTabled(sum, table, load<u8>(cover + (stride << 1)), three);
  return addTabled(sum, table, load<u8>(cover + stride * 3), four);
}

/** Where the table of a cell starts; the first one stands for none. */
@inline
function table(ratios: usize, start: i32): usize {
  return ratios + (<usize>max(start, 0) << 3);
}

@inline
function startOf(landUse: usize, starts: usize, steps: usize, ground: usize, n: usize): i32 {
  const code = <usize>load<u8>(landUse + n) << 2;
  const start = load<i32>(starts + code);
  return ground == 0 ? start : start + load<i32>(steps + code) * <i32>load<u8>(ground + n);
}

/**
 * B of rows of cells, ratios by byte of cover from tables of 256: the table of a cell starts at that of its land use, `steps` of
 * which times the byte of understorey further on. Land use with a start below 0 has no table, and keeps its B. `even` is a line
 * of 1 for each half-month. Returns 1 when a cell with a table has no B.
 */
export function tabledPractice(
  landUse: usize,
  width: i32,
  rows: i32,
  cover: usize,
  coverStride: usize,
  line: usize,
  total: usize,
  places: i32,
  place: usize,
  share: usize,
  shareStep: i32,
  even: usize,
  ratios: usize,
  starts: usize,
  steps: usize,
  ground: usize,
  out: usize,
): i32 {
  const nan = f32x4.splat(f32.NaN);
  const count = f64x2.splat(<f64>halfMonths);
  let missing = i32x4.splat(0);
  for (let row: usize = 0; row < <usize>rows; row++) {
    const lines = line + row * <usize>places * lineBytes;
    const totals = total + row * <usize>places * pairBytes;
    const shares = share + ((row * <usize>shareStep) << 3);
    const rowStart = row * <usize>width;
    for (let n: usize = 0; n < <usize>width; n += 4) {
      const cell = rowStart + n;
      const left = <usize>width - n;
      const a = startOf(landUse, starts, steps, ground, cell);
      const b = left > 1 ? startOf(landUse, starts, steps, ground, cell + 1) : -1;
      const c = left > 2 ? startOf(landUse, starts, steps, ground, cell + 2) : -1;
      const d = left > 3 ? startOf(landUse, starts, steps, ground, cell + 3) : -1;
      if ((a & b & c & d) < 0) continue;
      const first = table(ratios, a);
      const second = table(ratios, b);
      const third = table(ratios, c);
      const fourth = table(ratios, d);
      const placeA = <usize>load<u32>(place + (n << 2));
      const placeB = <usize>load<u32>(place + (n << 2), 4);
      const placeC = <usize>load<u32>(place + (n << 2), 8);
      const placeD = <usize>load<u32>(place + (n << 2), 12);
      let lowShare = v128.load(shares + (n << 3));
      let highShare = v128.load(shares + (n << 3), 16);
      let lowTotal = totalOf(totals + (placeA << 4), totals + (placeB << 4), lowShare);
      let highTotal = totalOf(totals + (placeC << 4), totals + (placeD << 4), highShare);
      const isLow = f64x2.gt(lowTotal, f64x2.splat(0));
      const isHigh = f64x2.gt(highTotal, f64x2.splat(0));
      const isRainy = i64x2.all_true(v128.and(isLow, isHigh));
      let sumA = f64x2.splat(0);
      let sumB = f64x2.splat(0);
      let sumC = f64x2.splat(0);
      let sumD = f64x2.splat(0);
      let covers = cover + cell;
      let pairA = lines + placeA * lineBytes;
      if (isRainy && placeA == placeB && placeA == placeC && placeA == placeD) {
        for (const end = pairA + lineBytes; pairA < end; pairA += 4 * pairBytes) {
          const one = v128.load(pairA);
          const two = v128.load(pairA, 16);
          const three = v128.load(pairA, 32);
          const four = v128.load(pairA, 48);
          sumA = addFour(sumA, first, covers, coverStride, one, two, three, four);
          sumB = addFour(sumB, second, covers + 1, coverStride, one, two, three, four);
          sumC = addFour(sumC, third, covers + 2, coverStride, one, two, three, four);
          sumD = addFour(sumD, fourth, covers + 3, coverStride, one, two, three, four);
          covers += <usize>coverStride << 2;
        }
      } else {
        let pairB = lines + placeB * lineBytes;
        let pairC = lines + placeC * lineBytes;
        let pairD = lines + placeD * lineBytes;
        if (!isRainy) {
          if (!i64x2.extract_lane(isLow, 0)) pairA = even;
          if (!i64x2.extract_lane(isLow, 1)) pairB = even;
          if (!i64x2.extract_lane(isHigh, 0)) pairC = even;
          if (!i64x2.extract_lane(isHigh, 1)) pairD = even;
          lowShare = v128.and(lowShare, isLow);
          highShare = v128.and(highShare, isHigh);
          lowTotal = v128.bitselect(lowTotal, count, isLow);
          highTotal = v128.bitselect(highTotal, count, isHigh);
        }
        for (let k: usize = 0; k < lineBytes; k += pairBytes) {
          sumA = addTabled(sumA, first, load<u8>(covers), v128.load(pairA + k));
          sumB = addTabled(sumB, second, load<u8>(covers, 1), v128.load(pairB + k));
          sumC = addTabled(sumC, third, load<u8>(covers, 2), v128.load(pairC + k));
          sumD = addTabled(sumD, fourth, load<u8>(covers, 3), v128.load(pairD + k));
          covers += coverStride;
        }
      }
      const low = meanOf(sumA, sumB, lowShare, lowTotal);
      const high = meanOf(sumC, sumD, highShare, highTotal);
      const sums = v128.shuffle<i32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
      let isTabled = i32x4.splat(a);
      isTabled = i32x4.replace_lane(isTabled, 1, b);
      isTabled = i32x4.replace_lane(isTabled, 2, c);
      isTabled = i32x4.ge_s(i32x4.replace_lane(isTabled, 3, d), i32x4.splat(0));
      const isMissing = f32x4.ne(sums, sums);
      missing = v128.or(missing, v128.and(isMissing, isTabled));
      // Kernels differ in the sign bit of NaN.
      const values = v128.bitselect(nan, sums, isMissing);
      const at = out + (cell << 2);
      v128.store(at, v128.bitselect(values, v128.load(at), isTabled));
    }
  }
  return v128.any_true(missing) ? 1 : 0;
}

/** FVC of four half-months of a cell, from the pairs of its line. */
@inline
function coverOnLine(pair: usize, share: v128): v128 {
  const first = v128.load(pair);
  const second = v128.load(pair, 16);
  const third = v128.load(pair, 32);
  const fourth = v128.load(pair, 48);
  const steps = f64x2.mul(share, v128.shuffle<f64>(first, second, 1, 3));
  const low = f64x2.add(v128.shuffle<f64>(first, second, 0, 2), steps);
  const moreSteps = f64x2.mul(share, v128.shuffle<f64>(third, fourth, 1, 3));
  const high = f64x2.add(v128.shuffle<f64>(third, fourth, 0, 2), moreSteps);
  return v128.shuffle<i32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
}

/** FVC of four half-months of a cell, from layers. */
@inline
function coverOfLayers(cover: usize, stride: usize): v128 {
  let four = v128.load32_zero(cover);
  four = v128.load_lane<f32>(cover + stride, four, 1);
  four = v128.load_lane<f32>(cover + (stride << 1), four, 2);
  return v128.load_lane<f32>(cover + stride * 3, four, 3);
}

@inline
function addRatios(sum: v128, ratios: v128, pair: usize): v128 {
  const low = f64x2.promote_low_f32x4(ratios);
  const high = f64x2.promote_low_f32x4(v128.shuffle<i32>(ratios, ratios, 2, 3, 2, 3));
  sum = f64x2.add(sum, f64x2.mul(v128.shuffle<f64>(low, low, 0, 0), v128.load(pair)));
  sum = f64x2.add(sum, f64x2.mul(v128.shuffle<f64>(low, low, 1, 1), v128.load(pair, 16)));
  sum = f64x2.add(sum, f64x2.mul(v128.shuffle<f64>(high, high, 0, 0), v128.load(pair, 32)));
  return f64x2.add(sum, f64x2.mul(v128.shuffle<f64>(high, high, 1, 1), v128.load(pair, 48)));
}

/** A coefficient of models/kernels/single-loss-ratio.ts in all lanes. */
@inline
function coefficient(coefficients: usize, at: usize): v128 {
  return v128.load32_splat(coefficients + (at << 2));
}

const forest: u32 = 3;

/**
 * B of rows of cells, ratios from fractions of cover: `coverLine` on lines with places of their own, or 0 and layers `cover`
 * `coverStride` bytes apart. `group` holds by land-use code 0 = keeps its B, or the group. Returns 1 when a cell of a group has
 * no B.
 */
export function seasonalPractice(
  landUse: usize,
  group: usize,
  width: i32,
  rows: i32,
  cover: usize,
  coverStride: usize,
  coverLine: usize,
  coverPlaces: i32,
  coverPlace: usize,
  coverShare: usize,
  coverShareStep: i32,
  line: usize,
  total: usize,
  places: i32,
  place: usize,
  share: usize,
  shareStep: i32,
  even: usize,
  ground: usize,
  coefficients: usize,
  out: usize,
): i32 {
  const one = f32x4.splat(1);
  let missing: i32 = 0;
  for (let row: usize = 0; row < <usize>rows; row++) {
    const lines = line + row * <usize>places * lineBytes;
    const totals = total + row * <usize>places * pairBytes;
    const shares = share + ((row * <usize>shareStep) << 3);
    const coverLines = coverLine + row * <usize>coverPlaces * lineBytes;
    const coverShares = coverShare + ((row * <usize>coverShareStep) << 3);
    const rowStart = row * <usize>width;
    for (let n: usize = 0; n < <usize>width; n++) {
      const cell = rowStart + n;
      const ofLand = load<u8>(group + <usize>load<u8>(landUse + cell));
      if (ofLand == 0) continue;
      const at = <usize>load<u32>(place + (n << 2));
      let cellShare = load<f64>(shares + (n << 3));
      let cellTotal = load<f64>(totals + (at << 4)) + cellShare * load<f64>(totals + (at << 4), 8);
      let pair = lines + at * lineBytes;
      if (!(cellTotal > 0)) {
        pair = even;
        cellShare = 0;
        cellTotal = <f64>halfMonths;
      }
      let covers = cover + (cell << 2);
      let coverPair: usize = 0;
      let coverShares2 = f64x2.splat(0);
      if (coverLine != 0) {
        coverPair = coverLines + <usize>load<u32>(coverPlace + (n << 2)) * lineBytes;
        coverShares2 = v128.load64_splat(coverShares + (n << 3));
      }
      let sum = f64x2.splat(0);
      if (ofLand == forest) {
        const grounds = v128.load32_splat(ground + (cell << 2));
        const openness = f32x4.mul(f32x4.sub(one, grounds), coefficient(coefficients, 10));
        const power = exponential(f32x4.mul(grounds, coefficient(coefficients, 6)));
        const base = f32x4.add(f32x4.mul(coefficient(coefficients, 7), power), coefficient(coefficients, 9));
        for (let k: usize = 0; k < lineBytes; k += 4 * pairBytes) {
          let fractions: v128;
          if (coverLine != 0) fractions = coverOnLine(coverPair + k, coverShares2);
          else {
            fractions = coverOfLayers(covers, coverStride);
            covers += coverStride << 2;
          }
          const found = exponential(f32x4.mul(fractions, openness));
          const ratios = f32x4.sub(base, f32x4.mul(coefficient(coefficients, 8), found));
          sum = addRatios(sum, ratios, pair + k);
        }
      } else {
        const own = <usize>(ofLand - 1) * 3;
        for (let k: usize = 0; k < lineBytes; k += 4 * pairBytes) {
          let fractions: v128;
          if (coverLine != 0) fractions = coverOnLine(coverPair + k, coverShares2);
          else {
            fractions = coverOfLayers(covers, coverStride);
            covers += coverStride << 2;
          }
          const found = exponential(f32x4.mul(fractions, coefficient(coefficients, own)));
          const bottom = f32x4.add(
            coefficient(coefficients, own + 1),
            f32x4.mul(coefficient(coefficients, own + 2), found),
          );
          sum = addRatios(sum, f32x4.div(one, bottom), pair + k);
        }
      }
      const west = f64x2.extract_lane(sum, 0);
      const value = <f32>((west + cellShare * f64x2.extract_lane(sum, 1)) / cellTotal);
      if (isNaN(value)) missing = 1;
      store<f32>(out + (cell << 2), isNaN(value) ? f32.NaN : value);
    }
  }
  return missing;
}
