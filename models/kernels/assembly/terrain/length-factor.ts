import { exponentsOf } from './exponents';
import { toFront } from './lanes';
import { stride, width } from './layout';
import { directionsOf, isStraight, outletsOf, segments, setSegments, waysThrough } from './segments';

// Constants are read from memory: V8 would put each together from two numbers at every use.
const noNumber = memory.data<f32>([NaN]);
const words = memory.data<i32>([255, 1, <i32>0x9e3779b1]);
const fourPlaces = memory.data<i32>([0, 1, 2, 3]);

/** Segments whose L is known: as many slots of two words, what tells the segment from others in the slot, and its L. */
const slotBits: i32 = 14;

/** Where the layers and tables lie, until the next `segmentFactor`. */
let lengths: usize = 0;
let codes: usize = 0;
let slopes: usize = 0;
let factors: usize = 0;
let exponents: usize = 0;
let steps: i32 = 0;
let slots: usize = 0;

/** Empties a table of known segments, before `segmentFactor` fills it. */
export function forgetSegments(known: usize): void {
  memory.fill(known, 0xff, 8 << slotBits);
}

/**
 * L by the segment formula with a table of exponents, see `singleSegmentFactor`.
 *
 * L depends on the length in units, on whether the way through the cell is diagonal and on the step of the slope. Lengths are
 * sums of cell sides and diagonals, so few segments are met again and again: nine of ten are found among those met before.
 * The others of a row are listed, and worked out four by four.
 *
 * From one row to before another, counted from 1.
 *
 * @param length 0 on channels
 * @param out may be that layer
 * @param table four times each: largest slope and exponent of each of `rows` steps, then the exponent of steeper slopes
 * @param longest segments that end beyond, metres, are moved up
 * @param known 2^14 records of two words, see `forgetSegments`
 * @param list room for a word for every cell of a row, and eight more
 */
export function segmentFactor(
  length: usize,
  direction: usize,
  slope: usize,
  out: usize,
  table: usize,
  rows: i32,
  cellSize: f64,
  longest: f64,
  known: usize,
  list: usize,
  firstRow: i32,
  endRow: i32,
): void {
  lengths = length;
  codes = direction;
  slopes = slope;
  factors = out;
  exponents = table;
  steps = rows;
  slots = known;
  setSegments(cellSize, longest);
  const last = table + ((<usize>rows) << 5);
  const zero = i32x4.splat(0);
  for (let row = firstRow; row < endRow; row++) {
    const start = <usize>(row * stride + 4);
    let end = list;
    for (let i = start; i < start + width; i += 4) {
      const at = i << 2;
      const units = v128.load(length + at);
      const own = directionsOf(direction + i);
      const none = v128.and(i32x4.eq(own, v128.load32_splat(words)), v128.load32_splat(noNumber));
      const empty = i32x4.eq(units, zero);
      if (i32x4.bitmask(empty) == 15) {
        v128.store(out + at, none);
        continue;
      }
      const angle = v128.load(slope + at);
      const kind = kindOf(own, stepsOf(angle, table, last));
      const scattered = i32x4.mul(units, v128.load32_splat(words, 8));
      const slot = slotOf(scattered, kind);
      const first = v128.load64_lane(
        known + i32x4.extract_lane(slot, 1),
        v128.load64_zero(known + i32x4.extract_lane(slot, 0)),
        1,
      );
      const second = v128.load64_lane(
        known + i32x4.extract_lane(slot, 3),
        v128.load64_zero(known + i32x4.extract_lane(slot, 2)),
        1,
      );
      const isKnown = i32x4.eq(i32x4.shuffle(first, second, 0, 2, 4, 6), tagOf(scattered, kind));
      const found = i32x4.shuffle(first, second, 1, 3, 5, 7);
      const unknown = v128.not(v128.or(isKnown, empty));
      v128.store(out + at, v128.or(v128.andnot(v128.bitselect(units, found, unknown), empty), none));
      v128.store(end, toFront(i32x4.add(i32x4.splat(<i32>i), v128.load(fourPlaces)), i32x4.bitmask(unknown)));
      end += (<usize>popcnt(i32x4.bitmask(unknown))) << 2;
    }
    if (end == list) continue;
    // Cells of a lane beyond the row are worked out too. The last four are made up with the last one again, for any before it
    // has its L in place of its length.
    v128.store(end, v128.load32_splat(end - 4));
    for (let four = list; four < end; four += 16) workOut(four);
  }
}

