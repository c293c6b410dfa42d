import { type ExponentSteps, singleSusceptibility } from '../../../models/terrain/exponent-steps.ts';
import {
  type SineBands,
  type SineLogistic,
  singleBands,
  singleLogistic,
} from '../../../models/terrain/single-steepness.ts';
import type { ExponentArguments } from './terrain-exports.ts';
import type { TerrainMemory } from './terrain-memory.ts';

/** Lays out the table that kernels of L read, see assembly/terrain/exponents.ts; undefined where it has no room. */
export function exponentConstants(
  { upTo, exponents, beyond }: ExponentSteps,
  memory: TerrainMemory,
): ExponentArguments | undefined {
  const { address, floats } = memory.exponents;
  if (8 * upTo.length + 4 > floats.length) return undefined;
  exponents.forEach((exponent, step) => {
    floats.fill(upTo[step]!, 8 * step, 8 * step + 4);
    floats.fill(exponent, 8 * step + 4, 8 * step + 8);
  });
  const last = 8 * upTo.length;
  if (typeof beyond !== 'number') return [address, upTo.length, singleSusceptibility(beyond.rillSusceptibility)];
  floats.fill(beyond, last, last + 4);
  return [address, upTo.length, 0];
}

/** Lays out the bands that `steepnessFactor` reads: their address, their number and the slope that steeper ones count as. */
export function sineConstants(
  bands: SineBands,
  memory: TerrainMemory,
): [address: number, bandCount: number, maxSlope: number] {
  const { address, floats } = memory.steepness;
  const { below, square, factor, summand, maxSlopeDegrees } = singleBands(bands);
  below.forEach((limit, i) => {
    floats.set([limit, square[i]!, factor[i]!, summand[i]!], 4 * i);
  });
  return [address, below.length, maxSlopeDegrees];
}

/** Lays out the constants that `logisticSteepness` reads. */
export function logisticConstants(logistic: SineLogistic, memory: TerrainMemory): [address: number] {
  const { address, floats } = memory.steepness;
  const { growthPerSine, level, tilt, odds } = singleLogistic(logistic);
  floats.set([growthPerSine, level, tilt, odds]);
  return [address];
}
