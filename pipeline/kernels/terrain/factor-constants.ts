import { type SineBands, singleBands } from '../../../models/terrain/slope-steepness-factor.ts';
import type { ExponentSteps } from '../../../models/terrain/stepped-length-factor.ts';
import type { TerrainMemory } from './terrain-memory.ts';

/** Lays out the table that `segmentFactor` reads: its address and the number of its steps; undefined where it has no room. */
export function exponentConstants(
  { upTo, exponents }: ExponentSteps,
  memory: TerrainMemory,
): [address: number, rows: number] | undefined {
  const { address, floats } = memory.exponents;
  if (8 * upTo.length + 4 > floats.length) return undefined;
  exponents.forEach((exponent, step) => {
    const isLast = step === upTo.length;
    if (!isLast) floats.fill(upTo[step]!, 8 * step, 8 * step + 4);
    const at = isLast ? 8 * step : 8 * step + 4;
    floats.fill(exponent, at, at + 4);
  });
  return [address, upTo.length];
}

/** Lays out the bands that `steepnessFactor` reads: their address, their number and the slope that steeper ones count as. */
export function sineConstants(
  bands: SineBands,
  memory: TerrainMemory,
): [address: number, bandCount: number, maxSlope: number] {
  const { address, floats } = memory.sineBands;
  const { below, factor, summand, maxSlopeDegrees } = singleBands(bands);
  below.forEach((limit, i) => {
    floats.set([limit, factor[i]!, summand[i]!], 3 * i);
  });
  return [address, below.length, maxSlopeDegrees];
}
