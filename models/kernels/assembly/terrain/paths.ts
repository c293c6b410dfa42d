import { endCell, height, offsetOfCode, stride, width } from './layout';
import { word } from './words';

/**
 * What a way down takes from cell to cell lies in records of 16 bytes, one for each cell of a padded raster, so that a step
 * touches one cache line: cells through the outlet, slope length in units, slope in degrees, and flags.
 */
const recordShift: usize = 4;
const lengthAt: usize = 4;
const slopeAt: usize = 8;
const flagsAt: usize = 12;

/** Flags: the direction code; whether water from an edge cell passes; inflows still to come, or none that ever ends. */
const marked: u32 = 1 << 8;
const oneInflow: u32 = 1 << 24;

const cellUnits: u32 = 65536;
const diagonalUnits: u32 = 92682;
const longest: u32 = 0xffffffff;

// Constants are read from memory: V8 would put them together from two numbers at every use.
const fourRecords = memory.data<i32>([0, 16, 32, 48]);

/** For each set of four lanes, the bytes that bring them to the front. */
const toFront = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  4, 5, 6, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 0, 0, 0, 0, 0, 0, 0, 0,
  8, 9, 10, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 8, 9, 10, 11, 0, 0, 0, 0, 0, 0, 0, 0,
  4, 5, 6, 7, 8, 9, 10, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0, 0, 0, 0,
  12, 13, 14, 15, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 12, 13, 14, 15, 0, 0, 0, 0, 0, 0, 0, 0,
  4, 5, 6, 7, 12, 13, 14, 15, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 12, 13, 14, 15, 0, 0, 0, 0,
  8, 9, 10, 11, 12, 13, 14, 15, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 8, 9, 10, 11, 12, 13, 14, 15, 0, 0, 0, 0,
  4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
], 16);

@inline export function isDiagonal(code: u8): bool {
  return (code & 0xaa) != 0 && code != 255;
}

@inline export function pathUnits(code: u8): u32 {
  return isDiagonal(code) ? diagonalUnits : cellUnits;
}

@inline export function breaks(upper: f32, lower: f32, gentle: f64, steep: f64, gentleBelow: f64): bool {
  const own = <f64>lower;
  const above = <f64>upper;
  // No branch: which of the two applies is as good as random.
  const isGentle = own < gentleBelow;
  return (isGentle & (own < above * gentle)) | (!isGentle & (own < above * steep));
}

/** Flag of cells whose row is closed: no way goes on from them, as the row below has not been started. */
const closed: u32 = 1 << 30;

/** Bytes of records that are started before the ways among them are followed: they are in the cache then. */
const bandBytes: i32 = 1 << 19;

/** Where lengths begin anew, see `sweepPaths`. */
let ownPath: bool = false;
let gentle: f64 = 0;
let steep: f64 = 0;
let gentleBelow: f64 = 0;

/**
 * Hands cells, marks and slope lengths down all ways, each cell's after all that flows into it; see `flowAccumulation`,
 * `markDownstream` and `lengthenDownstream`. Every cell starts with itself, half its own path and a mark if it is an edge
 * cell. What leaves the tile ends in the ring.
 *
 * @param direction resolved; in ring and padding codes that lead nowhere
 * @param slope anything in ring and padding
 * @param sources room for a word for every cell and four more
 * @param entries perimeter cells that something may enter at: their places, and for each the cells, the length and the mark
 * @param ownPaths whether a length grows by the lower cell's path and begins anew at half of it (the `ls-tool` variant), or
 *   by the upper cell's and at one cell side (`aml`)
 */
