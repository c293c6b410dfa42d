import { fetchRow } from './ahead';
import { gapsBeside, noneOf } from './gaps';
import { bytesOf, fourBytes } from './lanes';
import { height, offsetBytes, offsetsByOrder, stride, width } from './layout';
import { setWord } from './words';

/** Basin of everything that drains into nodata of the tile. */
const drainedBasin: u32 = 1;

/** What a cell has in place of its receiver's order: it is a pit or drains into nodata; all bits where it has no data. */
const isPit: i8 = 0;
const drains: i8 = 64;

// Constants are read from memory: V8 would put each together from two numbers at every use.
const places = memory.data<i32>([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], 16);
const lanes = memory.data<i8>([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], 16);

/** The order of each neighbour, one more than its D8 index, eight times as bytes. */
const orders = memory.data<u64>([0x0101010101010101, 0x0202020202020202, 0x0303030303030303, 0x0404040404040404, 0x0505050505050505, 0x0606060606060606, 0x0707070707070707, 0x0808080808080808], 16);
/** What is left from thirteen by the orders of the neighbours that come before a cell, and thirteen. */
const earliness = memory.data<u64>([0x0808080808080808, 0x0707070707070707, 0x0606060606060606, 0x0505050505050505, 0x0d0d0d0d0d0d0d0d], 16);

/**
 * Basins before filling, see `basins` in models/terrain/tiled/basins.ts; 0 on nodata and in the ring.
 *
 * @param z its ring and padding must be +∞: never lower, never nodata
 * @param out uint32 layer
 * @param pit receives the cell of each basin's pit, row by row in the tile without padding
 * @param ways room for a word for every cell
 * @returns the number of the last basin
 */
export function findBasins(z: usize, out: usize, pit: usize, ways: usize): u32 {
  const rowBytes = <usize>(stride << 2);
  memory.fill(out, 0, rowBytes);
  memory.fill(out + rowBytes * (height + 1), 0, rowBytes);
  // Two cells of padding stand for what has no data and for what drains.
  store<u32>(ways, <u32>ways);
  store<u32>(ways, <u32>ways + 4, 4);
  store<u32>(out, drainedBasin, 4);
  const count = findReceivers(z, out, pit, ways);
  const toBasins = out - ways;
  for (let row = 1; row <= height; row++) {
    const start = ways + rowBytes * row + 12;
    for (let cell = start; cell < start + ((<usize>width + 2) << 2); cell += 4) {
      let end: usize = load<u32>(load<u32>(cell));
      if (load<u32>(end) != <u32>end) end = shortened(cell);
      store<u32>(cell + toBasins, load<u32>(end + toBasins));
    }
  }
  return count;
}

/** Lets the cells of a row point to what their receivers point to, westward ways and eastward ones. */
@inline function shortenRow(start: usize): void {
  const end = start + ((<usize>width) << 2);
  for (let cell = start; cell < end; cell += 4) store<u32>(cell, load<u32>(load<u32>(cell)));
  for (let cell = end - 4; cell >= start; cell -= 4) store<u32>(cell, load<u32>(load<u32>(cell)));
}

/** Lets every cell on the way from a cell point to the end of the way; returns the end. */
function shortened(start: usize): usize {
  let end: usize = load<u32>(start);
  for (let next: usize = load<u32>(end); next != end; next = load<u32>(end)) end = next;
  for (let cell = start; cell != end; ) {
    const next: usize = load<u32>(cell);
    store<u32>(cell, <u32>end);
    cell = next;
  }
  return end;
}

/** Rows whose ways are shortened upward together. */
const bandRows = 64;

/** Lets the cells of a row point to themselves. */
function endWays(row: usize): void {
  for (let cell = row; cell < row + ((<usize>stride) << 2); cell += 4) store<u32>(cell, <u32>cell);
}

/** Numbers pits, which point to themselves. Every other cell points, by an address, to its receiver or to a cell further down. */
function findReceivers(z: usize, out: usize, pit: usize, ways: usize): u32 {
  let count = drainedBasin;
  const row = (<usize>stride) << 2;
  let done = 0;
  for (let y = 1; y <= height; y++) {
    fetchRow(z, y + 1, 4);
    const start = y * stride;
    // From the padding before the row to the ring after it.
    for (let x = 0; x < width + 5; x += 16) {
      const at = (<usize>(start + x)) << 2;
      let order = receiverOrders(z + at, row);
      if (x == 0 || x + 16 > width + 4) order = v128.or(order, beyondRow(x));
      storeReceivers(ways + at, ways, order);
      let pits = i8x16.bitmask(i8x16.eq(order, i8x16.splat(isPit)));
      while (pits != 0) {
        const lane = ctz(pits);
        pits &= pits - 1;
        store<u32>(out + at + ((<usize>lane) << 2), ++count);
        setWord(pit, count, (y - 1) * width + x - 4 + lane);
      }
    }
    // Ways lead two rows down at most, to a row that is there.
    if (y - 2 > done) shortenRow(ways + ((<usize>(start + 4 - 2 * stride)) << 2));
    if (y % bandRows != 0 && y != height) continue;
    // Upward again while the rows are in the cache. For the time being ways end in the row after them.
    if (y < height) endWays(ways + ((<usize>(start + stride)) << 2));
    for (let upper = y; upper > done; upper--) shortenRow(ways + ((<usize>(upper * stride + 4)) << 2));
    done = y;
  }
  return count;
}

