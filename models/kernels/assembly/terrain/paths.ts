import { endCell, firstCell, height, offsetOfCode, stride, width } from './layout';

const cellUnits: u32 = 65536;
const diagonalUnits: u32 = 92682;
const longest: u32 = 0xffffffff;
/** Bits of a cell's state: inflows still to come, handed on already, downstream of an edge cell. */
const waiting: u8 = 15;
const done: u8 = 64;
const marked: u8 = 128;

@inline export function isDiagonal(code: u8): bool {
  return (code & 0xaa) != 0 && code != 255;
}

@inline export function pathUnits(code: u8): u32 {
  return isDiagonal(code) ? diagonalUnits : cellUnits;
}

@inline export function breaks(upper: f32, lower: f32, gentle: f64, steep: f64, gentleBelow: f64): bool {
  const own = <f64>lower;
  return own < <f64>upper * (own < gentleBelow ? gentle : steep);
}

/**
 * What every cell starts with: itself and half its own path; in `state` how many neighbours drain into it, and a mark on
 * edge cells.
 *
 * @param direction resolved; offset-free codes in the ring
 */
export function startPaths(direction: usize, edges: usize, accumulation: usize, length: usize, state: usize): void {
  const none = i8x16.splat(-1);
  const one = i8x16.splat(1);
  for (let i = firstCell(); i < endCell(); i += 16) {
    const p = direction + i;
    const above = p - stride;
    const below = p + stride;
    // Minus one for every neighbour that points here: the one to the east westward, and so on around.
    let donors = i8x16.eq(v128.load(p, 1), i8x16.splat(16));
    donors = i8x16.add(donors, i8x16.eq(v128.load(below, 1), i8x16.splat(32)));
    donors = i8x16.add(donors, i8x16.eq(v128.load(below), i8x16.splat(64)));
    donors = i8x16.add(donors, i8x16.eq(v128.load(below - 1), i8x16.splat(-128)));
    donors = i8x16.add(donors, i8x16.eq(v128.load(p - 1), one));
    donors = i8x16.add(donors, i8x16.eq(v128.load(above - 1), i8x16.splat(2)));
    donors = i8x16.add(donors, i8x16.eq(v128.load(above), i8x16.splat(4)));
    donors = i8x16.add(donors, i8x16.eq(v128.load(above, 1), i8x16.splat(8)));
    const own = v128.load(p);
    const valid = i8x16.ne(own, none);
    const onEdge = v128.and(i8x16.eq(v128.load(edges + i), one), i8x16.splat(-128));
    v128.store(state + i, v128.or(i8x16.neg(donors), onEdge));
    const diagonal = v128.and(v128.and(own, i8x16.splat(0x55 << 1)), valid);
    for (let quarter = 0; quarter < 16; quarter += 4) {
      const at = (<usize>(i + quarter)) << 2;
      const validWord = words(valid, quarter);
      v128.store(accumulation + at, v128.and(i32x4.splat(1), i32x4.ne(validWord, i32x4.splat(0))));
      const half = v128.bitselect(
        i32x4.splat(diagonalUnits / 2),
        i32x4.splat(cellUnits / 2),
        i32x4.ne(words(diagonal, quarter), i32x4.splat(0)),
      );
      v128.store(length + at, v128.and(half, i32x4.ne(validWord, i32x4.splat(0))));
    }
  }
}

/** Four bytes of a vector as words. */
@inline function words(bytes: v128, from: i32): v128 {
  const low = from < 8 ? i16x8.extend_low_i8x16_u(bytes) : i16x8.extend_high_i8x16_u(bytes);
  return (from & 4) == 0 ? i32x4.extend_low_i16x8_u(low) : i32x4.extend_high_i16x8_u(low);
}

/**
 * Hands cells, marks and slope lengths down all ways, each cell's after all that flows into it; see `flowAccumulation`,
 * `markDownstream` and `lengthenDownstream`. What leaves the tile ends in the ring.
 *
 * @param ownPath whether a length grows by the lower cell's path and begins anew at half of it (the `ls-tool` variant), or
 *   by the upper cell's and at one cell side (`aml`)
 */
export function sweepPaths(
  direction: usize,
  state: usize,
  slope: usize,
  accumulation: usize,
  length: usize,
  ownPath: bool,
  gentle: f64,
  steep: f64,
  gentleBelow: f64,
): void {
  for (let row = 1; row <= height; row++) {
    const start = row * stride + 4;
    for (let x = 0; x < width; x += 16) {
      const states = v128.load(state + start + x);
      // Sources, and cells that a way has reached already; the latter bear the mark `done`.
      let sources = i8x16.bitmask(
        i8x16.eq(v128.and(states, i8x16.splat(waiting | done)), i8x16.splat(0)),
      );
      while (sources != 0) {
        const lane = ctz(sources);
        sources &= sources - 1;
        if (x + lane >= width) break;
        let cell = <usize>(start + x + lane);
        let own = load<u8>(state + cell);
        if ((own & done) != 0) continue;
        let code = load<u8>(direction + cell);
        let water = load<u32>(accumulation + (cell << 2));
        let far = load<u32>(length + (cell << 2));
        let angle = load<f32>(slope + (cell << 2));
        store<u8>(state + cell, own | done);
        for (;;) {
          const offset = offsetOfCode(code);
          if (offset == 0) break;
          const to = cell + <usize>offset;
          const lowerCode = load<u8>(direction + to);
          const lowerAngle = load<f32>(slope + (to << 2));
          water += load<u32>(accumulation + (to << 2));
          store<u32>(accumulation + (to << 2), water);
          let offer: u32;
          if (breaks(angle, lowerAngle, gentle, steep, gentleBelow))
            offer = ownPath ? pathUnits(lowerCode) >> 1 : cellUnits;
          else {
            offer = far + pathUnits(ownPath ? lowerCode : code);
            if (offer < far) offer = longest;
          }
          far = max(offer, load<u32>(length + (to << 2)));
          store<u32>(length + (to << 2), far);
          own = (load<u8>(state + to) - 1) | (own & marked);
          if ((own & waiting) != 0) {
            store<u8>(state + to, own);
            break;
          }
          store<u8>(state + to, own | done);
          cell = to;
          code = lowerCode;
          angle = lowerAngle;
        }
      }
    }
  }
}
