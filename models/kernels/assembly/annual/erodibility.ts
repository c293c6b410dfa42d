import { exponential, power } from '../arithmetic/power';

// Coefficients of models/kernels/single-erodibility.ts in their order, 100, the least exponent. They are read from memory:
// V8 would put each together from two numbers at every use.
const terms = memory.data<f32>([
  0.20000000298023224, 0.30000001192092896, -0.00036932993680238724, 0.30000001192092896, 5.366825580596924, 4.255950450897217, 0.75, -1.3053934574127197, 0.33037716150283813, 0.30000001192092896, 100, -126
]);

@inline
function term(at: usize): v128 {
  return v128.load32_splat(terms + (at << 2));
}

/** Two of four f32 as f64. */
@inline
function two(at: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(at));
}

/** True where fractions, percent, make up two samples of soil. */
@inline
function areTextures(sand: usize, silt: usize, clay: usize): v128 {
  const sands = two(sand);
  const silts = two(silt);
  const clays = two(clay);
  const sum = f64x2.add(f64x2.add(sands, silts), clays);
  const zero = f64x2.splat(0);
  const areSome = v128.and(f64x2.ge(sands, zero), v128.and(f64x2.ge(silts, zero), f64x2.ge(clays, zero)));
  return v128.and(areSome, f64x2.le(f64x2.abs(f64x2.sub(sum, f64x2.splat(100))), f64x2.splat(1)));
}

/**
 * Erodibility of the EPIC model from texture, percent: models/kernels/epic-erodibility.ts. Counts are multiples of four.
 * @param carbonShare organic carbon in the organic layer
 */
export function erodibilityEpic(
  sand: usize,
  silt: usize,
  clay: usize,
  organic: usize,
  carbonShare: f32,
  intercept: f32,
  slope: f32,
  unit: f32,
  count: i32,
  out: usize,
): void {
  for (let n: usize = 0; n < <usize>count << 2; n += 16) {
    const sands = v128.load(sand + n);
    const silts = v128.load(silt + n);
    const hundred = term(10);
    const notSand = f32x4.sub(hundred, sands);
    const fines = f32x4.add(v128.load(clay + n), silts);
    const fall = f32x4.mul(f32x4.mul(sands, f32x4.sub(hundred, silts)), term(2));
    const coarse = f32x4.add(term(0), f32x4.mul(term(1), exponential(fall)));
    const isSandAlone = f32x4.eq(fines, f32x4.splat(0));
    const siltShare = v128.andnot(power(f32x4.div(silts, fines), term(3)), isSandAlone);
    const carbons = f32x4.mul(v128.load(organic + n), f32x4.splat(carbonShare));
    const ofCarbon = exponential(f32x4.pmax(f32x4.sub(term(4), f32x4.mul(term(5), carbons)), term(11)));
    const ofSand = exponential(f32x4.add(term(7), f32x4.mul(term(8), notSand)));
    const kept = f32x4.mul(
      f32x4.add(f32x4.mul(term(6), carbons), ofCarbon),
      f32x4.add(f32x4.mul(term(9), notSand), ofSand),
    );
    const whole = f32x4.mul(f32x4.add(carbons, ofCarbon), f32x4.add(notSand, ofSand));
    const epic = f32x4.mul(f32x4.mul(coarse, siltShare), f32x4.div(kept, whole));
    const line = f32x4.add(f32x4.splat(intercept), f32x4.mul(f32x4.splat(slope), epic));
    const erodibility = f32x4.mul(f32x4.pmax(f32x4.splat(0), line), f32x4.splat(unit));
    const isTexture = v128.shuffle<i32>(
      areTextures(sand + n, silt + n, clay + n),
      areTextures(sand + n + 8, silt + n + 8, clay + n + 8),
      0,
      2,
      4,
      6,
    );
    const isValue = v128.and(isTexture, f32x4.eq(carbons, carbons));
    v128.store(out + n, v128.bitselect(erodibility, f32x4.splat(f32.NaN), isValue));
  }
}
