import { describe, expect, test } from 'vitest';
import { type SlopeLengthOptions, slopeLengthMetres } from '../../models/terrain/slope-length-van-remortel2004.ts';
import { terrainFactors } from '../../models/terrain/terrain.ts';
import { decodeBoundary, encodeBoundary } from '../../models/terrain/tiled/boundary-bytes.ts';
import { perimeterCells, perimeterIndex, perimeterLength } from '../../models/terrain/tiled/tile-perimeter.ts';
import { differingCells } from '../support/grids.ts';
import { lawTerrains } from '../support/terrains.ts';
import { terrainByTiles } from '../support/tiled-terrain.ts';

const tileSizes = [1, 2, 3, 7, 16, 61, 256];

const settings: SlopeLengthOptions[] = [
  { variant: 'aml', gentleCutOff: 0.7, steepCutOff: 0.5, channelCells: 40 },
  { variant: 'ls-tool', gentleCutOff: 0, steepCutOff: 0, channelCells: Number.POSITIVE_INFINITY },
  { variant: 'ls-tool', gentleCutOff: 0.7, steepCutOff: 0.5, channelCells: 200 },
];

describe.each(lawTerrains().map((terrain) => [terrain.name, terrain] as const))('%s', (_, terrain) => {
  const { elevation, width, height } = terrain;

  test.each(tileSizes)('in tiles of %d cells equals the whole', (tileSize) => {
    const options = settings[tileSize % 3]!;
    const whole = terrainFactors(elevation, width, height, 10, {
      lengthFactor: { kind: 'whole', formula: (length) => length },
      steepnessFactor: (slope) => slope,
      slopeLengthVariant: options.variant,
      gentleCutOff: options.gentleCutOff,
      steepCutOff: options.steepCutOff,
      channelAreaSquareMetres: options.channelCells * 100,
    });
    const tiled = terrainByTiles(elevation, width, height, 10, tileSize, options);
    const metres = slopeLengthMetres(tiled.lengthUnits, tiled.direction, 10, Number.POSITIVE_INFINITY);
    expect({
      slope: differingCells(tiled.slope, whole.slopeDegrees),
      filled: differingCells(tiled.filled, whole.filled),
      direction: differingCells(tiled.direction, whole.direction),
      accumulation: differingCells(tiled.accumulation, whole.accumulation),
      slopeLength: differingCells(metres, whole.slopeLengthMetres),
      contamination: differingCells(
        tiled.edgesUpstream.map((count) => Math.min(count, 1)),
        Uint32Array.from(whole.edgeContamination, (mark) => (mark === 1 || mark === 2 ? 1 : 0)),
      ),
    }).toEqual({ slope: 0, filled: 0, direction: 0, accumulation: 0, slopeLength: 0, contamination: 0 });
  });
});

describe('perimeters', () => {
  test.each([
    [1, 1],
    [1, 5],
    [5, 1],
    [2, 2],
    [2, 4],
    [4, 3],
  ])('of %d × %d cells hold each border cell once, at its index', (width, height) => {
    const cells = Array.from(perimeterCells(width, height));
    const border = Array.from({ length: width * height }, (_, i) => i).filter((i) => {
      const [x, y] = [i % width, Math.floor(i / width)];
      return x === 0 || y === 0 || x === width - 1 || y === height - 1;
    });
    expect(cells).toEqual(border);
    expect(perimeterLength(width, height)).toBe(border.length);
    cells.forEach((cell, i) => {
      expect(perimeterIndex(cell % width, Math.floor(cell / width), width, height)).toBe(i);
    });
  });
});

describe('boundaries as bytes', () => {
  const boundary = {
    levels: Float32Array.of(1.5, Number.NaN, Number.NEGATIVE_INFINITY),
    codes: Uint8Array.of(1, 255),
    counts: Uint32Array.of(4_294_967_295),
    growth: Float64Array.of(-1, 2 ** 40),
    none: new Float32Array(0),
  };

  test('come back as they were, and do not depend on the order of fields', () => {
    expect(decodeBoundary(encodeBoundary(boundary))).toEqual(boundary);
    const reversed = Object.fromEntries(Object.entries(boundary).reverse());
    expect(encodeBoundary(reversed)).toEqual(encodeBoundary(boundary));
  });

  test('that are cut short or foreign are refused', () => {
    const bytes = encodeBoundary(boundary);
    expect(() => decodeBoundary(bytes.subarray(0, bytes.length - 3))).toThrow(RangeError);
    expect(() => decodeBoundary(Uint8Array.of(1, 65, 77, 0, 0, 0, 0))).toThrow('unknown kind');
  });
});
