import { eastwardRises, partialGradient, southwardRises } from './gradient';
import { stride } from './layout';

// Constants are read from memory: V8 would put each together from two numbers at every use.
const one = memory.data<f32>([1]);
/** Rises to the east and to the south of four cells. */
const rises = memory.data(32, 16);

/** Size of the cells, metres, and one over eight of it, until the next `setCellSize`. */
let side: f64 = 0;
let perSpan: f32 = 0;

@inline export function setCellSize(cellSize: f64): void {
  side = cellSize;
  perSpan = <f32>(1.0 / (8.0 * cellSize));
}

/** 1/x of the flow through four cells, see `inverseFlowWidths` of slope-horn1981.ts; anything where there are no data. */
@inline export function inverseFlowWidths(p: usize): v128 {
  const below = (<usize>stride) << 2;
  const east = eastwardRises(p, below, f32x4.splat(perSpan));
  const south = southwardRises(p, below, f32x4.splat(perSpan));
  const sum = f32x4.add(east, south);
  const gaps = i32x4.bitmask(f32x4.ne(sum, sum));
  return gaps == 0 ? inverseWidths(east, south) : inverseWidthsBesideGaps(p, below, east, south, gaps);
}

function inverseWidthsBesideGaps(p: usize, below: usize, east: v128, south: v128, gaps: i32): v128 {
  v128.store(rises, east);
  v128.store(rises, south, 16);
  while (gaps != 0) {
    const lane = (<usize>ctz(gaps)) << 2;
    gaps &= gaps - 1;
    store<f32>(rises + lane, <f32>(partialGradient(p + lane, 4, below) / side));
    store<f32>(rises + lane, <f32>(partialGradient(p + lane, below, 4) / side), 16);
  }
  return inverseWidths(v128.load(rises), v128.load(rises, 16));
}

@inline function inverseWidths(east: v128, south: v128): v128 {
  const eastward = f32x4.abs(east);
  const southward = f32x4.abs(south);
  const larger = f32x4.max(eastward, southward);
  const ratio = f32x4.div(f32x4.min(eastward, southward), larger);
  const unit = v128.load32_splat(one);
  const found = f32x4.div(f32x4.sqrt(f32x4.add(unit, f32x4.mul(ratio, ratio))), f32x4.add(unit, ratio));
  return v128.bitselect(unit, found, f32x4.eq(larger, f32x4.splat(0)));
}
