import { describe, expect, test } from 'vitest';
import type { CellFactorMethod } from '../../../models/factors/factor-method.ts';
import { factorMethods } from '../../../models/factors/registry.ts';
import { exponentChoices } from '../../../models/factors/slope-length-exponent.ts';
import type { TerrainOptions } from '../../../models/terrain/terrain.ts';
import { referenceVisits, type TerrainVisits } from '../../../models/terrain/tiled/terrain-visits.ts';
import { exponentConstants } from '../../../pipeline/kernels/terrain/factor-constants.ts';
import { compiledVisits } from '../../../pipeline/kernels/terrain/terrain-kernels.ts';
import { TerrainMemory } from '../../../pipeline/kernels/terrain/terrain-memory.ts';
import { WebAssembly } from '../../../pipeline/kernels/web-assembly.ts';
import { type TerrainParameters, terrainOptions } from '../../../pipeline/tasks/terrain/terrain-methods.ts';
import { compare } from '../../support/compared-visits.ts';
import { terrainSettings } from '../../support/terrain-settings.ts';
import { landscape, seededRandom } from '../../support/terrains.ts';
import { terrainByTiles } from '../../support/tiled-terrain.ts';

const visits = compiledVisits();

type Part<K extends 'steepness' | 'length'> = TerrainParameters[K];
const methodsOf = (factor: 'slopeLength' | 'slopeSteepness') => factorMethods[factor] as readonly CellFactorMethod[];

/** Every way to L that a run file can name. */
const lengths: Part<'length'>[] = methodsOf('slopeLength').flatMap(({ id }) => [
  ...exponentChoices.map((exponent) => ({ method: id, settings: { exponent } })),
  ...[0.5, 2].map((rillSusceptibility) => ({ method: id, settings: { exponent: 'mccool1989', rillSusceptibility } })),
]);

/** Every way to S, and those with a limit. */
const steepnesses: Part<'steepness'>[] = [
  ...methodsOf('slopeSteepness').map(({ id }) => ({ method: id, settings: {} })),
  { method: 'csle-liu1994', settings: { steepCoefficient: 21.91, maxSlopeDegrees: 35 } },
  { method: 'mccool1987', settings: { maxSlopeDegrees: 20 } },
];

const optionsOf = (part: Partial<TerrainParameters>): TerrainOptions => terrainOptions({ ...terrainSettings, ...part });

/** Limits of all steps and bands, and ends of the range. */
const limits = Float32Array.from([
  ...lengths.flatMap((length) => [...(optionsOf({ length }).lengthFactor.single?.exponents.upTo ?? [])]),
  ...[5, 10, 20, 35, 5.142764568, 0, 1e-6, 45, 89.9],
]);

/** A third of the slopes are a limit, or a float beside one. */
function slopesAtLimits(slopes: Float32Array, seed: number): Float32Array {
  const random = seededRandom(seed);
  const bits = new Int32Array(1);
  const float = new Float32Array(bits.buffer);
  return slopes.map((slope) => {
    if (Number.isNaN(slope) || random() > 0.33) return slope;
    float[0] = limits[Math.floor(random() * limits.length)]!;
    if (float[0] > 0) bits[0]! += Math.floor(3 * random()) - 1;
    return float[0];
  });
}

type LastVisit = Parameters<TerrainVisits['factors']>;

/** What the last visits to the tiles of a country are given: flats, holes, channels, tiles beside other tiles, steep slopes. */
function lastVisits(kind: string, width: number, height: number, tileSize: number): LastVisit[] {
  const given: LastVisit[] = [];
  const factors: TerrainVisits['factors'] = (...visit) => {
    given.push(visit);
    return referenceVisits.factors(...visit);
  };
  const { elevation } = landscape(kind, width, height, 3);
  const sharper = elevation.map((z) => (z - 500) * 8);
  terrainByTiles(sharper, width, height, 10, tileSize, optionsOf({}), undefined, { ...referenceVisits, factors });
  return given.map(([grid, ...others], i) => [{ ...grid, slope: slopesAtLimits(grid.slope, i) }, ...others]);
}

const countries = [
  lastVisits('lakes', 75, 66, 40),
  lastVisits('terraces', 61, 50, 61),
  lastVisits('pitted hills', 40, 33, 17),
  lastVisits('lakes', 1, 30, 12),
  lastVisits('lakes', 30, 1, 7),
  // More rows than kernels take at a time.
  lastVisits('lakes', 9, 1100, 1100),
].flat();

function differencesBy(options: TerrainOptions): string[] {
  const differences: string[] = [];
  for (const [grid, fill, inflow, slopeLengths, , extent, cellSizeMetres] of countries) {
    const visit = [grid, fill, inflow, slopeLengths, options, extent, cellSizeMetres] as const;
    compare('factors', referenceVisits.factors(...visit), visits!.factors(...visit), differences);
  }
  return [...new Set(differences)];
}

describe.skipIf(visits === undefined)('compiled factors leave the bytes of the reference', () => {
  test.each(lengths)('L of $method $settings', (length) => {
    for (const maxSlopeLengthMetres of [null, 45])
      expect(differencesBy(optionsOf({ length, maxSlopeLengthMetres }))).toEqual([]);
  });

  test.each(steepnesses)('S of $method $settings', (steepness) => {
    expect(differencesBy(optionsOf({ steepness }))).toEqual([]);
    // S is written where elevations were, which areas of Desmet & Govers still need.
    expect(differencesBy(optionsOf({ steepness, length: { method: 'desmet-govers1996', settings: {} } }))).toEqual([]);
  });

  test('of formulas that kernels do not know', () => {
    const steepness = { method: 'mccool1987', settings: { branch: 'short' } };
    const { lengthFactor, ...options } = optionsOf({
      steepness,
      length: { method: 'desmet-govers1996', settings: {} },
    });
    expect(options.singleSteepness).toBeUndefined();
    const { single: _, ...formula } = lengthFactor;
    expect(differencesBy({ ...options, lengthFactor: formula })).toEqual([]);
    expect(differencesBy({ ...options, lengthFactor })).toEqual([]);
  });
});

test('countries have channels, flats, holes and cells beside them', () => {
  const cells = (test: (visit: LastVisit, i: number) => boolean) =>
    countries.reduce((sum, visit) => sum + visit[0].slope.filter((_, i) => test(visit, i)).length, 0);
  expect(cells(([{ elevation }], i) => Number.isNaN(elevation[i]!))).toBeGreaterThan(100);
  expect(cells(([{ slope }], i) => slope[i] === 0)).toBeGreaterThan(100);
  const results = countries.map((visit) => referenceVisits.factors(...visit));
  expect(
    results.flatMap(({ slopeLengthFactor }) => [...slopeLengthFactor].filter((l) => l === 0)).length,
  ).toBeGreaterThan(50);
  expect(results.flatMap(({ edges }) => [...edges].filter((edge) => edge === 1)).length).toBeGreaterThan(100);
});

test('every L and S that a run file can name has an account that kernels have room for', () => {
  const memory = new TerrainMemory(
    { width: 4, height: 4 } as LastVisit[5],
    (pages) => new WebAssembly.Memory({ initial: pages, maximum: pages }),
    () => {},
  );
  for (const length of lengths) {
    const { single } = optionsOf({ length }).lengthFactor;
    expect(single && exponentConstants(single.exponents, memory), JSON.stringify(length)).toBeDefined();
  }
  for (const steepness of steepnesses) expect(optionsOf({ steepness }).singleSteepness).toBeDefined();
});
