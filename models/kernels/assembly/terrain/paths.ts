import { fetchRow } from './ahead';
import { endCell, height, offsetOf, stride, width } from './layout';
import { breaksBelow, setBreaks } from './slope-breaks';
import { fourBytes, toFront } from './lanes';
import { word } from './words';

/**
 * What a way down takes from cell to cell lies in records of 8 bytes, one for each cell of a padded raster: cells through the
 * outlet, and slope length in units. What it needs to know on the way lies in flags of 16 bits.
 */
const recordShift: usize = 3;
const flagShift: usize = 1;
const lengthAt: usize = 4;

/**
 * Flags: in the lower byte how the way goes on, as a place in the table of ways: the neighbour's D8 index, whether the
 * length breaks off there, and for lengths that grow by the lower cell's path whether that is diagonal; and whether water
 * from an edge cell passes. In the upper byte the inflows still to come.
 */
const wayBits: u32 = 31;
const breaksOff: u32 = 1 << 3;
const ontoDiagonal: u32 = 1 << 4;
const marked: u32 = 1 << 7;
const oneInflow: u32 = 1 << 8;
/** Inflows of cells whose row is closed: no way goes on from them, as the row below has not been started. */
const closed: u32 = 1 << 6;
/** Inflows that never end, of cells that drain nowhere. */
const endless: u32 = 1 << 7;

const cellUnits: u32 = 65536;
const diagonalUnits: u32 = 92682;
const longest: u32 = 0xffffffff;

/** Ways by the lower byte of the flags: step in flags, what remains of the length (all bits or none), what is added. */
const ways = memory.data(32 * 16, 16);
const remainsAt: usize = 4;
const addedAt: usize = 8;

// Constants are read from memory: V8 would put them together from two numbers at every use.
const fourFlags = memory.data<i32>([0, 2, 4, 6]);
const one = memory.data<i32>([1]);
const halfPaths = memory.data<i32>([cellUnits / 2, (diagonalUnits - cellUnits) / 2, 0xaa]);

/** D8 index of a code by its lower and by its upper four bits. */
const orderOfCode = memory.data<u8>([
  0, 0, 1, 0, 2, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 4, 5, 0, 6, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0,
], 16);

/** Bytes of records that are started before the ways among them are followed: they are in the cache then. */
const bandBytes: i32 = 1 << 17;

/** Where the records lie, from an address of flags four times: see `recordOf`. */
let toRecords: usize = 0;

/** Record of the cell whose flags lie at an address. */
@inline function recordOf(flags: usize): usize {
  return (flags << (recordShift - flagShift)) + toRecords;
}

/**
 * Hands cells, marks and slope lengths down all ways, each cell's after all that flows into it; see `flowAccumulation`,
 * `markDownstream` and `lengthenDownstream`. Every cell starts with itself, half its own path and a mark if it is an edge
 * cell: one without data beside it. What leaves the tile ends in the ring.
 *
 * @param direction resolved; in ring and padding 255 where there are no data, else 0
 * @param edges receives edge cells, see `edgeCells`
 * @param slope anything in ring and padding
 * @param records two words for every cell
 * @param flags half a word for every cell
 * @param sources room for a word for every cell and four more
 * @param entries perimeter cells that something may enter at: their places, and for each the cells, the length and the mark
 * @param ownPath whether a length grows by the lower cell's path and begins anew at half of it (the `ls-tool` variant), or
 *   by the upper cell's and at one cell side (`aml`)
 */
