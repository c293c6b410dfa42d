import { singlePowerOfTwo } from '../arithmetic/single-power.ts';
import {
  forestOrchardCoefficients,
  grassCoefficients,
  shrubTeaCoefficients,
} from '../parameters/biological-practice.ts';

/*
 * Soil loss ratios of models/factors/soil-loss-ratio.ts in single precision, each step rounded to float32, so that a compiled
 * kernel on four half-months at once gives the same bits: within 10⁻⁶ of themselves or 3·10⁻⁸ (decision 0013).
 */

/** Groups of land use whose B follows their cover; their numbers count from 1. */
export const soilLossRatioOrder = ['shrub-tea', 'grass', 'forest-orchard'] as const;

const { fround } = Math;
const powerOfTwo = (base: number): number => 100 * Math.log(base) * Math.LOG2E;

/** Exponent of 2 by FVC, a and b of tea and shrub, then of grass; exponent of 2 by GD, p, r, s of forest, and log₂ e. */
export const ratioCoefficients = Float32Array.of(
  ...[shrubTeaCoefficients, grassCoefficients].flatMap(({ a, b, c }) => [powerOfTwo(c), a, b]),
  forestOrchardCoefficients.q * Math.LOG2E,
  forestOrchardCoefficients.p,
  forestOrchardCoefficients.r,
  forestOrchardCoefficients.s,
  Math.LOG2E,
);

const [shrubRate, shrubA, shrubB, grassRate, grassA, grassB, groundRate, p, r, s, log2OfE] = [...ratioCoefficients] as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

/** 1/(a + b·c^(100·FVC)). */
const coverRatio = (rate: number, a: number, b: number, cover: number): number =>
  fround(1 / fround(a + fround(b * singlePowerOfTwo(fround(cover * rate)))));

/** p·e^(q·GD) − r·e^(FVC − FVC·GD) + s, which is 0.002–0.43 for fractions. */
function forestRatio(cover: number, understorey: number): number {
  const openness = fround(fround(1 - understorey) * log2OfE);
  const base = fround(fround(p * singlePowerOfTwo(fround(understorey * groundRate))) + s);
  return fround(base - fround(r * singlePowerOfTwo(fround(cover * openness))));
}

/**
 * Soil loss ratio.
 * @param group place in {@link soilLossRatioOrder}
 * @param cover FVC, float32, 0–1
 * @param understorey GD, float32, 0–1; read for forest alone
 */
export function singleLossRatio(group: number, cover: number, understorey: number): number {
  if (group === 0) return coverRatio(shrubRate, shrubA, shrubB, cover);
  return group === 1 ? coverRatio(grassRate, grassA, grassB, cover) : forestRatio(cover, understorey);
}
