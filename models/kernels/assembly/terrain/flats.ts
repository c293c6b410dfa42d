import { endCell, firstCell, offsetOf, stride } from './layout';
import { setWord, word } from './words';

const flat: u8 = 9;
const noDirection: u8 = 255;
export const unreached: u32 = 0xffffffff;

/**
 * Directs all flat cells that can be directed, see `flatDistances` and `directFlats`.
 *
 * @param filled with its ring
 * @param direction 255 in ring and padding; changed
 * @param steps 0 everywhere except in the ring, which holds the steps known there; changed
 * @param queue a word for every cell; also receives what lies between, from the end, so two words for every ring cell more
 */
export function resolveFlats(filled: usize, direction: usize, steps: usize, queue: usize, late: usize): void {
  let tail: u32 = 0;
  let lateCount: u32 = 0;
  const row = (<usize>stride) << 2;
  for (let block = firstCell(); block < endCell(); block += 16) {
    let flats = i8x16.bitmask(i8x16.eq(v128.load(direction + block), i8x16.splat(<i8>flat)));
    if (flats == 0) continue;
    let inside = flats & amongFlats(direction + block);
    flats ^= inside;
    for (; inside != 0; inside &= inside - 1) setWord(steps, block + ctz(inside), unreached);
    while (flats != 0) {
      const cell = block + ctz(flats);
      flats &= flats - 1;
      const q = filled + ((<usize>cell) << 2);
      const p = direction + cell;
      const level = v128.load32_splat(q);
      let ways = codesOf(
        i32x4.bitmask(onLevel(q - row, level)) & ~flatsAround(p - stride),
        i32x4.bitmask(onLevel(q, level)) & ~flatsAround(p),
        i32x4.bitmask(onLevel(q + row, level)) & ~flatsAround(p + stride),
      );
      let nearest = unreached;
      for (; ways != 0; ways &= ways - 1) nearest = min(nearest, word(steps, cell + offsetOf(ctz(ways))));
      setWord(steps, cell, nearest == unreached ? unreached : nearest + 1);
      if (nearest == 0) setWord(queue, tail++, cell);
      else if (nearest != unreached) {
        store<u32>(late + ((<usize>lateCount) << 3), nearest + 1);
        store<u32>(late + ((<usize>lateCount) << 3), cell, 4);
        lateCount++;
      }
    }
  }
  sortPairs(late, lateCount);
  spread(filled, direction, steps, queue, tail, late, lateCount);
}

/** Which of sixteen cells have flat neighbours only, as bits. */
@inline function amongFlats(p: usize): i32 {
  const flats = i8x16.splat(<i8>flat);
  const above = p - stride;
  const below = p + stride;
  const beside = v128.and(i8x16.eq(v128.load(p - 1), flats), i8x16.eq(v128.load(p, 1), flats));
  const upper = v128.and(
    v128.and(i8x16.eq(v128.load(above - 1), flats), i8x16.eq(v128.load(above), flats)),
    i8x16.eq(v128.load(above, 1), flats),
  );
  const lower = v128.and(
    v128.and(i8x16.eq(v128.load(below - 1), flats), i8x16.eq(v128.load(below), flats)),
    i8x16.eq(v128.load(below, 1), flats),
  );
  return i8x16.bitmask(v128.and(beside, v128.and(upper, lower)));
}

/**
 * Breadth-first from the cells in the queue, one step from a way out, and from later ones when their steps come. A cell goes
 * to the first neighbour on its level that is a step nearer; all of those are known when its turn comes.
 */
