import { describe, expect, test } from 'vitest';
import { factorMethod } from '../../../models/factors/registry.ts';
import type { TerrainOptions } from '../../../models/terrain/terrain.ts';
import { referenceVisits, type TerrainVisits } from '../../../models/terrain/tiled/terrain-visits.ts';
import { compiledVisits } from '../../../pipeline/kernels/terrain/terrain-kernels.ts';
import { terrainOptions } from '../../../pipeline/tasks/terrain/terrain-methods.ts';
import { fractalTerrain, lawTerrains, seededRandom, type TestTerrain } from '../../support/terrains.ts';
import { terrainByTiles } from '../../support/tiled-terrain.ts';

const visits = compiledVisits();

/** Settings whose formulas kernels know, some whose formulas they do not, and some of which they know S alone. */
const settings: TerrainOptions[] = [
  terrainOptions({
    variant: 'aml',
    gentleCutOff: 0.7,
    steepCutOff: 0.5,
    channelAreaSquareMetres: 4000,
    steepness: { method: 'csle-liu1994', settings: {} },
    length: { method: 'csle-foster-wischmeier1974', settings: {} },
    maxSlopeLengthMetres: null,
  }),
  terrainOptions({
    variant: 'ls-tool',
    gentleCutOff: 0.6,
    steepCutOff: 0.55,
    channelAreaSquareMetres: 30_000,
    steepness: { method: 'mccool1987', settings: { maxSlopeDegrees: 20 } },
    length: { method: 'csle-foster-wischmeier1974', settings: { exponent: 'van-remortel2001', maxLengthMetres: 70 } },
    maxSlopeLengthMetres: 90,
  }),
  terrainOptions({
    variant: 'aml',
    gentleCutOff: 0,
    steepCutOff: 0,
    channelAreaSquareMetres: 1e12,
    steepness: { method: 'nearing1997', settings: {} },
    length: { method: 'desmet-govers1996', settings: {} },
    maxSlopeLengthMetres: null,
  }),
  terrainOptions({
    variant: 'aml',
    gentleCutOff: 0.7,
    steepCutOff: 0.5,
    channelAreaSquareMetres: 4000,
    steepness: { method: 'csle-liu1994', settings: {} },
    length: { method: 'desmet-govers1996', settings: {} },
    maxSlopeLengthMetres: 60,
  }),
];

/** Visits that hold compiled ones against the reference, answer by answer. */
function comparing(compiled: TerrainVisits, differences: string[]): TerrainVisits {
  const both =
    <A extends unknown[], R extends object>(name: string, norm: (...args: A) => R, other: (...args: A) => R) =>
    (...args: A): R => {
      const expected = norm(...args);
      compare(name, { result: expected }, { result: other(...args) }, differences);
      return expected;
    };
  return {
    fill: both('fill', referenceVisits.fill, compiled.fill),
    flow: both('flow', referenceVisits.flow, compiled.flow),
    slope: both('slope', referenceVisits.slope, compiled.slope),
    paths: both('paths', referenceVisits.paths, compiled.paths),
    factors: both('factors', referenceVisits.factors, compiled.factors),
  };
}

function compare(name: string, expected: object, found: object, differences: string[]): void {
  expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
  for (const [key, value] of Object.entries(expected)) {
    const other = (found as Record<string, unknown>)[key];
    if (!ArrayBuffer.isView(value)) compare(`${name}.${key}`, value as object, other as object, differences);
    else if (!sameBytes(value, other as ArrayBufferView)) differences.push(`${name}.${key}`);
  }
}

function sameBytes(a: ArrayBufferView, b: ArrayBufferView): boolean {
  return (
    a.constructor === b.constructor &&
    Buffer.compare(
      Buffer.from(a.buffer, a.byteOffset, a.byteLength),
      Buffer.from(b.buffer, b.byteOffset, b.byteLength),
    ) === 0
  );
}

