import { find, levelOf } from './passes';
import { setWord, word } from './words';

/**
 * Joins basins over their lowest passes, see `labelDrains` in models/terrain/tiled/basin-drains.ts. Arrays have a word for
 * every basin, 0 to `count`.
 *
 * @param passes sorted records of `findPasses`
 * @param label labels of the basins that reach the perimeter, 0 elsewhere; completed
 * @param level receives the level at which each basin overflows
 * @param tree receives from, to, level of the passes that join labels, as records
 * @returns number of records in `tree`
 */
export function joinBasins(
  passes: usize,
  passCount: u32,
  count: u32,
  roots: usize,
  least: usize,
  above: usize,
  label: usize,
  level: usize,
  tree: usize,
): u32 {
  for (let i: u32 = 0; i <= count; i++) {
    setWord(roots, i, i);
    setWord(least, i, word(label, i));
    store<f32>(level + ((<usize>i) << 2), -Infinity);
  }
  let told: u32 = 0;
  for (let i: u32 = 0; i < passCount; i++) {
    const at = passes + <usize>i * 12;
    const a = find(roots, load<u32>(at));
    const b = find(roots, load<u32>(at, 4));
    if (a == b) continue;
    let upper = min(a, b);
    let lower = max(a, b);
    const mine = word(least, upper);
    const other = word(least, lower);
    if (other != 0 && (mine == 0 || other < mine)) {
      const swapped = upper;
      upper = lower;
      lower = swapped;
    }
    const pass = levelOf(load<u32>(at, 8));
    if (mine != 0 && other != 0) {
      const record = tree + <usize>told * 12;
      store<u32>(record, min(mine, other));
      store<u32>(record, max(mine, other), 4);
      store<f32>(record, pass, 8);
      told++;
    } else if (mine != 0 || other != 0) {
      setWord(label, lower, word(least, upper));
      store<f32>(level + ((<usize>lower) << 2), pass);
    } else setWord(above, lower, upper);
    setWord(roots, lower, upper);
  }
  for (let i: u32 = 2; i <= count; i++) {
    if (word(label, i) != 0) continue;
    let at = i;
    while (word(label, at) == 0) at = word(above, at);
    const found = word(label, at);
    const height = load<f32>(level + ((<usize>at) << 2));
    for (let each = i; word(label, each) == 0; each = word(above, each)) {
      setWord(label, each, found);
      store<f32>(level + ((<usize>each) << 2), height);
    }
  }
  return told;
}
