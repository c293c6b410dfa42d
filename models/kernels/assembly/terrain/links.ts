import { breaks, pathUnits } from './paths';
import { offsetOfCode, stride, width, height } from './layout';
import { setWord, word } from './words';

const unknown: u32 = 0xffffffff;
const ends: u32 = 0xfffffffe;
const brokenOff: u32 = 0xffffffff;

/**
 * Where water and lengths of perimeter cells leave the tile, see `perimeterLinks`, and what lengths grow by on the way, see
 * `SlopeLengthBoundary`.
 *
 * @param exits a word for every cell, 0xffffffff everywhere; used up
 * @param growth a word for every cell
 * @param stack room for as many
 * @param link receives, by place on the perimeter, the place of the exit or 0xffffffff
 * @param growths receives, by place on the perimeter, the growth
 */
export function linkPerimeter(
  direction: usize,
  slope: usize,
  perimeter: usize,
  perimeterLength: u32,
  exits: usize,
  growth: usize,
  stack: usize,
  link: usize,
  growths: usize,
  ownPath: bool,
  gentle: f64,
  steep: f64,
  gentleBelow: f64,
): void {
  for (let i: u32 = 0; i < perimeterLength; i++) {
    const cell = word(perimeter, i);
    const offset = offsetOfCode(load<u8>(direction + cell));
    if (offset == 0 || inTile(cell + offset)) continue;
    setWord(exits, cell, i);
    setWord(growth, cell, 0);
  }
  for (let i: u32 = 0; i < perimeterLength; i++) {
    const start = word(perimeter, i);
    let cell = start;
    let depth: u32 = 0;
    while (word(exits, cell) == unknown) {
      const offset = offsetOfCode(load<u8>(direction + cell));
      if (offset == 0) {
        setWord(exits, cell, ends);
        setWord(growth, cell, 0);
        break;
      }
      setWord(stack, depth++, cell);
      cell += offset;
    }
    const exit = word(exits, cell);
    let lower = cell;
    while (depth > 0) {
      const upper = word(stack, --depth);
      setWord(exits, upper, exit);
      store<u32>(
        growth + ((<usize>upper) << 2),
        exit == ends ? 0 : grown(direction, slope, upper, lower, word(growth, lower), ownPath, gentle, steep, gentleBelow),
      );
      lower = upper;
    }
    setWord(link, i, exit == ends ? unknown : exit);
    setWord(growths, i, word(growth, start));
  }
}

@inline function inTile(cell: u32): bool {
  const row = cell / stride;
  const column = <i32>(cell % stride) - 4;
  return row >= 1 && row <= <u32>height && column >= 0 && column < width;
}

function grown(
  direction: usize,
  slope: usize,
  upper: u32,
  lower: u32,
  beyond: u32,
  ownPath: bool,
  gentle: f64,
  steep: f64,
  gentleBelow: f64,
): u32 {
  if (beyond == brokenOff) return brokenOff;
  const above = load<f32>(slope + ((<usize>upper) << 2));
  const below = load<f32>(slope + ((<usize>lower) << 2));
  if (breaks(above, below, gentle, steep, gentleBelow)) return brokenOff;
  const sum = beyond + pathUnits(load<u8>(direction + (ownPath ? lower : upper)));
  return sum < beyond || sum == brokenOff ? brokenOff - 1 : sum;
}