function spread(
  filled: usize,
  direction: usize,
  steps: usize,
  queue: usize,
  filledTo: u32,
  late: usize,
  lateCount: u32,
): void {
  const row = (<usize>stride) << 2;
  let head: u32 = 0;
  let tail = filledTo;
  let next: u32 = 0;
  let level: u32 = 1;
  while (head < tail || next < lateCount) {
    if (head == tail) level = load<u32>(late + ((<usize>next) << 3));
    for (; next < lateCount && load<u32>(late + ((<usize>next) << 3)) == level; next++) {
      const cell = load<u32>(late + ((<usize>next) << 3), 4);
      if (word(steps, cell) == level) setWord(queue, tail++, cell);
    }
    const end = tail;
    const before = i32x4.splat(level - 1);
    const after = i32x4.splat(level + 1);
    for (; head < end; head++) {
      const cell = word(queue, head);
      const place = (<usize>cell) << 2;
      const height = v128.load32_splat(filled + place);
      const p = steps + place;
      const q = filled + place;
      const above = i32x4.bitmask(onLevel(q - row, height));
      const beside = i32x4.bitmask(onLevel(q, height));
      const under = i32x4.bitmask(onLevel(q + row, height));
      const nearer = codesOf(
        above & i32x4.bitmask(i32x4.eq(v128.load(p - row - 4), before)),
        beside & i32x4.bitmask(i32x4.eq(v128.load(p - 4), before)),
        under & i32x4.bitmask(i32x4.eq(v128.load(p + row - 4), before)),
      );
      let farther = codesOf(
        above & i32x4.bitmask(i32x4.gt_u(v128.load(p - row - 4), after)),
        beside & i32x4.bitmask(i32x4.gt_u(v128.load(p - 4), after)),
        under & i32x4.bitmask(i32x4.gt_u(v128.load(p + row - 4), after)),
      );
      for (; farther != 0; farther &= farther - 1) {
        const neighbour = <usize>(cell + offsetOf(ctz(farther)));
        if (load<u8>(direction + neighbour) != flat) continue;
        store<u32>(steps + (neighbour << 2), level + 1);
        setWord(queue, tail++, <u32>neighbour);
      }
      if (nearer != 0) store<u8>(direction + cell, <u8>(nearer & -nearer));
    }
    level++;
  }
}

/** Which of the cells before, at and after a place are on a level. */
@inline function onLevel(q: usize, height: v128): v128 {
  return f32x4.eq(v128.load(q - 4), height);
}

/** Which of the cells before, at and after a place are flat, as bits. */
@inline function flatsAround(p: usize): u32 {
  return i8x16.bitmask(i8x16.eq(v128.load32_zero(p - 1), i8x16.splat(<i8>flat)));
}

/** South-west, south and south-east, as bits in that order, as their codes. */
const codesBelow = memory.data<u8>([0, 8, 4, 12, 2, 10, 6, 14]);

/** Codes of neighbours by bits of three cells of the row above, of the cell's own row and of the row below, westernmost first. */
@inline function codesOf(above: u32, beside: u32, below: u32): u32 {
  const level = ((beside & 4) >> 2) | ((beside & 1) << 4);
  return ((above & 7) << 5) | level | load<u8>(codesBelow + <usize>(below & 7));
}

/** Sorts pairs of words by the first; few, so Shell's way will do. */
function sortPairs(pairs: usize, count: u32): void {
  for (let gap = count >> 1; gap > 0; gap >>= 1)
    for (let i = gap; i < count; i++) {
      const pair = load<u64>(pairs + ((<usize>i) << 3));
      let at = i;
      while (at >= gap && <u32>load<u64>(pairs + ((<usize>(at - gap)) << 3)) > <u32>pair) {
        store<u64>(pairs + ((<usize>at) << 3), load<u64>(pairs + ((<usize>(at - gap)) << 3)));
        at -= gap;
      }
      store<u64>(pairs + ((<usize>at) << 3), pair);
    }
}

/** True for a cell beside a draining one on its level. */
@inline export function besideDraining(filled: usize, direction: usize, cell: u32): bool {
  const level = load<f32>(filled + ((<usize>cell) << 2));
  for (let k = 0; k < 8; k++) {
    const neighbour = <usize>(<i32>cell + offsetOf(k));
    const code = load<u8>(direction + neighbour);
    if (code != flat && code != noDirection && load<f32>(filled + (neighbour << 2)) == level) return true;
  }
  return false;
}
