import { outcomes } from './outcomes';

/* Where cells count, by zones, land use and slope band: models/kernels/cell-slots.ts. */

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

/**
 * Slots of the cells of one zone tuple, four at a time; a last group of less than four writes on.
 * @returns as `slotsOfCells` does
 */
function slotsOfRun(
  landUse: usize,
  slope: usize,
  from: i32,
  to: i32,
  starts: usize,
  edges: usize,
  edgeCount: i32,
  out: usize,
): i32 {
  const zero = i32x4.splat(0);
  const one = i32x4.splat(1);
  const bandSlots = i32x4.splat(outcomes);
  for (let cell = from; cell < to; cell += 4) {
    const at = <usize>cell;
    const slopes = v128.load(slope + (at << 2));
    let bands = v128.and(f32x4.eq(slopes, slopes), one);
    for (let edge = 0; edge < edgeCount; edge++)
      bands = i32x4.sub(bands, f32x4.gt(slopes, v128.load32_splat(edges + (<usize>edge << 2))));
    let first = v128.load32_zero(starts + (<usize>load<u8>(landUse + at) << 2));
    first = v128.load_lane<u32>(starts + (<usize>load<u8>(landUse + at, 1) << 2), first, 1);
    first = v128.load_lane<u32>(starts + (<usize>load<u8>(landUse + at, 2) << 2), first, 2);
    first = v128.load_lane<u32>(starts + (<usize>load<u8>(landUse + at, 3) << 2), first, 3);
    v128.store(out + (<usize>(cell - from) << 2), i32x4.add(i32x4.mul(bands, bandSlots), first));
    const isWithout = i32x4.bitmask(i32x4.lt_s(first, zero));
    if (isWithout) return min(to, cell + <i32>ctz(isWithout));
  }
  return to;
}

/**
 * Slots of cells, run by run of those in the same zones.
 * @param stride bytes from the zones of a set to those of the next
 * @param tuples zones of the tuples held, `held` of them
 * @returns the first cell whose zones or land use have no block; else `to`
 */
export function slotsOfCells(
  zones: usize,
  stride: usize,
  sets: i32,
  landUse: usize,
  slope: usize,
  from: i32,
  to: i32,
  tuples: usize,
  held: i32,
  starts: usize,
  edges: usize,
  edgeCount: i32,
  slots: usize,
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
    const out = slots + (<usize>(cell - from) << 2);
    const done = slotsOfRun(landUse, slope, cell, end, startsOfTuple, edges, edgeCount, out);
    if (done < end) return done;
    cell = end;
  }
  return to;
}
