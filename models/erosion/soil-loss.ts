import { ErosionError, requireSameLength } from '../errors.ts';
import { modulusFromSoilLoss } from './units.ts';

/** Order in which the factors of CSLE are multiplied. Part of the result: float32 products depend on it. */
export const csleFactorOrder = ['R', 'K', 'L', 'S', 'B', 'E', 'T'] as const;
/** Order in which the factors of RUSLE are multiplied. */
export const rusleFactorOrder = ['R', 'K', 'L', 'S', 'C', 'P'] as const;

export type CsleFactor = (typeof csleFactorOrder)[number];
export type RusleFactor = (typeof rusleFactorOrder)[number];

/**
 * Soil loss of CSLE, A = R·K·L·S·B·E·T.
 * R MJ·mm·hm⁻²·h⁻¹·a⁻¹; K t·hm²·h·hm⁻²·MJ⁻¹·mm⁻¹; the others dimensionless; NaN in any factor gives NaN, also beside a 0.
 * Liu B.Y., Zhang K.L., Xie Y. 2002. An empirical soil loss equation. Proceedings of the 12th ISCO Conference II: 21–25.
 * @returns t/(hm²·a)
 */
export function soilLossCsle({ R, K, L, S, B, E, T }: Readonly<Record<CsleFactor, number>>): number {
  return R * K * L * S * B * E * T;
}

/**
 * Soil loss of RUSLE, A = R·K·L·S·C·P.
 * Renard K.G., Foster G.R., Weesies G.A., McCool D.K., Yoder D.C. 1997. USDA Agriculture Handbook 703.
 * @returns t/(hm²·a)
 */
export function soilLossRusle({ R, K, L, S, C, P }: Readonly<Record<RusleFactor, number>>): number {
  return R * K * L * S * C * P;
}

/** Erosion modulus of CSLE, t/(km²·a), in double precision. */
export const erosionModulusCsle = (factors: Readonly<Record<CsleFactor, number>>): number =>
  modulusFromSoilLoss(soilLossCsle(factors));

/**
 * Erosion modulus of one cell exactly as the tile kernel stores it: each factor rounded to float32, each product rounded to
 * float32, from the first factor to the last, and ×100 at the end.
 * @param factors in {@link csleFactorOrder} or {@link rusleFactorOrder}
 * @returns t/(km²·a)
 */
export function erosionModulusFloat32(factors: readonly number[]): number {
  let product = Math.fround(factors[0]);
  for (let next = 1; next < factors.length; next++) product = Math.fround(product * Math.fround(factors[next]));
  return Math.fround(product * 100);
}

/**
 * Erosion modulus of a tile, t/(km²·a), with the rounding of {@link erosionModulusFloat32}.
 *
 * @param factors layers of one length in the order of multiplication; a number stands for a layer of that value everywhere, and
 *   the first may be the {@link factorProduct} of some
 * @param out receives the modulus; NaN where any factor is NaN, never 0 in its place
 * @throws ErosionError `array-length`
 */
export function erosionModulus(factors: readonly (Float32Array | number)[], out: Float32Array): Float32Array {
  factorProduct(factors, out);
  for (let cell = 0; cell < out.length; cell++) out[cell] *= 100;
  return out;
}

/** Product of factors, rounded to float32 from each to the next: what {@link erosionModulus} starts from, with its parameters. */
export function factorProduct(factors: readonly (Float32Array | number)[], out: Float32Array): Float32Array {
  if (factors.length === 0) throw new ErosionError('array-length', 'the erosion modulus needs at least one factor');
  requireSameLength(
    out.length,
    Object.fromEntries(layersOf(factors).map((layer, index) => [`factor ${index}`, layer])),
  );
  const [first, ...others] = factors;
  // Storing into a Float32Array rounds, so one pass per factor gives the documented rounding without calls to fround.
  if (typeof first === 'number') out.fill(first);
  else if (first !== out) out.set(first);
  for (const factor of others)
    if (typeof factor === 'number') {
      const constant = Math.fround(factor);
      for (let cell = 0; cell < out.length; cell++) out[cell] *= constant;
    } else for (let cell = 0; cell < out.length; cell++) out[cell] *= factor[cell];
  return out;
}

const layersOf = (factors: readonly (Float32Array | number)[]): Float32Array[] =>
  factors.filter((factor): factor is Float32Array => typeof factor !== 'number');
