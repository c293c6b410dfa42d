import { exponentsOf } from './exponents';
import { inverseFlowWidths, setCellSize } from './flow-width';
import { stride, width } from './layout';
import { directionsOf, isStraight, outletsOf, segments, setSegments, waysThrough, wholeSlopes } from './segments';

/*
 * L of each cell anew, from one row to before another, counted from 1: with exponents that are another in every cell,
 * nothing is gained by keeping those met before, as length-factor.ts does. Tables of exponents: see `exponentsOf`.
 */

const noNumber = memory.data<f32>([NaN]);
const noCode = memory.data<i32>([255]);

/** L by the segment formula, see `singleSegmentFactor`, or by that of whole slopes, see `singleWholeFactor`. */
export function eachLengthFactor(
  length: usize,
  direction: usize,
  slope: usize,
  out: usize,
  table: usize,
  rows: i32,
  rill: f32,
  cellSize: f64,
  longest: f64,
  isWhole: bool,
  firstRow: i32,
  endRow: i32,
): void {
  setSegments(cellSize, longest);
  for (let row = firstRow; row < endRow; row++) {
    const start = <usize>(row * stride + 4);
    for (let i = start; i < start + width; i += 4) {
      const at = i << 2;
      const units = v128.load(length + at);
      const own = directionsOf(direction + i);
      const straight = isStraight(own);
      const exponent = exponentsOf(v128.load(slope + at), table, rows, rill);
      const outlet = outletsOf(units, straight);
      const factor = isWhole ? wholeSlopes(outlet, exponent) : segments(outlet, waysThrough(straight), exponent);
      v128.store(out + at, offChannels(factor, units, own));
    }
  }
}

/** L by the formula of Desmet & Govers, see `singleAreaFactor`; the elevations with their ring. */
export function areaFactor(
  accumulation: usize,
  z: usize,
  slope: usize,
  out: usize,
  table: usize,
  rows: i32,
  rill: f32,
  cellSize: f64,
  firstRow: i32,
  endRow: i32,
): void {
  setCellSize(cellSize);
  const side = f32x4.splat(<f32>cellSize);
  for (let row = firstRow; row < endRow; row++) {
    const start = <usize>(row * stride + 4);
    for (let i = start; i < start + width; i += 4) {
      const at = i << 2;
      const cells = v128.load(accumulation + at);
      const way = f32x4.mul(side, inverseFlowWidths(z + at));
      const exponent = exponentsOf(v128.load(slope + at), table, rows, rill);
      const factor = segments(f32x4.mul(f32x4.convert_i32x4_u(cells), way), way, exponent);
      const none = i32x4.eq(cells, i32x4.splat(0));
      v128.store(out + at, v128.bitselect(v128.load32_splat(noNumber), factor, none));
    }
  }
}

/** L, but 0 where the length is 0, and no number where there are no data. */
@inline function offChannels(factor: v128, units: v128, own: v128): v128 {
  const found = v128.andnot(factor, i32x4.eq(units, i32x4.splat(0)));
  return v128.bitselect(v128.load32_splat(noNumber), found, i32x4.eq(own, v128.load32_splat(noCode)));
}
