import { isFar, readAround, take } from './ahead';
import { codesOf, codesOfWords, flat, flatsAround } from './around';
import { endCell, firstCell, offsetOf, stride } from './layout';
import { setWord, word } from './words';

const noDirection: u8 = 255;
export const unreached: u32 = 0xffffffff;

/**
 * Directs all flat cells that can be directed, see `flatDistances` and `directFlats`. Flat cells side by side are on one level:
 * the higher one would drain into the lower. So levels count only where a flat ends.
 *
 * @param filled with its ring
 * @param direction 255 in ring and padding; changed
 * @param steps 0 everywhere except in the ring, which holds the steps known there; changed
 * @param queue room for a word for every cell
 * @param codes room for as many
 * @param late room for two words for every perimeter cell
 */
export function resolveFlats(
  filled: usize,
  direction: usize,
  steps: usize,
  queue: usize,
  codes: usize,
  late: usize,
): void {
  let tail: u32 = 0;
  let lateCount: u32 = 0;
  const row = (<usize>stride) << 2;
  let unread = firstCell();
  for (let block = firstCell(); block < endCell(); block += 16) {
    if (block == unread) {
      unread += stride;
      if (isFar()) readFlats(filled, direction, steps, block, unread);
    }
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
      let out: u32 = 0;
      for (; ways != 0; ways &= ways - 1) {
        const known = word(steps, cell + offsetOf(ctz(ways)));
        nearest = min(nearest, known);
        if (known == 0 && out == 0) out = ways & -ways;
      }
      setWord(steps, cell, nearest == unreached ? unreached : nearest + 1);
      if (nearest == 0) {
        store<u8>(codes + tail, <u8>out);
        setWord(queue, tail++, cell);
      } else if (nearest != unreached) {
        store<u32>(late + ((<usize>lateCount) << 3), nearest + 1);
        store<u32>(late + ((<usize>lateCount) << 3), cell, 4);
        lateCount++;
      }
    }
  }
  for (let i: u32 = 0; i < tail; i++) store<u8>(direction + word(queue, i), load<u8>(codes + i));
  sortPairs(late, lateCount);
  spread(direction, steps, queue, tail, late, lateCount);
}

/** Brings what surrounds the flat cells from one place to another into the cache. */
function readFlats(filled: usize, direction: usize, steps: usize, first: i32, end: i32): void {
  let all: u32 = 0;
  for (let at = first; at < end; at += 16) {
    if (!v128.any_true(i8x16.eq(v128.load(direction + at), i8x16.splat(<i8>flat)))) continue;
    const place = (<usize>at) << 2;
    all ^= readAround(filled + place) ^ readAround(steps + place);
  }
  take(all);
}

/** Brings the steps around queued cells into the cache. */
function readQueue(steps: usize, queue: usize, first: u32, end: u32): void {
  let all: u32 = 0;
  for (let at = first; at < end; at++) all ^= readAround(steps + ((<usize>word(queue, at)) << 2));
  take(all);
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
 * Breadth-first from the cells in the queue, one step from a way out and directed, and from later ones when their steps come. A
 * cell goes to the first neighbour that is a step nearer; all of those are known when its turn comes.
 */
function spread(
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
      if ((head & 15) == 0) readQueue(steps, queue, head + 16, min(tail, head + 32));
      const cell = word(queue, head);
      const p = steps + ((<usize>cell) << 2);
      const above = v128.load(p - row - 4);
      const beside = v128.load(p - 4);
      const under = v128.load(p + row - 4);
      let farther = codesOfWords(i32x4.gt_u(above, after), i32x4.gt_u(beside, after), i32x4.gt_u(under, after));
      for (; farther != 0; farther &= farther - 1) {
        const neighbour = <usize>(cell + offsetOf(ctz(farther)));
        if (load<u8>(direction + neighbour) != flat) continue;
        store<u32>(steps + (neighbour << 2), level + 1);
        setWord(queue, tail++, <u32>neighbour);
      }
      if (level == 1) continue;
      const nearer = codesOfWords(i32x4.eq(above, before), i32x4.eq(beside, before), i32x4.eq(under, before));
      if (nearer != 0) store<u8>(direction + cell, <u8>(nearer & -nearer));
    }
    level++;
  }
}

/** Which of the cells before, at and after a place are on a level. */
@inline function onLevel(q: usize, height: v128): v128 {
  return f32x4.eq(v128.load(q - 4), height);
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
