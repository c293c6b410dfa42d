import { power } from '../arithmetic/power';

// Constants are read from memory: V8 would put each together from two numbers at every use.
const lengthTerms = memory.data<f32>([65536 / 2, 92682 / 2, <f32>(1.0 / 22.13), 0.5, <f32>(1.0 / 168.0), <f32>(1.0 / 80.0), <f32>(1.0 / 24.0), 1, 2, 3, 4, 5]);
const codeBits = memory.data<i32>([0xaa]);

/** Settings until the next `setSegments`. */
let metresPerUnit: f32 = 0;
let longestMetres: f32 = 0;

/** Sets the size of the cells and the longest length that is counted, metres. */
@inline export function setSegments(cellSize: f64, longest: f64): void {
  metresPerUnit = <f32>(cellSize / 65536.0);
  longestMetres = <f32>longest;
}

/** Directions of four cells as words. */
@inline export function directionsOf(codes: usize): v128 {
  return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(codes)));
}

/** Which of four directions, as words, are not diagonal. */
@inline export function isStraight(own: v128): v128 {
  return i32x4.eq(v128.and(own, v128.load32_splat(codeBits)), i32x4.splat(0));
}

/** Metres from the divide to the outlets of four cells, by the lengths at their centres in units. */
@inline export function outletsOf(units: v128, straight: v128): v128 {
  const half = v128.bitselect(v128.load32_splat(lengthTerms), v128.load32_splat(lengthTerms, 4), straight);
  return f32x4.pmin(
    f32x4.mul(f32x4.add(f32x4.convert_i32x4_u(units), half), f32x4.splat(metresPerUnit)),
    f32x4.splat(longestMetres),
  );
}

/** Metres of the ways through four cells. */
@inline export function waysThrough(straight: v128): v128 {
  return v128.bitselect(
    f32x4.splat(<f32>65536 * metresPerUnit),
    f32x4.splat(<f32>92682 * metresPerUnit),
    straight,
  );
}

/** L of four whole slopes, from the divide to the outlet, see `singleWholeFactor`. */
@inline export function wholeSlopes(outlet: v128, exponent: v128): v128 {
  return power(f32x4.mul(outlet, v128.load32_splat(lengthTerms, 8)), exponent);
}

/** L of four segments of a length that end at the outlet, or begin at the divide; see `segmentMean`. */
@inline export function segments(outlet: v128, length: v128, exponent: v128): v128 {
  const one = v128.load32_splat(lengthTerms, 28);
  const zero = f32x4.splat(0);
  const inlet = f32x4.pmax(zero, f32x4.sub(outlet, length));
  const isFar = f32x4.gt(inlet, length);
  const middle = f32x4.sub(outlet, f32x4.mul(length, v128.load32_splat(lengthTerms, 12)));
  const perUnitPlot = v128.load32_splat(lengthTerms, 8);
  const first = power(f32x4.mul(v128.bitselect(middle, outlet, isFar), perUnitPlot), exponent);
  const second = power(f32x4.mul(inlet, perUnitPlot), exponent);
  // One division: of the ratio far from the divide, of the mean near it.
  const rise = f32x4.sub(f32x4.mul(outlet, first), f32x4.mul(inlet, second));
  const ratio = f32x4.div(
    v128.bitselect(length, rise, isFar),
    v128.bitselect(middle, f32x4.sub(outlet, inlet), isFar),
  );
  const t = f32x4.mul(ratio, ratio);
  const q3 = f32x4.mul(
    f32x4.mul(
      f32x4.sub(exponent, v128.load32_splat(lengthTerms, 40)),
      f32x4.sub(exponent, v128.load32_splat(lengthTerms, 44)),
    ),
    v128.load32_splat(lengthTerms, 16),
  );
  const q2 = f32x4.mul(
    f32x4.mul(
      f32x4.sub(exponent, v128.load32_splat(lengthTerms, 32)),
      f32x4.sub(exponent, v128.load32_splat(lengthTerms, 36)),
    ),
    v128.load32_splat(lengthTerms, 20),
  );
  const q1 = f32x4.mul(f32x4.mul(exponent, f32x4.sub(exponent, one)), v128.load32_splat(lengthTerms, 24));
  const a = f32x4.mul(q1, t);
  const series = f32x4.add(
    f32x4.add(one, a),
    f32x4.mul(f32x4.mul(a, f32x4.mul(q2, t)), f32x4.add(one, f32x4.mul(q3, t))),
  );
  const far = f32x4.mul(f32x4.mul(f32x4.add(exponent, one), first), series);
  const found = v128.bitselect(far, ratio, isFar);
  return v128.bitselect(first, found, f32x4.eq(inlet, zero));
}
