import { exponential } from '../arithmetic/exponential.ts';
import {
  type CoverCoefficients,
  forestOrchardCoefficients,
  grassCoefficients,
  type SoilLossRatioGroup,
  shrubTeaCoefficients,
} from '../parameters/biological-practice.ts';

const clamp = (ratio: number): number => Math.min(1, Math.max(0, ratio));

/**
 * Soil loss ratio of a half-month, SLR = 1/(a + b·c^(100·FVC)).
 * @param coverFraction FVC, vegetation cover, 0–1 (not percent)
 */
const coverRatio = ({ a, b, c }: CoverCoefficients, coverFraction: number): number =>
  clamp(1 / (a + b * exponential(100 * Math.log(c) * coverFraction)));

/** Soil loss ratio of tea gardens and shrub. @param coverFraction vegetation cover, 0–1 */
export const soilLossRatioShrubTea = (coverFraction: number): number => coverRatio(shrubTeaCoefficients, coverFraction);

/** Soil loss ratio of grassland. @param coverFraction vegetation cover, 0–1 */
export const soilLossRatioGrass = (coverFraction: number): number => coverRatio(grassCoefficients, coverFraction);

/**
 * Soil loss ratio of forest and orchards, SLR = 0.44468·exp(−3.20096·GD) − 0.04099·exp(FVC − FVC·GD) + 0.025.
 *
 * Under a closed canopy over bare ground it is still 0.36: without understorey cover the formula has no meaning, and NaN for GD
 * gives NaN.
 * @param coverFraction FVC, canopy cover, 0–1
 * @param understoreyFraction GD, cover near the ground, 0–1
 */
export function soilLossRatioForestOrchard(coverFraction: number, understoreyFraction: number): number {
  const { p, q, r, s } = forestOrchardCoefficients;
  return clamp(
    p * exponential(q * understoreyFraction) - r * exponential(coverFraction - coverFraction * understoreyFraction) + s,
  );
}

/** Soil loss ratio of a group of land uses. */
export function soilLossRatio(group: SoilLossRatioGroup, coverFraction: number, understoreyFraction: number): number {
  switch (group) {
    case 'shrub-tea':
      return soilLossRatioShrubTea(coverFraction);
    case 'grass':
      return soilLossRatioGrass(coverFraction);
    case 'forest-orchard':
      return soilLossRatioForestOrchard(coverFraction, understoreyFraction);
  }
}
