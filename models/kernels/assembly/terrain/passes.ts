import { toFront } from './lanes';
import { height, stride, width } from './layout';
import { setWord, word } from './words';

/**
 * Passes between basins as records of three words: lower basin, higher basin, level as a number that sorts like the float.
 * A small table keeps the lowest pass of pairs met last, since a pair is met again soon.
 */
const slots: u32 = 8192;
// Constants are read from memory: V8 would put each together from two numbers at every use.
const high = memory.data<f32>([Infinity]);
const topBit = memory.data<i32>([<i32>0x80000000]);
let table: usize = 0;
let histogram: usize = 0;
let list: usize = 0;
let spare: usize = 0;
let capacity: u32 = 0;
let size: u32 = 0;
let roots: usize = 0;
let basinCount: u32 = 0;

/** Level of a number that sorts like it, see `sortables`. */
@inline export function levelOf(sorted: u32): f32 {
  return reinterpret<f32>(sorted >> 31 ? sorted & 0x7fffffff : ~sorted);
}

/**
 * Lowest passes between touching basins, sorted by level, then lower, then higher basin; some pairs more than once.
 *
 * @param first room for `records` records, more than three for every basin
 * @param second as much again
 * @param root one word for every basin
 * @param tables room for 8192 records and 2048 words, and for three words for every cell of a row and four more of each
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
  // Passes of a row: lower basins, higher basins, levels.
  const lists = histogram + 2048 * 4;
  const listBytes = below;
  for (let row = 1; row <= height; row++) {
    const start = row * stride + 4;
    let end = lists;
    for (let x = 0; x < width; x += 4) {
      const p = basin + ((<usize>(start + x)) << 2);
      const own = v128.load(p);
      const e = v128.load(p + 4);
      const sw = v128.load(p + below - 4);
      const s = v128.load(p + below);
      const se = v128.load(p + below + 4);
      let leftE = i32x4.ne(own, e);
      let leftSw = i32x4.ne(own, sw);
      let leftS = i32x4.ne(own, s);
      let leftSe = i32x4.ne(own, se);
      let left = v128.or(v128.or(leftE, leftSw), v128.or(leftS, leftSe));
      if (!v128.any_true(left)) continue;
      const level = z + ((<usize>(start + x)) << 2);
      const mine = v128.load(level);
      const inData = i32x4.ne(own, i32x4.splat(0));
      const inTile = (1 << min(4, width - x)) - 1;
      // The neighbours after a cell that are not in its basin are in one other mostly, or in one after the other: the lowest
      // of each basin counts.
      do {
        let other = v128.bitselect(s, se, leftS);
        other = v128.bitselect(sw, other, leftSw);
        other = v128.bitselect(e, other, leftE);
        const intoE = v128.and(leftE, i32x4.eq(e, other));
        const intoSw = v128.and(leftSw, i32x4.eq(sw, other));
        const intoS = v128.and(leftS, i32x4.eq(s, other));
        const intoSe = v128.and(leftSe, i32x4.eq(se, other));
        const lowest = f32x4.pmin(
          f32x4.pmin(orHigh(v128.load(level + 4), intoE), orHigh(v128.load(level + below - 4), intoSw)),
          f32x4.pmin(orHigh(v128.load(level + below), intoS), orHigh(v128.load(level + below + 4), intoSe)),
        );
        // Adding zero turns −0 into +0.
        const higher = sortables(f32x4.add(f32x4.pmax(mine, lowest), f32x4.splat(0)));
        const isPass = v128.and(v128.and(left, inData), i32x4.ne(other, i32x4.splat(0)));
        const met = i32x4.bitmask(isPass) & inTile;
        if (end > lists + listBytes - 16) {
          meetAll(lists, end, listBytes);
          end = lists;
        }
        v128.store(end, toFront(i32x4.min_u(own, other), met));
        v128.store(end + listBytes, toFront(i32x4.max_u(own, other), met));
        v128.store(end + 2 * listBytes, toFront(higher, met));
        end += (<usize>popcnt(met)) << 2;
        leftE = v128.xor(leftE, intoE);
        leftSw = v128.xor(leftSw, intoSw);
        leftS = v128.xor(leftS, intoS);
        leftSe = v128.xor(leftSe, intoSe);
        left = v128.or(v128.or(leftE, leftSw), v128.or(leftS, leftSe));
      } while (v128.any_true(left));
    }
    meetAll(lists, end, listBytes);
  }
  for (let slot: u32 = 0; slot < slots; slot++) evict(table + <usize>slot * 12);
  sort();
  return size;
}

export function sortedPasses(): usize {
  return list;
}

/** Levels where a condition holds, elsewhere ∞. */
@inline function orHigh(level: v128, condition: v128): v128 {
  return v128.bitselect(level, v128.load32_splat(high), condition);
}

/** Four levels as numbers that sort like them. */
@inline function sortables(level: v128): v128 {
  return v128.xor(level, v128.or(i32x4.shr_s(level, 31), v128.load32_splat(topBit)));
}

/** Meets the passes of three lists, `listBytes` apart. */
function meetAll(lists: usize, end: usize, listBytes: usize): void {
  for (let at = lists; at < end; at += 4) meet(load<u32>(at), load<u32>(at + listBytes), load<u32>(at + 2 * listBytes));
}

/** @param pass as a number that sorts like the level */
@inline function meet(a: u32, b: u32, pass: u32): void {
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
