import { describe, expect, test } from 'vitest';
import type { TerrainOptions } from '../../../models/terrain/terrain.ts';
import { compiledVisits } from '../../../pipeline/kernels/terrain/terrain-kernels.ts';
import { terrainOptions } from '../../../pipeline/tasks/terrain/terrain-methods.ts';
import { comparing } from '../../support/compared-visits.ts';
import { terrainSettings } from '../../support/terrain-settings.ts';
import { fractalTerrain, landscape, lawTerrains, seededRandom, type TestTerrain } from '../../support/terrains.ts';
import { terrainByTiles } from '../../support/tiled-terrain.ts';

const visits = compiledVisits();

/** Settings of which each takes other ways through the kernels; factor-kernels.test.ts has every formula. */
const settings: TerrainOptions[] = [
  terrainOptions(terrainSettings),
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
    ...terrainSettings,
    length: { method: 'rusle-wischmeier-smith1978', settings: {} },
    maxSlopeLengthMetres: 60,
  }),
];

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