/** Which of the sixteen cells from a place in a padded row lie outside the tile. */
@inline function beyondRow(x: i32): v128 {
  const first = i8x16.splat(<i8>(4 - min(x, 4)));
  const end = i8x16.splat(<i8>min(width + 4 - x, 16));
  return v128.or(i8x16.lt_s(v128.load(lanes), first), i8x16.ge_s(v128.load(lanes), end));
}

/** Orders of the receivers of sixteen cells, or what they have in their place. */
@inline function receiverOrders(p: usize, row: usize): v128 {
  const a = v128.load(p);
  const b = v128.load(p, 16);
  const c = v128.load(p, 32);
  const d = v128.load(p, 48);
  let leastA = a;
  let leastB = b;
  let leastC = c;
  let leastD = d;
  let sum = f32x4.splat(0);
  let order = sum;
  // A later neighbour wins where it is lower, and its order is larger.
  for (let k: usize = 0; k < 8; k++) {
    const n = p + (<usize>load<i32>(offsetsByOrder + (k << 2)) << 2);
    const nextA = v128.load(n);
    const nextB = v128.load(n, 16);
    const nextC = v128.load(n, 32);
    const nextD = v128.load(n, 48);
    sum = f32x4.add(sum, f32x4.add(f32x4.add(nextA, nextB), f32x4.add(nextC, nextD)));
    const lower = bytesOf(
      f32x4.lt(nextA, leastA),
      f32x4.lt(nextB, leastB),
      f32x4.lt(nextC, leastC),
      f32x4.lt(nextD, leastD),
    );
    order = i8x16.max_u(order, v128.and(lower, v128.load64_splat(orders + (k << 3))));
    leastA = f32x4.pmin(leastA, nextA);
    leastB = f32x4.pmin(leastB, nextB);
    leastC = f32x4.pmin(leastC, nextC);
    leastD = f32x4.pmin(leastD, nextD);
  }
  if (!v128.all_true<i8>(order)) order = v128.or(order, levelOrders(p, order));
  return v128.any_true(f32x4.ne(sum, sum)) ? besideGaps(p, row, order) : order;
}

/** Orders of the first neighbours that come before and are as high, of those of sixteen cells without a lower one. */
function levelOrders(p: usize, order: v128): v128 {
  const a = v128.load(p);
  const b = v128.load(p, 16);
  const c = v128.load(p, 32);
  const d = v128.load(p, 48);
  let found = i8x16.splat(0);
  for (let k: usize = 0; k < 4; k++) {
    const n = p + (<usize>load<i32>(offsetsByOrder + (k << 2), 16) << 2);
    const level = bytesOf(
      f32x4.eq(v128.load(n), a),
      f32x4.eq(v128.load(n, 16), b),
      f32x4.eq(v128.load(n, 32), c),
      f32x4.eq(v128.load(n, 48), d),
    );
    found = i8x16.max_u(found, v128.and(level, v128.load64_splat(earliness + (k << 3))));
  }
  const none = i8x16.eq(found, i8x16.splat(0));
  const before = v128.andnot(i8x16.sub(v128.load64_splat(earliness, 32), found), none);
  return v128.and(before, i8x16.eq(order, i8x16.splat(0)));
}

/** The same of cells of which some are nodata or beside nodata. */
function besideGaps(p: usize, row: usize, order: v128): v128 {
  const none = noneOf(p);
  if (i8x16.bitmask(none) == 0xffff) return none;
  return v128.or(none, v128.bitselect(i8x16.splat(drains), order, gapsBeside(p, row)));
}

/** Stores the addresses of what sixteen cells point to. */
@inline function storeReceivers(to: usize, ways: usize, order: v128): void {
  const low = i8x16.swizzle(v128.load(offsetBytes), order);
  const high = i8x16.swizzle(v128.load(offsetBytes, 16), order);
  const first = i8x16.shuffle(low, high, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const second = i8x16.shuffle(low, high, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  const base = i32x4.splat(<i32>to);
  let a = receiver(base, i32x4.extend_low_i16x8_s(first), 0);
  let b = receiver(base, i32x4.extend_high_i16x8_s(first), 16);
  let c = receiver(base, i32x4.extend_low_i16x8_s(second), 32);
  let d = receiver(base, i32x4.extend_high_i16x8_s(second), 48);
  const special = i8x16.gt_u(order, i8x16.splat(8));
  if (v128.any_true(special)) {
    const drained = i8x16.eq(order, i8x16.splat(drains));
    a = receiverOrEnd(a, fourBytes(special, 0), fourBytes(drained, 0), ways);
    b = receiverOrEnd(b, fourBytes(special, 1), fourBytes(drained, 1), ways);
    c = receiverOrEnd(c, fourBytes(special, 2), fourBytes(drained, 2), ways);
    d = receiverOrEnd(d, fourBytes(special, 3), fourBytes(drained, 3), ways);
  }
  v128.store(to, a);
  v128.store(to, b, 16);
  v128.store(to, c, 32);
  v128.store(to, d, 48);
}

@inline function receiver(base: v128, offset: v128, first: usize): v128 {
  return i32x4.add(base, i32x4.shl(i32x4.add(v128.load(places + first), offset), 2));
}

/** The two cells of padding stand for what has no data and for what drains. */
@inline function receiverOrEnd(address: v128, special: v128, drained: v128, ways: usize): v128 {
  return v128.bitselect(i32x4.add(i32x4.splat(<i32>ways), v128.and(drained, i32x4.splat(4))), address, special);
}
