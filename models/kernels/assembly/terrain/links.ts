import { stride, width, height } from './layout';
import { growthOf, stepOf } from './paths';
import { setWord, word } from './words';

/** Exit of what ends inside the tile. */
const ends: u32 = 0xffffffff;
const brokenOff: u32 = 0xffffffff;

/** Upper byte of the flags of cells whose exit is known; those of cells that drain nowhere have the highest bit. */
const known: u32 = 1 << 8;
const endless: u32 = 1 << 15;

/**
 * Where water and lengths of perimeter cells leave the tile, see `perimeterLinks`, and what lengths grow by on the way, see
 * `SlopeLengthBoundary`.
 *
 * @param flags as the sweep left them, see paths.ts; used up
 * @param exits a word for every cell
 * @param growth as much
 * @param stack room for as many
 * @param link receives, by place on the perimeter, the place of the exit or 0xffffffff
 * @param growths receives, by place on the perimeter, the growth
 */
export function linkPerimeter(
  flags: usize,
  perimeter: usize,
  perimeterLength: u32,
  exits: usize,
  growth: usize,
  stack: usize,
  link: usize,
  growths: usize,
): void {
  for (let i: u32 = 0; i < perimeterLength; i++) {
    const cell = word(perimeter, i);
    const own = flagsOf(flags, cell);
    if ((own & endless) == 0 && !inTile(cell + stepOf(own))) settle(flags, exits, growth, cell, i, 0);
  }
  for (let i: u32 = 0; i < perimeterLength; i++) {
    const start = word(perimeter, i);
    let cell = start;
    let depth: u32 = 0;
    while ((flagsOf(flags, cell) & known) == 0) {
      const own = flagsOf(flags, cell);
      if ((own & endless) != 0) {
        settle(flags, exits, growth, cell, ends, 0);
        break;
      }
      setWord(stack, depth++, cell);
      cell += stepOf(own);
    }
    const exit = word(exits, cell);
    while (depth > 0) {
      const upper = word(stack, --depth);
      settle(flags, exits, growth, upper, exit, exit == ends ? 0 : grown(flagsOf(flags, upper), word(growth, cell)));
      cell = upper;
    }
    setWord(link, i, exit);
    setWord(growths, i, word(growth, start));
  }
}

@inline function flagsOf(flags: usize, cell: u32): u32 {
  return load<u16>(flags + ((<usize>cell) << 1));
}

@inline function settle(flags: usize, exits: usize, growth: usize, cell: u32, exit: u32, grows: u32): void {
  store<u16>(flags + ((<usize>cell) << 1), <u16>(flagsOf(flags, cell) | known));
  setWord(exits, cell, exit);
  setWord(growth, cell, grows);
}

@inline function inTile(cell: u32): bool {
  const row = cell / stride;
  const column = <i32>(cell % stride) - 4;
  return row >= 1 && row <= <u32>height && column >= 0 && column < width;
}

@inline function grown(flags: u32, beyond: u32): u32 {
  const step = growthOf(flags);
  if (beyond == brokenOff || step == brokenOff) return brokenOff;
  const sum = beyond + step;
  return sum < beyond || sum == brokenOff ? brokenOff - 1 : sum;
}
