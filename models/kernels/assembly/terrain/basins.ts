import { endCell, firstCell, height, offsetOf, stride, width } from './layout';
import { setWord, word } from './words';

const pit: i32 = 8;
const besideNodata: i32 = 9;
const nodata: i32 = 10;

/** Basin of a receiver code from which water does not go on. */
const drainedBasin: u32 = 1;

/**
 * Receivers before filling, see `basins` in models/terrain/tiled/basins.ts: D8 order 0–7, 8 = pit, 9 = beside nodata,
 * 10 = nodata. The ring and padding of `z` must be +∞: never lower, never nodata.
 */
export function receivers(z: usize, out: usize): void {
  const row = (<usize>stride) << 2;
  for (let i = firstCell(); i < endCell(); i += 16) {
    const p = z + ((<usize>i) << 2);
    const a = i16x8.narrow_i32x4_s(receiversOfFour(p, row), receiversOfFour(p + 16, row));
    const b = i16x8.narrow_i32x4_s(receiversOfFour(p + 32, row), receiversOfFour(p + 48, row));
    v128.store(out + i, i8x16.narrow_i16x8_u(a, b));
  }
}

@inline function receiversOfFour(p: usize, row: usize): v128 {
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
  let code = i32x4.splat(pit);
  code = v128.bitselect(i32x4.splat(7), code, f32x4.eq(ne, least));
  code = v128.bitselect(i32x4.splat(6), code, f32x4.eq(n, least));
  code = v128.bitselect(i32x4.splat(5), code, f32x4.eq(nw, least));
  code = v128.bitselect(i32x4.splat(4), code, f32x4.eq(w, least));
  const before = code;
  code = v128.bitselect(i32x4.splat(3), code, f32x4.eq(sw, least));
  code = v128.bitselect(i32x4.splat(2), code, f32x4.eq(s, least));
  code = v128.bitselect(i32x4.splat(1), code, f32x4.eq(se, least));
  code = v128.bitselect(i32x4.splat(0), code, f32x4.eq(e, least));
  code = v128.bitselect(
    code,
    v128.bitselect(before, i32x4.splat(pit), f32x4.eq(least, z)),
    f32x4.lt(least, z),
  );
  code = v128.bitselect(i32x4.splat(besideNodata), code, f32x4.ne(sum, sum));
  return v128.bitselect(i32x4.splat(nodata), code, f32x4.ne(z, z));
}

/**
 * Basins of receivers; 0 on nodata, ring and padding.
 *
 * @param out uint32 layer
 * @returns the number of the last basin
 */
export function labelBasins(receiver: usize, out: usize): u32 {
  memory.fill(out, 0, ((<usize>stride) * (height + 2)) << 2);
  let count: u32 = drainedBasin;
  for (let row = 1; row <= height; row++) {
    const start = row * stride + 4;
    for (let x = 0; x < width; x += 16) {
      const codes = v128.load(receiver + start + x);
      let ends = i8x16.bitmask(i8x16.ge_u(codes, i8x16.splat(<i8>pit)));
      while (ends != 0) {
        const lane = ctz(ends);
        ends &= ends - 1;
        if (x + lane >= width) break;
        const cell = start + x + lane;
        const code = <i32>load<u8>(receiver + cell);
        if (code == nodata) continue;
        setWord(out, cell, code == pit ? ++count : drainedBasin);
      }
    }
  }
  for (let row = 1; row <= height; row++) {
    const start = row * stride + 4;
    for (let i = start; i < start + width; i++) {
      if (word(out, i) != 0 || load<u8>(receiver + i) == nodata) continue;
      let end = i;
      let basin: u32 = 0;
      do {
        end += offsetOf(load<u8>(receiver + end));
        basin = word(out, end);
      } while (basin == 0);
      let cell = i;
      do {
        setWord(out, cell, basin);
        cell += offsetOf(load<u8>(receiver + cell));
      } while (word(out, cell) == 0);
    }
  }
  return count;
}

/** Levels at which basins overflow once labels are known: max of the basin's own and its label's. */
export function overflowLevels(level: usize, label: usize, levels: usize, count: u32, out: usize): void {
  for (let i: u32 = 0; i <= count; i++) {
    const own = load<f32>(level + ((<usize>i) << 2));
    const all = load<f32>(levels + ((<usize>word(label, i)) << 2));
    store<f32>(out + ((<usize>i) << 2), own < all ? all : own);
  }
}

/** Raises every cell to the level of its basin; −0 becomes +0. Nodata stay. */
export function raise(z: usize, basin: usize, overflow: usize, out: usize): void {
  for (let row = 1; row <= height; row++) {
    const start = <usize>(row * stride + 4);
    for (let i = start; i < start + width; i++) {
      const level = load<f32>(overflow + ((<usize>load<u32>(basin + (i << 2))) << 2));
      const own = load<f32>(z + (i << 2)) + 0;
      store<f32>(out + (i << 2), own < level ? level : own);
    }
  }
}