/** Numbers of the steps of the exponent that four slopes are in, by the rows of a table from one address to another. */
@inline function stepsOf(angle: v128, table: usize, last: usize): v128 {
  let step = i32x4.splat(0);
  for (let each = table; each < last; each += 32) step = i32x4.sub(step, f32x4.gt(angle, v128.load(each)));
  return step;
}

/** Number of the step of the exponent twice, and one more on a diagonal way. */
@inline function kindOf(own: v128, step: v128): v128 {
  return i32x4.add(i32x4.add(step, step), i32x4.add(isStraight(own), v128.load32_splat(words, 4)));
}

/** Places of slots. Multiplied lengths are as good as lengths: their upper bits and the kind make the place, all others the tag. */
@inline function slotOf(scattered: v128, kind: v128): v128 {
  const mixed = v128.xor(i32x4.shl(kind, 7), i32x4.shl(kind, 11));
  const place = v128.xor(i32x4.shr_u(scattered, 32 - slotBits), mixed);
  return i32x4.shl(v128.and(place, i32x4.splat((1 << slotBits) - 1)), 3);
}
@inline function tagOf(scattered: v128, kind: v128): v128 {
  const rest = v128.and(scattered, i32x4.splat((1 << (32 - slotBits)) - 1));
  return v128.or(rest, i32x4.shl(kind, 32 - slotBits));
}

/** L of four cells by their places, which is then known. */
function workOut(places: usize): void {
  const a = load<u32>(places);
  const b = load<u32>(places, 4);
  const c = load<u32>(places, 8);
  const d = load<u32>(places, 12);
  const units = gather(lengths, a, b, c, d);
  const angle = gather(slopes, a, b, c, d);
  let own = i32x4.splat(load<u8>(codes + a));
  own = i32x4.replace_lane(own, 1, load<u8>(codes + b));
  own = i32x4.replace_lane(own, 2, load<u8>(codes + c));
  own = i32x4.replace_lane(own, 3, load<u8>(codes + d));
  const straight = isStraight(own);
  const factor = segments(outletsOf(units, straight), waysThrough(straight), exponentsOf(angle, exponents, steps, 0));
  const kind = kindOf(own, stepsOf(angle, exponents, exponents + ((<usize>steps) << 5)));
  const scattered = i32x4.mul(units, v128.load32_splat(words, 8));
  const slot = slotOf(scattered, kind);
  const tags = tagOf(scattered, kind);
  const low = i32x4.shuffle(tags, factor, 0, 4, 1, 5);
  const high = i32x4.shuffle(tags, factor, 2, 6, 3, 7);
  v128.store64_lane(slots + i32x4.extract_lane(slot, 0), low, 0);
  v128.store64_lane(slots + i32x4.extract_lane(slot, 1), low, 1);
  v128.store64_lane(slots + i32x4.extract_lane(slot, 2), high, 0);
  v128.store64_lane(slots + i32x4.extract_lane(slot, 3), high, 1);
  v128.store32_lane(factors + ((<usize>a) << 2), factor, 0);
  v128.store32_lane(factors + ((<usize>b) << 2), factor, 1);
  v128.store32_lane(factors + ((<usize>c) << 2), factor, 2);
  v128.store32_lane(factors + ((<usize>d) << 2), factor, 3);
}

@inline function gather(layer: usize, a: u32, b: u32, c: u32, d: u32): v128 {
  let four = v128.load32_zero(layer + ((<usize>a) << 2));
  four = v128.load32_lane(layer + ((<usize>b) << 2), four, 1);
  four = v128.load32_lane(layer + ((<usize>c) << 2), four, 2);
  return v128.load32_lane(layer + ((<usize>d) << 2), four, 3);
}
