import { endCell, firstCell, offsetOf } from './layout';
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
  for (let block = firstCell(); block < endCell(); block += 16) {
    let flats = i8x16.bitmask(i8x16.eq(v128.load(direction + block), i8x16.splat(<i8>flat)));
    while (flats != 0) {
      const cell = block + ctz(flats);
      flats &= flats - 1;
      const level = load<f32>(filled + ((<usize>cell) << 2));
      let nearest = unreached;
      for (let k = 0; k < 8; k++) {
        const neighbour = <usize>(cell + offsetOf(k));
        if (load<u8>(direction + neighbour) == flat || load<f32>(filled + (neighbour << 2)) != level) continue;
        nearest = min(nearest, load<u32>(steps + (neighbour << 2)));
      }
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
  tail = spread(filled, direction, steps, queue, tail, late, lateCount);
  direct(filled, direction, steps, queue, tail);
}

/** Breadth-first from the cells in the queue, one step from a way out, and from later ones when their steps come. */
function spread(
  filled: usize,
  direction: usize,
  steps: usize,
  queue: usize,
  filledTo: u32,
  late: usize,
  lateCount: u32,
): u32 {
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
    for (; head < end; head++) {
      const cell = word(queue, head);
      const height = load<f32>(filled + ((<usize>cell) << 2));
      for (let k = 0; k < 8; k++) {
        const neighbour = <usize>(cell + offsetOf(k));
        if (load<u8>(direction + neighbour) != flat || load<u32>(steps + (neighbour << 2)) <= level + 1) continue;
        if (load<f32>(filled + (neighbour << 2)) != height) continue;
        store<u32>(steps + (neighbour << 2), level + 1);
        setWord(queue, tail++, <u32>neighbour);
      }
    }
    level++;
  }
  return tail;
}

function direct(filled: usize, direction: usize, steps: usize, queue: usize, count: u32): void {
  for (let i: u32 = 0; i < count; i++) {
    const cell = word(queue, i);
    const height = load<f32>(filled + ((<usize>cell) << 2));
    const wanted = word(steps, cell) - 1;
    for (let k = 0; k < 8; k++) {
      const neighbour = <usize>(cell + offsetOf(k));
      if (load<f32>(filled + (neighbour << 2)) != height || load<u32>(steps + (neighbour << 2)) != wanted) continue;
      store<u8>(direction + cell, <u8>(<u32>1 << k));
      break;
    }
  }
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
