import { height, offsetsByOrder, stride, width } from './layout';
import { setWord } from './words';

/** Basin of everything that drains into nodata of the tile. */
const drainedBasin: u32 = 1;
const isPit: i32 = 0x7fffffff;

// Constants are read from memory: V8 would put each together from two numbers at every use.
const numbers = memory.data<i32>([0, 1, 2, 3, isPit, <i32>drainedBasin]);

/**
 * Basins before filling, see `basins` in models/terrain/tiled/basins.ts; 0 on nodata, ring and padding.
 *
 * @param z its ring and padding must be +∞: never lower, never nodata
 * @param out uint32 layer
 * @param pit receives the cell of each basin's pit, row by row in the tile without padding
 * @returns the number of the last basin
 */
export function findBasins(z: usize, out: usize, pit: usize): u32 {
  memory.fill(out, 0, ((<usize>stride) * (height + 2)) << 2);
  const count = findReceivers(z, out, pit);
  for (let row = height; row >= 1; row--) {
    for (let cell = row * stride + 3 + width; cell >= row * stride + 4; cell--) shorten(out, cell);
  }
  for (let row = 1; row <= height; row++) {
    const start = out + ((<usize>(row * stride + 4)) << 2);
    for (let at = start; at < start + ((<usize>width) << 2); at += 4) {
      let end = load<i32>(at);
      if (end >= 0) continue;
      do end = load<i32>(out + ((<usize>~end) << 2));
      while (end < 0);
      let cell = at;
      let next = load<i32>(cell);
      do {
        store<i32>(cell, end);
        cell = out + ((<usize>~next) << 2);
        next = load<i32>(cell);
      } while (next < 0);
    }
  }
  return count;
}

/** Gives a cell what its receiver has: a basin, or a receiver further down. */
@inline function shorten(out: usize, cell: i32): void {
  const place = out + ((<usize>cell) << 2);
  const found = load<i32>(place);
  const points = found >> 31;
  const from = (~found & points) | (cell & ~points);
  store<i32>(place, load<i32>(out + ((<usize>from) << 2)));
}

/** Numbers pits, and leaves in every other cell the place of its receiver as its bitwise complement. */
function findReceivers(z: usize, out: usize, pit: usize): u32 {
  let count = drainedBasin;
  const row = (<usize>stride) << 2;
  for (let y = 1; y <= height; y++) {
    const start = y * stride + 4;
    for (let x = 0; x < width; x += 4) {
      const at = (<usize>(start + x)) << 2;
      const found = receiversOfFour(z + at, row, start + x);
      v128.store(out + at, found);
      let pits = i32x4.bitmask(i32x4.eq(found, v128.load32_splat(numbers, 16)));
      while (pits != 0) {
        const lane = ctz(pits);
        pits &= pits - 1;
        if (x + lane >= width) break;
        store<u32>(out + at + ((<usize>lane) << 2), ++count);
        setWord(pit, count, (y - 1) * width + x + lane);
      }
      for (let beyond = width - x; beyond < 4; beyond++) store<u32>(out + at + ((<usize>beyond) << 2), 0);
    }
    if (y > 1) for (let cell = start - stride; cell < start - stride + width; cell++) shorten(out, cell);
  }
  return count;
}

@inline function receiversOfFour(p: usize, row: usize, cell: i32): v128 {
  const z = v128.load(p);
  const e = v128.load(p + 4);
  const se = v128.load(p + row + 4);
  const s = v128.load(p + row);
  const sw = v128.load(p + row - 4);
  const w = v128.load(p - 4);
  const nw = v128.load(p - row - 4);
  const n = v128.load(p - row);
  const ne = v128.load(p - row + 4);
  const least = f32x4.pmin(
    f32x4.pmin(f32x4.pmin(e, se), f32x4.pmin(s, sw)),
    f32x4.pmin(f32x4.pmin(w, nw), f32x4.pmin(n, ne)),
  );
  const sum = f32x4.add(
    f32x4.add(f32x4.add(e, se), f32x4.add(s, sw)),
    f32x4.add(f32x4.add(w, nw), f32x4.add(n, ne)),
  );
  // From the last to the first, so that the first of equals stays.
  let step = v128.load32_splat(offsetsByOrder, 28);
  let before = f32x4.eq(ne, least);
  let here = f32x4.eq(n, least);
  step = v128.bitselect(v128.load32_splat(offsetsByOrder, 24), step, here);
  before = v128.or(before, here);
  here = f32x4.eq(nw, least);
  step = v128.bitselect(v128.load32_splat(offsetsByOrder, 20), step, here);
  before = v128.or(before, here);
  here = f32x4.eq(w, least);
  const stepBefore = v128.bitselect(v128.load32_splat(offsetsByOrder, 16), step, here);
  before = v128.or(before, here);
  step = v128.bitselect(v128.load32_splat(offsetsByOrder, 12), stepBefore, f32x4.eq(sw, least));
  step = v128.bitselect(v128.load32_splat(offsetsByOrder, 8), step, f32x4.eq(s, least));
  step = v128.bitselect(v128.load32_splat(offsetsByOrder, 4), step, f32x4.eq(se, least));
  step = v128.bitselect(v128.load32_splat(offsetsByOrder), step, f32x4.eq(e, least));
  const lower = f32x4.lt(least, z);
  const goesOn = v128.or(lower, v128.and(before, f32x4.eq(least, z)));
  step = v128.bitselect(step, stepBefore, lower);
  const places = i32x4.sub(i32x4.sub(i32x4.splat(~cell), v128.load(numbers)), step);
  let found = v128.bitselect(places, v128.load32_splat(numbers, 16), goesOn);
  found = v128.bitselect(v128.load32_splat(numbers, 20), found, f32x4.ne(sum, sum));
  return v128.andnot(found, f32x4.ne(z, z));
}
