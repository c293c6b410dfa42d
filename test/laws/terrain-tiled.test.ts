import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type TerrainFactors, type TerrainOptions, terrainFactors } from '../../models/terrain/terrain.ts';
import { compiledVisits } from '../../pipeline/kernels/terrain/terrain-kernels.ts';
import { terrainOptions } from '../../pipeline/tasks/terrain/terrain-methods.ts';
import { differingCells } from '../support/grids.ts';
import { fractalTerrain, lawTerrains, seededRandom, type TestTerrain } from '../support/terrains.ts';
import { type TileOrder, terrainByTiles } from '../support/tiled-terrain.ts';

/** 256 is larger than any of the landscapes, which are then one tile, and so is 2048. */
const tileSizes = [1, 2, 3, 7, 16, 61, 256, 2048];

// Formulas in which every argument counts, so that no layer that feeds L can go astray unnoticed.
const settings: TerrainOptions[] = [
  {
    lengthFactor: { kind: 'segment', formula: (from, to, slope) => to ** 1.5 - from ** 1.5 + slope / 16 },
    steepnessFactor: (slope) => Math.sin(slope),
    channelAreaSquareMetres: 4000,
  },
  {
    lengthFactor: { kind: 'whole', formula: (length, slope) => length + slope / 16 },
    steepnessFactor: (slope) => slope * slope,
    slopeLengthVariant: 'ls-tool',
    gentleCutOff: 0,
    steepCutOff: 0,
    maxSlopeLengthMetres: 90,
  },
  {
    lengthFactor: { kind: 'area', formula: (area, size, slope, azimuth) => area / size + slope / 16 + azimuth / 1024 },
    steepnessFactor: (slope) => slope,
    slopeLengthVariant: 'ls-tool',
    channelAreaSquareMetres: 20000,
  },
];

/** Those of a run, whose formulas kernels know. */
const runSettings = terrainOptions({
  variant: 'aml',
  gentleCutOff: 0.7,
  steepCutOff: 0.5,
  channelAreaSquareMetres: 100_000,
  steepness: { method: 'csle-liu1994', settings: {} },
  length: { method: 'csle-foster-wischmeier1974', settings: {} },
  maxSlopeLengthMetres: null,
});

const layers = [
  'filled',
  'direction',
  'accumulation',
  'slopeDegrees',
  'slopeLengthMetres',
  'slopeLengthFactor',
  'slopeSteepnessFactor',
  'edges',
  'edgeContamination',
] as const satisfies (keyof TerrainFactors)[];

const same = Object.fromEntries(layers.map((layer) => [layer, 0]));

function differences(tiled: TerrainFactors, whole: TerrainFactors): Record<string, number> {
  return Object.fromEntries(layers.map((layer) => [layer, differingCells(tiled[layer], whole[layer])]));
}

describe.each(lawTerrains().map((terrain) => [terrain.name, terrain] as const))('%s', (_, terrain) => {
  const { elevation, width, height } = terrain;
  const wholes = settings.map((options) => terrainFactors(elevation, width, height, 10, options));

  // Thousands of one-cell tiles take seconds; landscapes of up to 1500 cells show enough.
  test.each(tileSizes.filter((size) => size > 1 || width * height <= 1500))(
    'in tiles of %d cells equals the whole',
    (tileSize) => {
      const at = tileSize % settings.length;
      const { factors } = terrainByTiles(elevation, width, height, 10, tileSize, settings[at]!);
      expect(differences(factors, wholes[at]!)).toEqual(same);
    },
  );
});

// Tiles this wide have ways that run out of the rows started so far and in again; the reference in TypeScript has the whole.
test.skipIf(compiledVisits() === undefined)(
  'a country of 1.2 million cells equals the whole in tiles of 256 and 2048',
  () => {
    const [width, height] = [2100, 560];
    const country = fractalTerrain(width, height, 11, 700);
    const holes = seededRandom(12);
    const elevation = country.elevation.map((z) => (z < 330 ? 330 : holes() < 1e-4 ? Number.NaN : z));
    const whole = terrainFactors(elevation, width, height, 10, runSettings);
    for (const tileSize of [256, 2048]) {
      const order: TileOrder = (frames) => frames.reverse();
      const visits = compiledVisits()!;
      const { factors } = terrainByTiles(elevation, width, height, 10, tileSize, runSettings, order, visits);
      expect(differences(factors, whole)).toEqual(same);
    }
  },
);

