import type { TerrainOptions } from '../../../models/terrain/terrain.ts';
import type { FillCorrection } from '../../../models/terrain/tiled/fill-depressions-barnes2016.ts';
import { exponentConstants, logisticConstants, sineConstants } from './factor-constants.ts';
import type { RowRange, TerrainExports } from './terrain-exports.ts';
import type { TerrainMemory } from './terrain-memory.ts';

/** Works on rows of a tile. */
export type Kernel = (...rows: RowRange) => void;

/** L into the last layer of words, in place of the lengths; undefined where the formula is not one that kernels know. */
export function lengthKernel(
  run: TerrainExports,
  memory: TerrainMemory,
  fill: FillCorrection,
  { lengthFactor: { kind, single } }: TerrainOptions,
  capMetres: number,
  cellSizeMetres: number,
): Kernel | undefined {
  if (single === undefined) return undefined;
  const exponents = exponentConstants(single.exponents, memory);
  if (exponents === undefined) return undefined;
  const addresses = memory.words.map(({ address }) => address);
  const [z, accumulation, , slopes] = addresses as [number, number, number, number];
  const [, codes] = memory.bytes;
  const length = addresses.at(-1)!;
  const out = length;
  if (kind === 'area') {
    memory.loadRing(memory.words[0]!.floats, fill.ringElevation);
    return (...rows) => run.areaFactor(accumulation, z, slopes, out, ...exponents, cellSizeMetres, ...rows);
  }
  const layers = [length, codes!.address, slopes, out] as const;
  const longest = Math.min(capMetres, single.maxLengthMetres ?? Number.POSITIVE_INFINITY);
  const [table, steps, rill] = exponents;
  const isWhole = kind === 'whole';
  if (isWhole || rill > 0)
    return (...rows) =>
      run.eachLengthFactor(...layers, ...exponents, cellSizeMetres, longest, isWhole ? 1 : 0, ...rows);
  const [known] = memory.knownLengths;
  run.forgetSegments(known);
  return (...rows) =>
    run.segmentFactor(...layers, table, steps, cellSizeMetres, longest, ...memory.knownLengths, ...rows);
}

/** S into the first layer of words; undefined where the formula is not one that kernels know. */
export function steepnessKernel(
  run: TerrainExports,
  memory: TerrainMemory,
  { singleSteepness }: TerrainOptions,
): Kernel | undefined {
  if (!singleSteepness) return undefined;
  const [out, , , slopes] = memory.words;
  const layers = [slopes!.address, out!.address] as const;
  if (singleSteepness.kind === 'logistic') {
    const constants = logisticConstants(singleSteepness, memory);
    return (...rows) => run.logisticSteepness(...layers, ...constants, ...rows);
  }
  const bands = sineConstants(singleSteepness, memory);
  return (...rows) => run.steepnessFactor(...layers, ...bands, ...rows);
}