export function sweepPaths(
  direction: usize,
  edges: usize,
  slope: usize,
  records: usize,
  sources: usize,
  entries: u32,
  places: usize,
  inflow: usize,
  inflowLength: usize,
  inflowMark: usize,
  ownPaths: bool,
  gentleCutOff: f64,
  steepCutOff: f64,
  gentleSlope: f64,
): void {
  ownPath = ownPaths;
  gentle = gentleCutOff;
  steep = steepCutOff;
  gentleBelow = gentleSlope;
  const rowBytes = stride << <i32>recordShift;
  const rows = max(4, bandBytes / rowBytes);
  memory.fill(records, 0xff, rowBytes);
  memory.fill(records + <usize>(endCell() << <i32>recordShift), 0xff, rowBytes);
  let entry: u32 = 0;
  for (let first = 1; first <= height; first += rows) {
    const last = min(height, first + rows - 1);
    let list = first > 1 ? openRow(records, first - 1, sources) : sources;
    for (let row = first; row < last; row++) list = startRow(direction, edges, slope, records, row, 0, list);
    const end = startRow(direction, edges, slope, records, last, last < height ? closed : 0, list);
    const entered = <u32>((last + 1) * stride);
    for (; entry < entries && word(places, entry) < entered; entry++) {
      const record = records + ((<usize>word(places, entry)) << recordShift);
      store<u32>(record, load<u32>(record) + word(inflow, entry));
      store<u32>(record, max(load<u32>(record, lengthAt), word(inflowLength, entry)), lengthAt);
      if (word(inflowMark, entry) != 0) store<u32>(record, load<u32>(record, flagsAt) | marked, flagsAt);
    }
    follow(sources, last < height ? list : end);
  }
}

/**
 * Sets the records of a row, and appends to a list the addresses of those that nothing drains into and that drain somewhere.
 *
 * @returns the new end of the list
 */
function startRow(
  direction: usize,
  edges: usize,
  slope: usize,
  records: usize,
  row: i32,
  flags: u32,
  sources: usize,
): usize {
  const none = i8x16.splat(-1);
  const one = i8x16.splat(1);
  const barred = i8x16.splat(<i8>(flags >> 24));
  let list = sources;
  for (let at = row * stride; at < row * stride + width + 8; at += 16) {
    const p = direction + at;
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
    const codes = v128.load(p);
    const nowhere = v128.or(i8x16.eq(codes, none), i8x16.eq(codes, i8x16.splat(0)));
    const inflows = v128.or(i8x16.neg(donors), v128.and(nowhere, i8x16.splat(-128)));
    const waiting = v128.or(inflows, barred);
    const marks = v128.and(i8x16.eq(v128.load(edges + at), one), one);
    const to = records + ((<usize>at) << recordShift);
    const angles = slope + ((<usize>at) << 2);
    const lowA = pairs(codes, marks, 0);
    const lowB = pairs(i8x16.splat(0), waiting, 0);
    const highA = pairs(codes, marks, 1);
    const highB = pairs(i8x16.splat(0), waiting, 1);
    startFour(to, v128.load(angles), i16x8.shuffle(lowA, lowB, 0, 8, 1, 9, 2, 10, 3, 11));
    startFour(to + 64, v128.load(angles, 16), i16x8.shuffle(lowA, lowB, 4, 12, 5, 13, 6, 14, 7, 15));
    startFour(to + 128, v128.load(angles, 32), i16x8.shuffle(highA, highB, 0, 8, 1, 9, 2, 10, 3, 11));
    startFour(to + 192, v128.load(angles, 48), i16x8.shuffle(highA, highB, 4, 12, 5, 13, 6, 14, 7, 15));
    const found = i8x16.bitmask(i8x16.eq(waiting, i8x16.splat(0)));
    list = listFour(list, to, found & 15);
    list = listFour(list, to + 64, (found >> 4) & 15);
    list = listFour(list, to + 128, (found >> 8) & 15);
    list = listFour(list, to + 192, found >> 12);
  }
  return list;
}

/** Opens a closed row: begins a list with its cells that wait for nothing. Returns the end of the list. */
function openRow(records: usize, row: i32, sources: usize): usize {
  let list = sources;
  const start = records + <usize>((row * stride + 4) << <i32>recordShift);
  for (let record = start; record < start + <usize>(width << <i32>recordShift); record += 16) {
    const flags = load<u32>(record, flagsAt) & ~closed;
    store<u32>(record, flags, flagsAt);
    store<u32>(list, <u32>record);
    list += (<usize>(flags < oneInflow)) << 2;
  }
  return list;
}

