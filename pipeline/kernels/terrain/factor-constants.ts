import { type SineBands, singleBands } from '../../../models/terrain/slope-steepness-factor.ts';
import type { ExponentSteps } from '../../../models/terrain/stepped-length-factor.ts';
import type { TerrainMemory } from './terrain-memory.ts';

/** Lays out the table that `segmentFactor` reads; returns the number of its steps, 0 where there is no room for them. */
export function exponentConstants({ upTo, exponents }: ExponentSteps, { constants }: TerrainMemory): number {
  const { floats } = constants;
  if (8 * upTo.length + 4 > floats.length) return 0;
  exponents.forEach((exponent, step) => {
    const isLast = step === upTo.length;
    if (!isLast) floats.fill(upTo[step]!, 8 * step, 8 * step + 4);
    const at = isLast ? 8 * step : 8 * step + 4;
    floats.fill(exponent, at, at + 4);
  });
  return upTo.length;
}

/** Lays out the bands that `steepnessFactor` reads; returns their number and the slope that steeper ones count as. */
export function sineConstants(bands: SineBands, { constants }: TerrainMemory): [number, number] {
  const { below, factor, summand, maxSlopeDegrees } = singleBands(bands);
  below.forEach((limit, i) => {
    constants.floats.set([limit, factor[i]!, summand[i]!], 3 * i);
  });
  return [below.length, maxSlopeDegrees];
}
