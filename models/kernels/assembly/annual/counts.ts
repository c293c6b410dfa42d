import { narrow } from './narrow';
import { classes, greatestCause } from './outcomes';

/* Counts of cells by slot and outcome: models/kernels/cell-counts.ts. */

/** A slot holds the numbers of four turns, a line of the processor's cache. */
const slotShift: i32 = 6;

// Constants are read from memory: V8 would put each together from two numbers at every use.
const numbers = memory.data<f64>([1000, 0.5, 1]);
/** The lowest float m with m × 1000 + ½ ≥ 0; what floats are below. */
const limits = memory.data<f32>([-0.0004999999655410647, Infinity]);

@inline
function number(at: usize): v128 {
  return v128.load64_splat(numbers + (at << 3));
}

@inline
function limit(at: usize): v128 {
  return v128.load32_splat(limits + (at << 2));
}

/** True where four moduli can be counted. */
@inline
function areFit(moduli: v128): v128 {
  return v128.and(f32x4.ge(moduli, limit(0)), f32x4.lt(moduli, limit(1)));
}

/** Two moduli in thousandths. */
@inline
function thousandths(moduli: v128): v128 {
  return f64x2.floor(f64x2.add(f64x2.mul(f64x2.promote_low_f32x4(moduli), number(0)), number(1)));
}

/** Adds a cell and its loss. */
@inline
function addCell(at: usize, cellAndLoss: v128): void {
  v128.store(at, f64x2.add(v128.load(at), cellAndLoss));
}

/** Adds four cells, each in its turn. */
@inline
function addFour(slots: v128, losses: v128, sums: usize): void {
  const one = number(2);
  const places = i32x4.shl(slots, slotShift);
  const low = thousandths(losses);
  const high = thousandths(v128.shuffle<i32>(losses, losses, 2, 3, 0, 1));
  addCell(sums + <usize>i32x4.extract_lane(places, 0), v128.shuffle<i64>(one, low, 0, 2));
  addCell(sums + <usize>i32x4.extract_lane(places, 1) + 16, v128.shuffle<i64>(one, low, 1, 3));
  addCell(sums + <usize>i32x4.extract_lane(places, 2) + 32, v128.shuffle<i64>(one, high, 0, 2));
  addCell(sums + <usize>i32x4.extract_lane(places, 3) + 48, v128.shuffle<i64>(one, high, 1, 3));
}

/**
 * Counts cells, sixteen at a time; counts are multiples of sixteen.
 * @returns the first cell that is not as it should be; else `count`
 */
export function countCells(
  intensity: usize,
  modulus: usize,
  cause: usize,
  count: i32,
  slots: usize,
  sums: usize,
): i32 {
  const zero = i8x16.splat(0);
  for (let n: usize = 0; n < <usize>count; n += 16) {
    const at = n << 2;
    const grades = v128.load(intensity + n);
    const causes = v128.load(cause + n);
    const isGraded = i8x16.ne(grades, zero);
    const m0 = v128.load(modulus + at);
    const m1 = v128.load(modulus + at, 16);
    const m2 = v128.load(modulus + at, 32);
    const m3 = v128.load(modulus + at, 48);
    const isExplained = v128.andnot(i8x16.le_u(causes, i8x16.splat(<i8>greatestCause)), i8x16.eq(causes, zero));
    const isFit = v128.and(narrow(areFit(m0), areFit(m1), areFit(m2), areFit(m3)), i8x16.le_u(grades, i8x16.splat(<i8>classes)));
    const isGood = v128.bitselect(isFit, isExplained, isGraded);
    if (!i8x16.all_true(isGood)) return <i32>n + <i32>ctz(~i8x16.bitmask(isGood));

    const outcome = v128.bitselect(i8x16.sub(grades, i8x16.splat(1)), i8x16.add(causes, i8x16.splat(<i8>classes)), isGraded);
    const o0 = i16x8.extend_low_i8x16_u(outcome);
    const o1 = i16x8.extend_high_i8x16_u(outcome);
    // Cells without a class add nothing.
    const g0 = i16x8.extend_low_i8x16_s(isGraded);
    const g1 = i16x8.extend_high_i8x16_s(isGraded);
    const slot = slots + at;
    addFour(i32x4.add(v128.load(slot), i32x4.extend_low_i16x8_u(o0)), v128.and(m0, i32x4.extend_low_i16x8_s(g0)), sums);
    addFour(i32x4.add(v128.load(slot, 16), i32x4.extend_high_i16x8_u(o0)), v128.and(m1, i32x4.extend_high_i16x8_s(g0)), sums);
    addFour(i32x4.add(v128.load(slot, 32), i32x4.extend_low_i16x8_u(o1)), v128.and(m2, i32x4.extend_low_i16x8_s(g1)), sums);
    addFour(i32x4.add(v128.load(slot, 48), i32x4.extend_high_i16x8_u(o1)), v128.and(m3, i32x4.extend_high_i16x8_s(g1)), sums);
  }
  return count;
}