/** Bytes of two vectors, one beside the other: of the lower or of the upper halves. */
@inline function pairs(first: v128, second: v128, half: i32): v128 {
  return half == 0
    ? i8x16.shuffle(first, second, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
    : i8x16.shuffle(first, second, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

@inline function startFour(to: usize, slopes: v128, flags: v128): void {
  const valid = i32x4.ne(v128.and(flags, i32x4.splat(255)), i32x4.splat(255));
  const diagonal = i32x4.ne(v128.and(flags, i32x4.splat(0xaa)), i32x4.splat(0));
  const half = i32x4.add(
    i32x4.splat(cellUnits / 2),
    v128.and(diagonal, i32x4.splat((diagonalUnits - cellUnits) / 2)),
  );
  const cells = i32x4.neg(valid);
  const lengths = v128.and(half, valid);
  const a = i32x4.shuffle(cells, lengths, 0, 4, 1, 5);
  const b = i32x4.shuffle(slopes, flags, 0, 4, 1, 5);
  const c = i32x4.shuffle(cells, lengths, 2, 6, 3, 7);
  const d = i32x4.shuffle(slopes, flags, 2, 6, 3, 7);
  v128.store(to, i64x2.shuffle(a, b, 0, 2));
  v128.store(to, i64x2.shuffle(a, b, 1, 3), 16);
  v128.store(to, i64x2.shuffle(c, d, 0, 2), 32);
  v128.store(to, i64x2.shuffle(c, d, 1, 3), 48);
}

/** Appends the addresses of those of four records that are among the lanes; returns the new end. May write beyond it. */
@inline function listFour(list: usize, first: usize, lanes: i32): usize {
  const addresses = i32x4.add(i32x4.splat(<i32>first), v128.load(fourRecords));
  v128.store(list, i8x16.swizzle(addresses, v128.load(toFront + ((<usize>lanes) << 4))));
  return list + ((<usize>popcnt(lanes)) << 2);
}

/**
 * Follows the ways from a list of sources. Four ways are walked in turns: one hides what another waits for. A way that comes
 * to a cell with inflows to come stops, and its walker goes on from the next source, without a branch.
 */
function follow(sources: usize, end: usize): void {
  if (end < sources + 16) {
    followFrom(0, sources, end);
    return;
  }
  v128.store(end, i32x4.splat(0));
  let a: usize = load<u32>(sources);
  let b: usize = load<u32>(sources, 4);
  let c: usize = load<u32>(sources, 8);
  let d: usize = load<u32>(sources, 12);
  let next = sources + 16;
  while (next < end) {
    const toA = step(a);
    a = select<usize>(toA, load<u32>(next), toA != 0);
    next += (<usize>(toA == 0)) << 2;
    const toB = step(b);
    b = select<usize>(toB, load<u32>(next), toB != 0);
    next += (<usize>(toB == 0)) << 2;
    const toC = step(c);
    c = select<usize>(toC, load<u32>(next), toC != 0);
    next += (<usize>(toC == 0)) << 2;
    const toD = step(d);
    d = select<usize>(toD, load<u32>(next), toD != 0);
    next += (<usize>(toD == 0)) << 2;
  }
  followFrom(a, end, end);
  followFrom(b, end, end);
  followFrom(c, end, end);
  followFrom(d, end, end);
}

/** Follows the way from a cell (0: none) and then those from a list of sources, one after the other. */
function followFrom(start: usize, sources: usize, end: usize): void {
  let cell = start;
  for (let next = sources; ; next += 4) {
    while (cell != 0) cell = step(cell);
    if (next >= end) break;
    cell = load<u32>(next);
  }
}

/** Hands on what a cell has; returns the receiver if it waits for nothing more and drains somewhere, else 0. */
@inline function step(cell: usize): usize {
  const flags = load<u32>(cell, flagsAt);
  const to = cell + (<usize>offsetOfCode(<u8>flags) << recordShift);
  const lowerFlags = load<u32>(to, flagsAt);
  store<u32>(to, load<u32>(to) + load<u32>(cell));
  const path = pathOf(ownPath ? lowerFlags : flags);
  const anew = ownPath ? path >> 1 : cellUnits;
  const far = load<u32>(cell, lengthAt);
  const on = far + path;
  const farther = select<u32>(longest, on, on < far);
  const offer = select<u32>(
    anew,
    farther,
    breaks(load<f32>(cell, slopeAt), load<f32>(to, slopeAt), gentle, steep, gentleBelow),
  );
  const known = load<u32>(to, lengthAt);
  store<u32>(to, select<u32>(offer, known, offer > known), lengthAt);
  const left = (lowerFlags - oneInflow) | (flags & marked);
  store<u32>(to, left, flagsAt);
  return select<usize>(to, 0, left < oneInflow);
}

/** Path inside a cell that drains somewhere, by its flags. */
@inline function pathOf(flags: u32): u32 {
  return cellUnits + (<u32>((flags & 0xaa) != 0)) * (diagonalUnits - cellUnits);
}

/**
 * Lays out what the sweep found by layers, with lengths ended at channels: see `endAtChannels`, `slopeLengthMetres` and
 * `contaminationClasses`.
 *
 * @param length receives length units, 0 on channels and nodata
 * @param metres receives float32 metres, NaN on nodata; may lie where the records begin
 */
export function finishPaths(
  records: usize,
  accumulation: usize,
  length: usize,
  metres: usize,
  contamination: usize,
  channelCells: u32,
  cellSize: f64,
  cap: f64,
): void {
  const limit = i32x4.splat(channelCells);
  const perUnit = f64x2.splat(1.0 / cellUnits);
  const size = f64x2.splat(cellSize);
  const most = f64x2.splat(cap);
  const nan = f32x4.splat(NaN);
  for (let row = 1; row <= height; row++) {
    const start = <usize>(row * stride + 4);
    for (let i = start; i < start + width; i += 4) {
      const p = records + (i << recordShift);
      const a = v128.load(p);
      const b = v128.load(p, 16);
      const c = v128.load(p, 32);
      const d = v128.load(p, 48);
      const ab = i32x4.shuffle(a, b, 0, 4, 1, 5);
      const cd = i32x4.shuffle(c, d, 0, 4, 1, 5);
      const cells = i64x2.shuffle(ab, cd, 0, 2);
      const flags = i32x4.shuffle(i32x4.shuffle(a, b, 3, 7, 3, 7), i32x4.shuffle(c, d, 3, 7, 3, 7), 0, 1, 4, 5);
      const channel = i32x4.gt_u(cells, limit);
      const units = v128.andnot(i64x2.shuffle(ab, cd, 1, 3), channel);
      v128.store(accumulation + (i << 2), cells);
      v128.store(length + (i << 2), units);
      const none = i32x4.eq(v128.and(flags, i32x4.splat(255)), i32x4.splat(255));
      // Division by a power of two is multiplication by its inverse, to the bit.
      const lower = f64x2.mul(f64x2.mul(f64x2.convert_low_i32x4_u(units), size), perUnit);
      const upper = f64x2.mul(
        f64x2.mul(f64x2.convert_low_i32x4_u(i64x2.shuffle(units, units, 1, 1)), size),
        perUnit,
      );
      const found = i64x2.shuffle(
        f32x4.demote_f64x2_zero(f64x2.pmin(lower, most)),
        f32x4.demote_f64x2_zero(f64x2.pmin(upper, most)),
        0,
        2,
      );
      v128.store(metres + (i << 2), v128.bitselect(nan, found, none));
      const isMarked = i32x4.ne(v128.and(flags, i32x4.splat(marked)), i32x4.splat(0));
      const classes = v128.and(i32x4.add(i32x4.splat(2), channel), isMarked);
      const words = v128.bitselect(i32x4.splat(255), classes, none);
      const halves = i16x8.narrow_i32x4_s(words, words);
      v128.store32_lane(contamination + i, i8x16.narrow_i16x8_u(halves, halves), 0);
    }
  }
}