export function sweepPaths(
  direction: usize,
  edges: usize,
  slope: usize,
  records: usize,
  flags: usize,
  sources: usize,
  entries: u32,
  places: usize,
  inflow: usize,
  inflowLength: usize,
  inflowMark: usize,
  ownPath: bool,
  gentle: f64,
  steep: f64,
  gentleBelow: f64,
): void {
  toRecords = records - (flags << (recordShift - flagShift));
  layOutWays(ownPath);
  setBreaks(gentle, steep, gentleBelow);
  const rows = max(4, bandBytes / (stride << <i32>recordShift));
  memory.fill(flags, 0xff, <usize>(stride << <i32>flagShift));
  memory.fill(flags + <usize>(endCell() << <i32>flagShift), 0xff, <usize>(stride << <i32>flagShift));
  let entry: u32 = 0;
  for (let first = 1; first <= height; first += rows) {
    const last = min(height, first + rows - 1);
    let list = first > 1 ? openRow(flags, first - 1, sources) : sources;
    for (let row = first; row < last; row++)
      list = startRow(direction, edges, slope, records, flags, row, 0, list, ownPath);
    const bar = last < height ? closed : 0;
    const end = startRow(direction, edges, slope, records, flags, last, bar, list, ownPath);
    const entered = <u32>((last + 1) * stride);
    for (; entry < entries && word(places, entry) < entered; entry++) {
      const record = records + ((<usize>word(places, entry)) << recordShift);
      store<u32>(record, load<u32>(record) + word(inflow, entry));
      store<u32>(record, max(load<u32>(record, lengthAt), word(inflowLength, entry)), lengthAt);
      const flag = flags + ((<usize>word(places, entry)) << flagShift);
      if (word(inflowMark, entry) != 0) store<u16>(flag, <u16>(load<u16>(flag) | marked));
    }
    follow(sources, last < height ? list : end);
  }
}

function layOutWays(ownPath: bool): void {
  for (let way: u32 = 0; way <= wayBits; way++) {
    const entry = ways + ((<usize>way) << 4);
    const stops = (way & breaksOff) != 0;
    const isDiagonal = ownPath ? (way & ontoDiagonal) != 0 : (way & 1) != 0;
    const path = isDiagonal ? diagonalUnits : cellUnits;
    store<i32>(entry, offsetOf(way & 7) << <i32>flagShift);
    store<u32>(entry, stops ? 0 : longest, remainsAt);
    store<u32>(entry, !stops ? path : ownPath ? path >> 1 : cellUnits, addedAt);
  }
}

/**
 * Sets the records and flags of a row, and appends to a list the addresses of the flags of those cells that nothing drains
 * into and that drain somewhere.
 *
 * @returns the new end of the list
 */