/** Random landscapes of four kinds: pitted hills, terraced plains, mazes of flat corridors, ragged lakes with nodata. */
function landscape(kind: string, width: number, height: number, seed: number): TestTerrain {
  const random = seededRandom(seed);
  if (kind === 'pitted hills') {
    const hills = fractalTerrain(width, height, seed);
    return { ...hills, elevation: hills.elevation.map((z) => z + 9 * random()) };
  }
  if (kind === 'terraces') return fractalTerrain(width, height, seed, 12, 3);
  const base = fractalTerrain(width, height, seed, 40, 8);
  const elevation = base.elevation.map((z) => {
    const chance = random();
    if (kind === 'maze') return chance < 0.35 ? 90 : 10;
    return chance < 0.04 ? Number.NaN : Math.max(z, 496) * (chance > 0.98 ? -0 : 1);
  });
  return { ...base, elevation };
}

describe.skipIf(visits === undefined)('compiled terrain visits leave the bytes of the reference', () => {
  const differencesOf = ({ elevation, width, height }: TestTerrain, tileSize: number, options: TerrainOptions) => {
    const differences: string[] = [];
    const order = (frames: Parameters<NonNullable<Parameters<typeof terrainByTiles>[6]>>[0]) => frames;
    terrainByTiles(elevation, width, height, 10, tileSize, options, order, comparing(visits!, differences));
    return [...new Set(differences)];
  };

  test.each(lawTerrains().map((terrain) => [terrain.name, terrain] as const))('on %s', (_, terrain) => {
    for (const [i, tileSize] of [5, 16, 256].entries())
      expect(differencesOf(terrain, tileSize, settings[i]!)).toEqual([]);
  });

  test.each(['pitted hills', 'terraces', 'maze', 'lakes'])('on %s of many shapes', (kind) => {
    for (const [seed, [width, height, tileSize]] of (
      [
        [150, 130, 61],
        [1, 40, 16],
        [40, 1, 16],
        [33, 70, 1000],
        [310, 250, 300],
        [17, 18, 4],
      ] as const
    ).entries())
      for (const options of settings)
        expect(differencesOf(landscape(kind, width, height, seed), tileSize, options), `${width}×${height}`).toEqual(
          [],
        );
  });

  test('on lakes of a tile so large that its rows are read ahead', () => {
    expect(differencesOf(landscape('lakes', 1530, 1380, 1), 2048, settings[0]!)).toEqual([]);
  });
});

/** Slopes of which one is often a cut-off's share of another to the last bit, or one bit more or less. */
function slopesAtCutOffs(cells: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  const bits = new Int32Array(1);
  const float = new Float32Array(bits.buffer);
  return Float32Array.from({ length: cells }, () => {
    const upper = random() < 0.5 ? 20 : 2;
    float[0] = upper * (random() < 0.5 ? 1 : upper === 20 ? 0.5 : 0.7);
    bits[0]! += Math.floor(3 * random()) - 1;
    return float[0]!;
  });
}

test.skipIf(visits === undefined)(
  'compiled visits break lengths off where slopes lie at a cut-off to the last bit',
  () => {
    const { elevation, width, height } = fractalTerrain(90, 70, 5);
    const differences: string[] = [];
    const slope = (_: unknown, __: unknown, extent: { width: number; height: number }) =>
      slopesAtCutOffs(extent.width * extent.height, extent.width);
    const both = { ...comparing(visits!, differences), slope };
    for (const options of settings.slice(0, 2))
      terrainByTiles(elevation, width, height, 10, 40, options, (frames) => frames, both);
    expect(differences).toEqual([]);
  },
);

test('every S and L formula that kernels are told of is in the registry under that name', () => {
  for (const name of ['csle-liu1994', 'mccool1987']) expect(factorMethod('slopeSteepness', name)).toBeDefined();
  expect(settings.map(({ steepnessBands }) => steepnessBands !== undefined)).toEqual([true, true, false, true]);
  expect(settings.map(({ lengthFactor }) => 'steps' in lengthFactor)).toEqual([true, true, false, false]);
});
