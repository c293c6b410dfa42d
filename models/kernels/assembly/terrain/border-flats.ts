import { codesOf, codesOfWords, flat, flatsAround } from './around';
import { besideDraining, unreached } from './flats';
import { offsetOf, stride } from './layout';
import { setWord, word } from './words';

/**
 * Steps to the way out of the flats that touch the perimeter, by ways inside the tile: those of `flatDistances` with an
 * unknown ring. Other flats are left at 0.
 *
 * @param direction 255 in ring and padding
 * @param steps 0 everywhere; receives steps
 * @param perimeter cells, as places in the layers
 * @param cells room for a word for every cell
 * @param queue as much
 */
export function borderSteps(
  filled: usize,
  direction: usize,
  steps: usize,
  perimeter: usize,
  perimeterLength: u32,
  cells: usize,
  queue: usize,
): void {
  let count: u32 = 0;
  for (let i: u32 = 0; i < perimeterLength; i++) {
    const cell = word(perimeter, i);
    if (load<u8>(direction + cell) != flat) continue;
    setWord(steps, cell, unreached);
    setWord(cells, count++, cell);
  }
  const row = (<usize>stride) << 2;
  const none = i32x4.splat(0);
  let tail: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const cell = word(cells, i);
    const p = direction + cell;
    const s = steps + ((<usize>cell) << 2) - 4;
    const above = flatsAround(p - stride);
    const beside = flatsAround(p);
    const below = flatsAround(p + stride);
    let found = codesOf(
      i32x4.bitmask(i32x4.eq(v128.load(s - row), none)) & above,
      i32x4.bitmask(i32x4.eq(v128.load(s), none)) & beside,
      i32x4.bitmask(i32x4.eq(v128.load(s + row), none)) & below,
    );
    for (; found != 0; found &= found - 1) {
      const neighbour = <u32>(<i32>cell + offsetOf(ctz(found)));
      setWord(steps, neighbour, unreached);
      setWord(cells, count++, neighbour);
    }
    const amongFlats = (above & beside & below & 7) == 7;
    if (!amongFlats && besideDraining(filled, direction, cell)) setWord(queue, tail++, cell);
  }
  for (let i: u32 = 0; i < tail; i++) store<u32>(steps + ((<usize>word(queue, i)) << 2), 1);
  const all = i32x4.splat(<i32>unreached);
  for (let head: u32 = 0; head < tail; head++) {
    const cell = word(queue, head);
    const further = word(steps, cell) + 1;
    const s = steps + ((<usize>cell) << 2) - 4;
    let found = codesOfWords(
      i32x4.eq(v128.load(s - row), all),
      i32x4.eq(v128.load(s), all),
      i32x4.eq(v128.load(s + row), all),
    );
    for (; found != 0; found &= found - 1) {
      const neighbour = <u32>(<i32>cell + offsetOf(ctz(found)));
      setWord(steps, neighbour, further);
      setWord(queue, tail++, neighbour);
    }
  }
}

/**
 * Cells through which a way from another tile could be shorter, see `borderFlatCells`.
 *
 * @param kept a byte for every cell, 0 everywhere; receives 1
 * @returns number of cells kept
 */
export function borderFlats(
  direction: usize,
  steps: usize,
  perimeter: usize,
  perimeterLength: u32,
  kept: usize,
  queue: usize,
): u32 {
  let tail: u32 = 0;
  for (let i: u32 = 0; i < perimeterLength; i++) {
    const cell = word(perimeter, i);
    if (load<u8>(direction + cell) != flat || word(steps, cell) <= 1) continue;
    store<u8>(kept + cell, 1);
    setWord(queue, tail++, cell);
  }
  let head: u32 = 0;
  for (let away: u32 = 2; head < tail; away++) {
    const end = tail;
    for (; head < end; head++) {
      const cell = word(queue, head);
      for (let k = 0; k < 8; k++) {
        const neighbour = <usize>(<i32>cell + offsetOf(k));
        if (load<u8>(direction + neighbour) != flat || load<u8>(kept + neighbour) == 1) continue;
        if (load<u32>(steps + (neighbour << 2)) <= away) continue;
        store<u8>(kept + neighbour, 1);
        setWord(queue, tail++, <u32>neighbour);
      }
    }
  }
  return tail;
}
