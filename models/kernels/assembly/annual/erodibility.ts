import { power } from './power';
import { exponential } from './exponential';

/** Two f32 as two f64. */
@inline
function two(at: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(at));
}

/** part/(whole + e^x), a share of what the exponential leaves. */
@inline
function share(part: v128, whole: v128, x: v128): v128 {
  return f64x2.sub(f64x2.splat(1), f64x2.div(part, f64x2.add(whole, exponential(x))));
}

/**
 * Erodibility of the EPIC model from texture, percent: models/factors/soil-erodibility-epic-williams1990.ts, then the line
 * intercept + slope·K not below 0, times the unit. Counts are even.
 * @param divisor turns the organic layer into organic carbon
 */
export function erodibilityEpic(
  sand: usize,
  silt: usize,
  clay: usize,
  organic: usize,
  divisor: f64,
  intercept: f64,
  slope: f64,
  unit: f64,
  count: i32,
  out: usize,
): void {
  const zero = f64x2.splat(0);
  const one = f64x2.splat(1);
  const hundred = f64x2.splat(100);
  const nan = f64x2.splat(f64.NaN);
  for (let n: usize = 0; n < <usize>count << 2; n += 8) {
    const sands = two(sand + n);
    const silts = two(silt + n);
    const clays = two(clay + n);
    const sum = f64x2.add(f64x2.add(sands, silts), clays);
    let isTexture = f64x2.le(f64x2.abs(f64x2.sub(sum, hundred)), one);
    isTexture = v128.and(isTexture, v128.and(f64x2.ge(sands, zero), f64x2.ge(silts, zero)));
    isTexture = v128.and(isTexture, f64x2.ge(clays, zero));
    const notSand = f64x2.sub(one, f64x2.div(sands, hundred));
    const fines = f64x2.add(clays, silts);
    const fall = f64x2.mul(
      f64x2.mul(f64x2.splat(-0.0256), sands),
      f64x2.sub(one, f64x2.div(silts, hundred)),
    );
    const coarse = f64x2.add(f64x2.splat(0.2), f64x2.mul(f64x2.splat(0.3), exponential(fall)));
    const isSandAlone = f64x2.eq(fines, zero);
    const siltShare = v128.andnot(power(f64x2.div(silts, fines), f64x2.splat(0.3)), isSandAlone);
    const carbons = f64x2.div(two(organic + n), f64x2.splat(divisor));
    const carbon = share(
      f64x2.mul(f64x2.splat(0.25), carbons),
      carbons,
      f64x2.sub(f64x2.splat(3.72), f64x2.mul(f64x2.splat(2.95), carbons)),
    );
    const sandiness = share(
      f64x2.mul(f64x2.splat(0.7), notSand),
      notSand,
      f64x2.add(f64x2.splat(-5.51), f64x2.mul(f64x2.splat(22.9), notSand)),
    );
    const epic = f64x2.mul(f64x2.mul(f64x2.mul(coarse, siltShare), carbon), sandiness);
    const line = f64x2.max(zero, f64x2.add(f64x2.splat(intercept), f64x2.mul(f64x2.splat(slope), epic)));
    const erodibility = f64x2.mul(line, f64x2.splat(unit));
    const isValue = v128.and(isTexture, f64x2.eq(carbons, carbons));
    const kept = v128.bitselect(erodibility, nan, isValue);
    v128.store64_lane(out + n, f32x4.demote_f64x2_zero(kept), 0);
  }
}
