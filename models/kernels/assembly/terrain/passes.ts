import { height, stride, width } from './layout';
import { setWord, word } from './words';

/**
 * Passes between basins as records of three words: lower basin, higher basin, level as a number that sorts like the float.
 * A small table keeps the lowest pass of pairs met last, since a pair is met again soon.
 */
const slots: u32 = 8192;
let table: usize = 0;
let histogram: usize = 0;
let list: usize = 0;
let spare: usize = 0;
let capacity: u32 = 0;
let size: u32 = 0;
let roots: usize = 0;
let basinCount: u32 = 0;

@inline export function sortable(level: f32): u32 {
  const bits = reinterpret<u32>(level);
  return bits >> 31 ? ~bits : bits | 0x80000000;
}

@inline export function levelOf(sorted: u32): f32 {
  return reinterpret<f32>(sorted >> 31 ? sorted & 0x7fffffff : ~sorted);
}

/**
 * Lowest passes between touching basins, sorted by level, then lower, then higher basin; some pairs more than once.
 *
 * @param first room for `records` records, more than three for every basin
 * @param second as much again
 * @param root one word for every basin
 * @param tables room for 8192 records and 2048 words
 * @returns how many; they lie at `sortedPasses()`
 */
export function findPasses(
  z: usize,
  basin: usize,
  count: u32,
  first: usize,
  second: usize,
  records: u32,
  root: usize,
  tables: usize,
): u32 {
  table = tables;
  histogram = tables + slots * 12;
  list = first;
  spare = second;
  capacity = records;
  size = 0;
  roots = root;
  basinCount = count;
  memory.fill(table, 0, slots * 12);
  const below = (<usize>stride) << 2;
  for (let row = 1; row <= height; row++) {
    const start = row * stride + 4;
    for (let x = 0; x < width; x += 4) {
      const p = basin + ((<usize>(start + x)) << 2);
      const own = v128.load(p);
      const differ = v128.or(
        v128.or(i32x4.ne(own, v128.load(p + 4)), i32x4.ne(own, v128.load(p + below - 4))),
        v128.or(i32x4.ne(own, v128.load(p + below)), i32x4.ne(own, v128.load(p + below + 4))),
      );
      let lanes = i32x4.bitmask(differ);
      while (lanes != 0) {
        const lane = ctz(lanes);
        lanes &= lanes - 1;
        if (x + lane >= width) break;
        const at = (<usize>(start + x + lane)) << 2;
        const mine = load<u32>(basin + at);
        if (mine == 0) continue;
        const level = load<f32>(z + at);
        meet(mine, level, basin, z, at + 4);
        meet(mine, level, basin, z, at + below - 4);
        meet(mine, level, basin, z, at + below);
        meet(mine, level, basin, z, at + below + 4);
      }
    }
  }
  for (let slot: u32 = 0; slot < slots; slot++) evict(table + <usize>slot * 12);
  sort();
  return size;
}

export function sortedPasses(): usize {
  return list;
}

@inline function meet(mine: u32, level: f32, basin: usize, z: usize, at: usize): void {
  const other = load<u32>(basin + at);
  if (other == mine || other == 0) return;
  const theirs = load<f32>(z + at);
  // Adding zero turns −0 into +0.
  const pass = sortable((theirs > level ? theirs : level) + 0);
  const a = min(mine, other);
  const b = max(mine, other);
  const slot = table + <usize>(((a * 0x9e3779b1) ^ (b * 0x85ebca6b)) >> 19) * 12;
  if (load<u32>(slot) == a && load<u32>(slot, 4) == b) {
    if (pass < load<u32>(slot, 8)) store<u32>(slot, pass, 8);
    return;
  }
  evict(slot);
  store<u32>(slot, a);
  store<u32>(slot, b, 4);
  store<u32>(slot, pass, 8);
}

function evict(slot: usize): void {
  const a = load<u32>(slot);
  if (a == 0) return;
  if (size == capacity) thinOut();
  const at = list + <usize>size * 12;
  store<u32>(at, a);
  store<u32>(at, load<u32>(slot, 4), 4);
  store<u32>(at, load<u32>(slot, 8), 8);
  size++;
}

/** Keeps only passes that a minimum spanning tree needs: fewer than basins, so there is room again. */
function thinOut(): void {
  sort();
  for (let i: u32 = 0; i <= basinCount; i++) setWord(roots, i, i);
  let kept: u32 = 0;
  for (let i: u32 = 0; i < size; i++) {
    const at = list + <usize>i * 12;
    const a = find(roots, load<u32>(at));
    const b = find(roots, load<u32>(at, 4));
    if (a == b) continue;
    setWord(roots, a, b);
    memory.copy(list + <usize>kept * 12, at, 12);
    kept++;
  }
  size = kept;
}

/** Root of a basin, with paths halved on the way. */
export function find(roots: usize, basin: u32): u32 {
  let at = basin;
  let up = word(roots, at);
  while (up != at) {
    at = word(roots, up);
    setWord(roots, basin, at);
    basin = at;
    up = word(roots, at);
  }
  return at;
}

/** Sorts by level, then lower, then higher basin: least significant digits first. */
function sort(): void {
  const bits: u32 = 32 - clz(basinCount);
  for (let shift: u32 = 0; shift < bits; shift += 11) sortByDigit(4, shift);
  for (let shift: u32 = 0; shift < bits; shift += 11) sortByDigit(0, shift);
  for (let shift: u32 = 0; shift < 32; shift += 11) sortByDigit(8, shift);
}

function sortByDigit(word: usize, shift: u32): void {
  memory.fill(histogram, 0, 2048 * 4);
  const end = list + <usize>size * 12;
  for (let at = list; at < end; at += 12) {
    const digit = histogram + ((<usize>((load<u32>(at + word) >> shift) & 2047)) << 2);
    store<u32>(digit, load<u32>(digit) + 1);
  }
  let start: u32 = 0;
  for (let digit: usize = 0; digit < 2048; digit++) {
    const count = load<u32>(histogram + (digit << 2));
    store<u32>(histogram + (digit << 2), start);
    start += count;
  }
  for (let at = list; at < end; at += 12) {
    const digit = histogram + ((<usize>((load<u32>(at + word) >> shift) & 2047)) << 2);
    const place = load<u32>(digit);
    store<u32>(digit, place + 1);
    const to = spare + <usize>place * 12;
    store<u64>(to, load<u64>(at));
    store<u32>(to, load<u32>(at, 8), 8);
  }
  const from = list;
  list = spare;
  spare = from;
}
