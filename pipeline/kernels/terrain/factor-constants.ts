import { power } from '../../../models/arithmetic/power.ts';
import { unitPlotLengthMetres } from '../../../models/factors/slope-length-segment-foster-wischmeier1974.ts';
import type { ExponentSteps } from '../../../models/terrain/length-factor-layer.ts';
import type { SineBands } from '../../../models/terrain/slope-steepness-factor.ts';
import type { TerrainMemory } from './terrain-memory.ts';

/** Lays out the table that `segmentFactor` reads; returns the number of its limits, 0 where there is no room for them. */
export function exponentConstants({ upTo, exponents }: ExponentSteps, { constants }: TerrainMemory): number {
  const { floats, doubles } = constants;
  if (4 * (4 * upTo.length + 4 * exponents.length) > constants.cells.length) return 0;
  upTo.forEach((limit, row) => {
    floats.fill(limit, 4 * row, 4 * row + 4);
  });
  exponents.forEach((exponent, row) => {
    doubles[2 * (upTo.length + row)] = exponent + 1;
    doubles[2 * (upTo.length + row) + 1] = power(unitPlotLengthMetres, exponent);
  });
  return upTo.length;
}

/** Lays out the bands that `steepnessFactor` reads; returns their number. */
export function sineConstants({ bands }: SineBands, { constants }: TerrainMemory): number {
  bands.forEach(({ below, factor, summand }, i) => {
    constants.doubles.set([below, factor, summand], 3 * i);
  });
  return bands.length;
}