function startRow(
  direction: usize,
  edges: usize,
  slope: usize,
  records: usize,
  flags: usize,
  row: i32,
  bar: u32,
  sources: usize,
  ownPath: bool,
): usize {
  const none = i8x16.splat(-1);
  const zero = i8x16.splat(0);
  const barred = i8x16.splat(<i8>bar);
  fetchRow(direction, row + 1, 1);
  fetchRow(slope, row + 1, 4);
  let list = sources;
  for (let at = row * stride; at < row * stride + width + 8; at += 16) {
    const p = direction + at;
    const above = p - stride;
    const below = p + stride;
    // Minus one for every neighbour that points here: the one to the east westward, and so on around.
    const e = v128.load(p, 1);
    const se = v128.load(below, 1);
    const s = v128.load(below);
    const sw = v128.load(below - 1);
    const w = v128.load(p - 1);
    const nw = v128.load(above - 1);
    const n = v128.load(above);
    const ne = v128.load(above, 1);
    let donors = i8x16.eq(e, i8x16.splat(16));
    donors = i8x16.add(donors, i8x16.eq(se, i8x16.splat(32)));
    donors = i8x16.add(donors, i8x16.eq(s, i8x16.splat(64)));
    donors = i8x16.add(donors, i8x16.eq(sw, i8x16.splat(-128)));
    donors = i8x16.add(donors, i8x16.eq(w, i8x16.splat(1)));
    donors = i8x16.add(donors, i8x16.eq(nw, i8x16.splat(2)));
    donors = i8x16.add(donors, i8x16.eq(n, i8x16.splat(4)));
    donors = i8x16.add(donors, i8x16.eq(ne, i8x16.splat(8)));
    const codes = v128.load(p);
    const isNone = i8x16.eq(codes, none);
    // No code but that of nodata is larger than 128.
    const most = i8x16.max_u(
      i8x16.max_u(i8x16.max_u(e, se), i8x16.max_u(s, sw)),
      i8x16.max_u(i8x16.max_u(w, nw), i8x16.max_u(n, ne)),
    );
    const isEdge = v128.andnot(i8x16.eq(most, none), isNone);
    v128.store(edges + at, v128.or(isNone, v128.and(isEdge, i8x16.splat(1))));
    const nowhere = v128.or(isNone, i8x16.eq(codes, zero));
    const waiting = v128.or(v128.or(i8x16.neg(donors), v128.and(nowhere, i8x16.splat(<i8>endless))), barred);
    const marks = v128.and(isEdge, i8x16.splat(<i8>marked));
    const lower = v128.and(codes, i8x16.splat(15));
    const upper = v128.and(i16x8.shr_u(codes, 4), i8x16.splat(15));
    const order = v128.or(
      i8x16.swizzle(v128.load(orderOfCode), lower),
      i8x16.swizzle(v128.load(orderOfCode, 16), upper),
    );
    let own = v128.or(order, marks);
    if (!v128.all_true<i8>(nowhere)) {
      const broken = breaksBelow(p, slope + ((<usize>at) << 2));
      own = v128.or(own, v128.and(broken, i8x16.splat(<i8>breaksOff)));
      if (ownPath) own = v128.or(own, v128.and(diagonalReceivers(p), i8x16.splat(<i8>ontoDiagonal)));
    }
    const flag = flags + ((<usize>at) << flagShift);
    v128.store(flag, i8x16.shuffle(own, waiting, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
    v128.store(flag, i8x16.shuffle(own, waiting, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31), 16);
    const record = records + ((<usize>at) << recordShift);
    startFour(record, fourBytes(codes, 0), fourBytes(isNone, 0));
    startFour(record + 32, fourBytes(codes, 1), fourBytes(isNone, 1));
    startFour(record + 64, fourBytes(codes, 2), fourBytes(isNone, 2));
    startFour(record + 96, fourBytes(codes, 3), fourBytes(isNone, 3));
    const found = i8x16.bitmask(i8x16.eq(waiting, zero));
    list = listFour(list, flag, found & 15);
    list = listFour(list, flag + 8, (found >> 4) & 15);
    list = listFour(list, flag + 16, (found >> 8) & 15);
    list = listFour(list, flag + 24, found >> 12);
  }
  return list;
}

/** Opens a closed row: begins a list with its cells that wait for nothing. Returns the end of the list. */
function openRow(flags: usize, row: i32, sources: usize): usize {
  let list = sources;
  const start = flags + <usize>((row * stride + 4) << <i32>flagShift);
  const end = start + <usize>(width << <i32>flagShift);
  for (let flag = start; flag < end; flag += 2) {
    const opened = load<u16>(flag) & ~(closed << 8);
    store<u16>(flag, <u16>opened);
    store<u32>(list, <u32>flag);
    list += (<usize>(opened < oneInflow)) << 2;
  }
  return list;
}

/** @param isNone all bits where a cell has no data */
@inline function startFour(to: usize, codes: v128, isNone: v128): void {
  const diagonal = i32x4.eq(v128.and(codes, v128.load32_splat(halfPaths, 8)), i32x4.splat(0));
  const half = i32x4.add(
    v128.load32_splat(halfPaths),
    v128.andnot(v128.load32_splat(halfPaths, 4), diagonal),
  );
  const lengths = v128.andnot(half, isNone);
  const cells = v128.andnot(v128.load32_splat(one), isNone);
  v128.store(to, i32x4.shuffle(cells, lengths, 0, 4, 1, 5));
  v128.store(to, i32x4.shuffle(cells, lengths, 2, 6, 3, 7), 16);
}

/** Which of sixteen cells drain into one whose own path is diagonal. */
function diagonalReceivers(p: usize): v128 {
  let found = i8x16.splat(0);
  for (let k = 0; k < 8; k++) {
    const codes = v128.load(p + offsetOf(k));
    const straight = v128.or(
      i8x16.eq(v128.and(codes, i8x16.splat(<i8>0xaa)), i8x16.splat(0)),
      i8x16.eq(codes, i8x16.splat(-1)),
    );
    found = v128.or(found, v128.andnot(i8x16.eq(v128.load(p), i8x16.splat(<i8>(<i32>1 << k))), straight));
  }
  return found;
}

/** Appends the addresses of those of four flags that are among the lanes; returns the new end. May write beyond it. */
@inline function listFour(list: usize, first: usize, lanes: i32): usize {
  const addresses = i32x4.add(i32x4.splat(<i32>first), v128.load(fourFlags));
  v128.store(list, toFront(addresses, lanes));
  return list + ((<usize>popcnt(lanes)) << 2);
}

/**
 * Follows the ways from a list of sources. Eight ways are walked in turns: one hides what another waits for. A way that comes to
 * a cell with inflows to come stops, and its walker goes on from the next source, without a branch.
 */
function follow(sources: usize, end: usize): void {
  const base = toRecords;
  if (end < sources + 32) {
    followLast(sources, end, base);
    return;
  }
  memory.fill(end, 0, 32);
  let a: usize = load<u32>(sources);
  let b: usize = load<u32>(sources, 4);
  let c: usize = load<u32>(sources, 8);
  let d: usize = load<u32>(sources, 12);
  let e: usize = load<u32>(sources, 16);
  let f: usize = load<u32>(sources, 20);
  let g: usize = load<u32>(sources, 24);
  let h: usize = load<u32>(sources, 28);
  let next = sources + 32;
  while (next < end) {
    const toa = step(a, base);
    a = select<usize>(toa, load<u32>(next), toa != 0);
    next += (<usize>(toa == 0)) << 2;
    const tob = step(b, base);
    b = select<usize>(tob, load<u32>(next), tob != 0);
    next += (<usize>(tob == 0)) << 2;
    const toc = step(c, base);
    c = select<usize>(toc, load<u32>(next), toc != 0);
    next += (<usize>(toc == 0)) << 2;
    const tod = step(d, base);
    d = select<usize>(tod, load<u32>(next), tod != 0);
    next += (<usize>(tod == 0)) << 2;
    const toe = step(e, base);
    e = select<usize>(toe, load<u32>(next), toe != 0);
    next += (<usize>(toe == 0)) << 2;
    const tof = step(f, base);
    f = select<usize>(tof, load<u32>(next), tof != 0);
    next += (<usize>(tof == 0)) << 2;
    const tog = step(g, base);
    g = select<usize>(tog, load<u32>(next), tog != 0);
    next += (<usize>(tog == 0)) << 2;
    const toh = step(h, base);
    h = select<usize>(toh, load<u32>(next), toh != 0);
    next += (<usize>(toh == 0)) << 2;
  }
  store<u32>(sources, <u32>a);
  store<u32>(sources, <u32>b, 4);
  store<u32>(sources, <u32>c, 8);
  store<u32>(sources, <u32>d, 12);
  store<u32>(sources, <u32>e, 16);
  store<u32>(sources, <u32>f, 20);
  store<u32>(sources, <u32>g, 24);
  store<u32>(sources, <u32>h, 28);
  followLast(sources, sources + 32, base);
}

/** Follows the last ways from a list of cells (0: none) in turns; the list is used up. */
function followLast(sources: usize, end: usize, base: usize): void {
  let last = end;
  while (last > sources)
    for (let at = sources; at < last; ) {
      const cell: usize = load<u32>(at);
      const to: usize = cell == 0 ? 0 : step(cell, base);
      if (to == 0) {
        last -= 4;
        store<u32>(at, load<u32>(last));
      } else {
        store<u32>(at, <u32>to);
        at += 4;
      }
    }
}

/**
 * Hands on what a cell has.
 *
 * @param cell address of its flags
 * @param base `toRecords`
 * @returns the receiver if it waits for nothing more and drains somewhere, else 0
 */
@inline function step(cell: usize, base: usize): usize {
  const flags: u32 = load<u16>(cell);
  const way = ways + ((<usize>(flags & wayBits)) << 4);
  const to = cell + load<i32>(way);
  const from = (cell << (recordShift - flagShift)) + base;
  const into = (to << (recordShift - flagShift)) + base;
  store<u32>(into, load<u32>(into) + load<u32>(from));
  const far = load<u32>(from, lengthAt) & load<u32>(way, remainsAt);
  const on = far + load<u32>(way, addedAt);
  const offer = select<u32>(longest, on, on < far);
  const known = load<u32>(into, lengthAt);
  store<u32>(into, select<u32>(offer, known, offer > known), lengthAt);
  const left = (<u32>load<u16>(to) - oneInflow) | (flags & marked);
  store<u16>(to, <u16>left);
  return select<usize>(to, 0, left < oneInflow);
}

/** How the way from a cell goes on, by its flags: step in cells, and growth of a length on the way or `longest` if it breaks. */
@inline export function stepOf(flags: u32): i32 {
  return load<i32>(ways + ((<usize>(flags & wayBits)) << 4)) >> <i32>flagShift;
}
@inline export function growthOf(flags: u32): u32 {
  const way = ways + ((<usize>(flags & wayBits)) << 4);
  return (flags & breaksOff) != 0 ? longest : load<u32>(way, addedAt);
}

/**
 * Lays out what the sweep found by layers, with lengths ended at channels: see `endAtChannels`, `slopeLengthMetres` and
 * `contaminationClasses`. From one row to before another, counted from 1.
 *
 * @param length receives length units, 0 on channels and nodata
 * @param metres receives float32 metres, NaN on nodata; may lie where the records begin
 */
export function finishPaths(
  records: usize,
  flags: usize,
  accumulation: usize,
  length: usize,
  metres: usize,
  contamination: usize,
  channelCells: u32,
  cellSize: f64,
  cap: f64,
  firstRow: i32,
  endRow: i32,
): void {
  const limit = i32x4.splat(channelCells);
  // Division by a power of two is multiplication by its inverse, to the bit.
  const perUnit = f64x2.splat(cellSize / cellUnits);
  const most = f64x2.splat(cap);
  const nan = f32x4.splat(NaN);
  for (let row = firstRow; row < endRow; row++) {
    const start = <usize>(row * stride + 4);
    for (let i = start; i < start + width; i += 4) {
      const p = records + (i << recordShift);
      const a = v128.load(p);
      const b = v128.load(p, 16);
      const cells = i32x4.shuffle(a, b, 0, 2, 4, 6);
      const none = i32x4.eq(cells, i32x4.splat(0));
      const channel = i32x4.gt_u(cells, limit);
      const units = v128.andnot(i32x4.shuffle(a, b, 1, 3, 5, 7), channel);
      v128.store(accumulation + (i << 2), cells);
      v128.store(length + (i << 2), units);
      const lower = f64x2.mul(f64x2.convert_low_i32x4_u(units), perUnit);
      const upper = f64x2.mul(f64x2.convert_low_i32x4_u(i64x2.shuffle(units, units, 1, 1)), perUnit);
      const found = i64x2.shuffle(
        f32x4.demote_f64x2_zero(f64x2.pmin(lower, most)),
        f32x4.demote_f64x2_zero(f64x2.pmin(upper, most)),
        0,
        2,
      );
      v128.store(metres + (i << 2), v128.bitselect(nan, found, none));
      const four = i32x4.extend_low_i16x8_u(v128.load64_zero(flags + (i << flagShift)));
      const isMarked = i32x4.ne(v128.and(four, i32x4.splat(marked)), i32x4.splat(0));
      const classes = v128.and(i32x4.add(i32x4.splat(2), channel), isMarked);
      const words = v128.or(v128.and(none, i32x4.splat(255)), classes);
      const halves = i16x8.narrow_i32x4_s(words, words);
      v128.store32_lane(contamination + i, i8x16.narrow_i16x8_u(halves, halves), 0);
    }
  }
}