/** Random landscapes of four kinds: hills, terraced plains, mazes of flat corridors, ragged lakes with nodata. */
const landscape = fc
  .record({
    kind: fc.constantFrom('hills', 'terraces', 'maze', 'lakes'),
    width: fc.integer({ min: 1, max: 48 }),
    height: fc.integer({ min: 1, max: 48 }),
    seed: fc.integer({ min: 0, max: 1e6 }),
  })
  .map(({ kind, width, height, seed }): TestTerrain => {
    const random = seededRandom(seed + 1);
    if (kind === 'hills') return fractalTerrain(width, height, seed);
    if (kind === 'terraces') return fractalTerrain(width, height, seed, 12, 3);
    const base = fractalTerrain(width, height, seed, 40, 8);
    const share = 0.1 + 0.4 * random();
    const elevation = base.elevation.map((z) => {
      const chance = random();
      if (kind === 'maze') return chance < share ? 90 : 10;
      return chance < share / 8 ? Number.NaN : Math.max(z, 496);
    });
    return { ...base, name: `${kind} ${width}×${height} seed ${seed}`, elevation };
  });

const shuffled =
  (seed: number): TileOrder =>
  (frames) => {
    const random = seededRandom(seed);
    for (let i = frames.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [frames[i], frames[j]] = [frames[j]!, frames[i]!];
    }
    return frames;
  };

test('any landscape in any tiles, visited in any order, equals the whole', () => {
  fc.assert(
    fc.property(
      landscape,
      fc.integer({ min: 1, max: 50 }),
      fc.nat(settings.length - 1),
      fc.nat(1e6),
      ({ elevation, width, height }, tileSize, at, seed) => {
        const whole = terrainFactors(elevation, width, height, 10, settings[at]!);
        const { factors } = terrainByTiles(elevation, width, height, 10, tileSize, settings[at]!, shuffled(seed));
        expect(differences(factors, whole)).toEqual(same);
      },
    ),
    { seed: 2016, numRuns: 150 },
  );
});

test('a lake whose only outlet lies many tiles away drains there', () => {
  const [width, height] = [90, 40];
  // Corridors of standing water, joined at alternating ends: every way out leads through all of them.
  const elevation = Float32Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    if (x === 0 && y === 1) return 5;
    if (x === 0 || y === 0 || x === width - 1 || y === height - 1) return 50;
    if (y % 2 === 0) return x === (y % 4 === 0 ? 1 : width - 2) ? 6 : 50;
    return 6;
  });
  const options = settings[1]!;
  const whole = terrainFactors(elevation, width, height, 10, options);
  expect(whole.accumulation[width]).toBeGreaterThan(1700);
  for (const tileSize of [5, 13, 32]) {
    const { factors } = terrainByTiles(elevation, width, height, 10, tileSize, options);
    expect(differences(factors, whole)).toEqual(same);
  }
});

describe('what tiles tell each other', () => {
  const side = 330;
  const size = 256;
  const random = seededRandom(31);
  const inner = (i: number): boolean => i % side > 0 && i % side < side - 1 && i > side && i < side * (side - 1);
  const landscapes: [string, Float32Array, number][] = [
    ['pitted hills', fractalTerrain(side, side, 3, 200).elevation.map((z) => z + 10 * random()), 20],
    ['a plain in whole metres', fractalTerrain(side, side, 3, 30, 1).elevation, 20],
    // Its border flats are as many and as torn as can be: one bit for each of 256² cells is 8 bytes per perimeter cell.
    [
      'a lake full of rocks',
      Float32Array.from({ length: side * side }, (_, i) => (inner(i) && random() > 0.35 ? 6 : 50)),
      28,
    ],
  ];

  test.each(landscapes)('of %s is in proportion to their perimeter', (_, elevation, bytesPerCell) => {
    const { measures } = terrainByTiles(elevation, side, side, 10, size, settings[0]!);
    expect(Math.max(...Object.values(measures.largestArtifact))).toBeLessThan(bytesPerCell * 4 * size);
  });
});
