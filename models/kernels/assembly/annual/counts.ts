/* Counts of cells by zones, land use, slope band and outcome: models/kernels/cell-counts.ts. */

const classes: i32 = 6;
const greatestCause: i32 = 31;
const outcomes: i32 = classes + 1 + greatestCause;
/** A slot holds the numbers of four turns, a line of the processor's cache. */
const slotShift: i32 = 6;

// Constants are read from memory: V8 would put each together from two numbers at every use.
const halves = memory.data<f64>([1000, 0.5, 1]);
const words = memory.data<i32>([classes, greatestCause, outcomes, 1, 0x7f800000]);
/** The lowest float m with m × 1000 + ½ ≥ 0. */
const lowest = memory.data<f32>([-0.0004999999655410647]);

@inline
function word(at: usize): v128 {
  return v128.load32_splat(words + (at << 2));
}

/** Σ in thousandths of two moduli. */
@inline
function thousandths(moduli: v128): v128 {
  return f64x2.floor(f64x2.add(f64x2.mul(moduli, v128.load64_splat(halves)), v128.load64_splat(halves, 8)));
}

/** Adds a cell and its loss. */
@inline
function addCell(at: usize, cellAndLoss: v128): void {
  v128.store(at, f64x2.add(v128.load(at), cellAndLoss));
}

/** Four bytes as 32-bit numbers. */
@inline
function fourBytes(at: usize): v128 {
  return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(at)));
}

/** First place from `from` on, before `to`, with another 16-bit value than at `from`; `to` if there is none. */
function endOfRun(values: usize, from: i32, to: i32): i32 {
  const all = v128.load16_splat(values + (<usize>from << 1));
  let at = from + 1;
  while (at + 8 <= to) {
    const isOther = i16x8.bitmask(i16x8.ne(v128.load(values + (<usize>at << 1)), all));
    if (isOther) return at + <i32>ctz(isOther);
    at += 8;
  }
  const first = load<u16>(values + (<usize>from << 1));
  while (at < to && load<u16>(values + (<usize>at << 1)) == first) at++;
  return at;
}

/** True where the zones of a cell are those of a tuple. */
@inline
function isOfTuple(zones: usize, stride: usize, sets: i32, cell: i32, tuple: usize): bool {
  for (let set: usize = 0; set < <usize>sets; set++)
    if (<i32>load<u16>(zones + set * stride + (<usize>cell << 1)) != load<i32>(tuple + (set << 2))) return false;
  return true;
}

/** Counts the cells of one zone tuple, four at a time while these are as they should be. @returns as `countCells` does */
function countRun(
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
  sums: usize,
): i32 {
  const zero = i32x4.splat(0);
  const one = v128.load64_splat(halves, 16);
  for (let cell = from; cell < to; cell += 4) {
    const at = <usize>cell;
    const slopes = v128.load(slope + (at << 2));
    let bands = v128.and(f32x4.eq(slopes, slopes), word(3));
    for (let edge = 0; edge < edgeCount; edge++)
      bands = i32x4.sub(bands, f32x4.gt(slopes, v128.load32_splat(edges + (<usize>edge << 2))));

    const grades = fourBytes(intensity + at);
    const causes = fourBytes(cause + at);
    const isGraded = i32x4.ne(grades, zero);
    const moduli = v128.load(modulus + (at << 2));
    let isFit = v128.and(f32x4.ge(moduli, v128.load32_splat(lowest)), f32x4.lt(moduli, word(4)));
    isFit = v128.and(isFit, i32x4.le_s(grades, word(0)));
    const isExplained = v128.and(i32x4.gt_s(causes, zero), i32x4.le_s(causes, word(1)));
    const outcome = v128.bitselect(i32x4.sub(grades, word(3)), i32x4.add(causes, word(0)), isGraded);
    let first = v128.load32_zero(starts + (<usize>load<u8>(landUse + at) << 2));
    first = v128.load_lane<u32>(starts + (<usize>load<u8>(landUse + at, 1) << 2), first, 1);
    first = v128.load_lane<u32>(starts + (<usize>load<u8>(landUse + at, 2) << 2), first, 2);
    first = v128.load_lane<u32>(starts + (<usize>load<u8>(landUse + at, 3) << 2), first, 3);
    const isGood = v128.and(v128.bitselect(isFit, isExplained, isGraded), i32x4.ge_s(first, zero));
    const slots = i32x4.add(i32x4.add(i32x4.mul(bands, word(2)), outcome), first);
    const places = i32x4.shl(slots, slotShift);
    // Cells without a class add nothing.
    const losses = v128.and(moduli, isGraded);
    const low = thousandths(f64x2.promote_low_f32x4(losses));
    const high = thousandths(f64x2.promote_low_f32x4(v128.shuffle<i32>(losses, losses, 2, 3, 0, 1)));

    // A last group of less than four reads on and counts its own.
    const trouble = ~i32x4.bitmask(isGood) & 15;
    let good = trouble ? <i32>ctz(trouble) : 4;
    if (to - cell < good) good = to - cell;
    if (good == 4) {
      addCell(sums + <usize>i32x4.extract_lane(places, 0), v128.shuffle<i64>(one, low, 0, 2));
      addCell(sums + <usize>i32x4.extract_lane(places, 1) + 16, v128.shuffle<i64>(one, low, 1, 3));
      addCell(sums + <usize>i32x4.extract_lane(places, 2) + 32, v128.shuffle<i64>(one, high, 0, 2));
      addCell(sums + <usize>i32x4.extract_lane(places, 3) + 48, v128.shuffle<i64>(one, high, 1, 3));
      continue;
    }
    if (good > 0) addCell(sums + <usize>i32x4.extract_lane(places, 0), v128.shuffle<i64>(one, low, 0, 2));
    if (good > 1) addCell(sums + <usize>i32x4.extract_lane(places, 1) + 16, v128.shuffle<i64>(one, low, 1, 3));
    if (good > 2) addCell(sums + <usize>i32x4.extract_lane(places, 2) + 32, v128.shuffle<i64>(one, high, 0, 2));
    return cell + good;
  }
  return to;
}

/**
 * Counts cells, run by run of those in the same zones.
 * @param stride bytes from the zones of a set to those of the next
 * @param tuples zones of the tuples held, `held` of them
 * @returns the first cell that was not counted, because its zones or its land use have no counters or it is not as it should
 *   be; else `to`
 */
export function countCells(
  zones: usize,
  stride: usize,
  sets: i32,
  landUse: usize,
  slope: usize,
  intensity: usize,
  modulus: usize,
  cause: usize,
  from: i32,
  to: i32,
  tuples: usize,
  held: i32,
  starts: usize,
  edges: usize,
  edgeCount: i32,
  sums: usize,
): i32 {
  const tupleBytes = <usize>sets << 2;
  let tuple = 0;
  for (let cell = from; cell < to; ) {
    if (tuple >= held || !isOfTuple(zones, stride, sets, cell, tuples + <usize>tuple * tupleBytes)) {
      tuple = 0;
      while (tuple < held && !isOfTuple(zones, stride, sets, cell, tuples + <usize>tuple * tupleBytes)) tuple++;
      if (tuple == held) return cell;
    }
    let end = to;
    for (let set: usize = 0; set < <usize>sets; set++) end = endOfRun(zones + set * stride, cell, end);
    const startsOfTuple = starts + (<usize>tuple << 10);
    const done = countRun(
      landUse, slope, intensity, modulus, cause, cell, end, startsOfTuple, edges, edgeCount, sums,
    );
    if (done < end) return done;
    cell = end;
  }
  return to;
}
