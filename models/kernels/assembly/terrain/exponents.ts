import { power } from '../arithmetic/power';
import { sines } from '../arithmetic/sine';

// Constants are read from memory: V8 would put each together from two numbers at every use.
const terms = memory.data<f32>([0.2688, 0.050176, 0.8]);

/**
 * Exponents m of four slopes, see `singleExponent`.
 *
 * @param table four times each: largest slope and exponent of each of `rows` steps, then the exponent of steeper slopes
 * @param rill above 0, steeper slopes have the exponents of McCool 1989 with this susceptibility to rills
 */
@inline export function exponentsOf(angle: v128, table: usize, rows: i32, rill: f32): v128 {
  const last = table + ((<usize>rows) << 5);
  let exponent = rill > 0 ? rillExponents(angle, rill) : v128.load(last);
  for (let each = last; each > table; each -= 32)
    exponent = v128.bitselect(exponent, v128.load(each - 16), f32x4.gt(angle, v128.load(each - 32)));
  return exponent;
}

@inline function rillExponents(angle: v128, susceptibility: f32): v128 {
  const sine = sines(angle);
  const rill = f32x4.mul(f32x4.splat(susceptibility), sine);
  const interrill = f32x4.mul(v128.load32_splat(terms), power(sine, v128.load32_splat(terms, 8)));
  return f32x4.div(rill, f32x4.add(rill, f32x4.add(interrill, v128.load32_splat(terms, 4))));
}
