/* Counts of cells by slope band and outcome: models/kernels/cell-counts.ts. */

const classes: i32 = 6;
const greatestCause: i32 = 31;
const outcomes: i32 = classes + 1 + greatestCause;

// Constants are read from memory: V8 would put each together from two numbers at every use.
const halves = memory.data<f64>([1000, 0.5]);
const words = memory.data<i32>([classes, greatestCause, outcomes, 1, 0x7f800000]);

@inline
function word(at: usize): v128 {
  return v128.load32_splat(words + (at << 2));
}

/** Σ in thousandths of four moduli, 0 where there is no class, and whether they are what a class allows. */
@inline
function thousandths(moduli: v128): v128 {
  return f64x2.floor(f64x2.add(f64x2.mul(moduli, v128.load64_splat(halves)), v128.load64_splat(halves, 8)));
}

@inline
function addCell(counts: usize, losses: usize, slot: i32, loss: f64): void {
  const count = counts + (<usize>slot << 2);
  store<i32>(count, load<i32>(count) + 1);
  const sum = losses + (<usize>slot << 3);
  store<f64>(sum, load<f64>(sum) + loss);
}

/** Four bytes as 32-bit numbers. */
@inline
function fourBytes(at: usize): v128 {
  return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(at)));
}

/**
 * Counts cells in turns into the first counters and, `second` slots on, into the second ones; four at a time while these are
 * as they should be. @returns the first cell that was not counted, else `to`
 */
export function countCells(
  landUse: usize,
  slope: usize,
  intensity: usize,
  modulus: usize,
  cause: usize,
  from: i32,
  to: i32,
  starts: usize,
  edges: usize,
  edgeCount: i32,
  counts: usize,
  losses: usize,
  second: i32,
): i32 {
  const zero = i32x4.splat(0);
  let cell = from;
  while (cell < to) {
    // A last group of less than four reads on and counts its own.
    const left = to - cell;
    const at = <usize>cell;
    const slopes = v128.load(slope + (at << 2));
    let bands = v128.and(f32x4.eq(slopes, slopes), word(3));
    for (let edge = 0; edge < edgeCount; edge++)
      bands = i32x4.sub(bands, f32x4.gt(slopes, v128.load32_splat(edges + (<usize>edge << 2))));

    const grades = fourBytes(intensity + at);
    const causes = fourBytes(cause + at);
    const moduli = v128.load(modulus + (at << 2));
    const isGraded = i32x4.ne(grades, zero);
    const low = thousandths(f64x2.promote_low_f32x4(moduli));
    const high = thousandths(f64x2.promote_low_f32x4(v128.shuffle<i32>(moduli, moduli, 2, 3, 0, 1)));
    const isPositive = v128.shuffle<i32>(
      f64x2.ge(low, f64x2.splat(0)),
      f64x2.ge(high, f64x2.splat(0)),
      0, 2, 4, 6,
    );
    const isFit = v128.and(
      v128.and(isPositive, f32x4.lt(moduli, word(4))),
      i32x4.le_s(grades, word(0)),
    );
    const isExplained = v128.and(i32x4.ne(causes, zero), i32x4.le_s(causes, word(1)));
    let isGood = v128.bitselect(isFit, isExplained, isGraded);
    const outcome = v128.bitselect(
      i32x4.sub(grades, word(3)),
      i32x4.add(causes, word(0)),
      isGraded,
    );
    let slots = i32x4.add(i32x4.mul(bands, word(2)), outcome);
    let first = v128.load32_zero(starts + (<usize>load<u8>(landUse + at) << 2));
    first = v128.load_lane<u32>(starts + (<usize>load<u8>(landUse + at, 1) << 2), first, 1);
    first = v128.load_lane<u32>(starts + (<usize>load<u8>(landUse + at, 2) << 2), first, 2);
    first = v128.load_lane<u32>(starts + (<usize>load<u8>(landUse + at, 3) << 2), first, 3);
    isGood = v128.and(isGood, i32x4.ge_s(first, zero));
    slots = i32x4.add(slots, first);
    // Cells without a class add nothing.
    const lossLow = v128.and(low, i64x2.extend_low_i32x4_s(isGraded));
    const lossHigh = v128.and(high, i64x2.extend_high_i32x4_s(isGraded));

    const trouble = ~i32x4.bitmask(isGood) & 15;
    let good = trouble ? <i32>ctz(trouble) : 4;
    if (good > left) good = left;
    const odd = cell & 1 ? second : 0;
    const even = second - odd;
    if (good > 0) addCell(counts, losses, i32x4.extract_lane(slots, 0) + odd, f64x2.extract_lane(lossLow, 0));
    if (good > 1) addCell(counts, losses, i32x4.extract_lane(slots, 1) + even, f64x2.extract_lane(lossLow, 1));
    if (good > 2) addCell(counts, losses, i32x4.extract_lane(slots, 2) + odd, f64x2.extract_lane(lossHigh, 0));
    if (good > 3) addCell(counts, losses, i32x4.extract_lane(slots, 3) + even, f64x2.extract_lane(lossHigh, 1));
    cell += good;
    if (good < 4) break;
  }
  return cell;
}
