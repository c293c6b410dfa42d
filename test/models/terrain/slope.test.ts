import { describe, expect, test } from 'vitest';
import { edgeCells } from '../../../models/terrain/edge-cells.ts';
import { downslopeAzimuthDegrees, slopeDegrees } from '../../../models/terrain/slope-horn1981.ts';
import { slopeSteepnessFactor } from '../../../models/terrain/slope-steepness-factor.ts';
import { drawnGrid, type LiteralGrid } from '../../support/grids.ts';

function slopeAndAzimuth({ values, width, height }: LiteralGrid, cellSizeMetres: number) {
  const edges = edgeCells(values, width, height);
  return {
    slope: slopeDegrees(values, edges, width, height, cellSizeMetres),
    azimuth: downslopeAzimuthDegrees(values, edges, width, height, cellSizeMetres),
  };
}

const degrees = 180 / Math.PI;

describe('a window without gaps', () => {
  test.each([
    ['flat', '100 100 100\n100 100 100\n100 100 100', 0, -1],
    ['falls to the north', '99 99 99\n100 100 100\n101 101 101', 5.710593137499643, 0],
    ['falls to the south-east', '107 104 101\n103 100 97\n99 96 93', 26.56505117707799, 143.13010235415598],
    [
      'falls to the west',
      '95.336923 100 104.663077\n95.336923 100 104.663077\n95.336923 100 104.663077',
      25.000000000000007,
      270,
    ],
  ])('%s', (_, rows, expectedSlope, expectedAzimuth) => {
    const { slope, azimuth } = slopeAndAzimuth(drawnGrid(rows), 10);
    expect(slope[4]).toBeCloseTo(expectedSlope, 4);
    expect(azimuth[4]).toBeCloseTo(expectedAzimuth, 4);
  });

  test('weights the middle row twice', () => {
    // Rise to the east 4 over the outer rows and 8 over the middle one: (4 + 16 + 4) / 8 cells of 1 m.
    const { slope } = slopeAndAzimuth(drawnGrid('0 0 4\n0 0 8\n0 0 4'), 1);
    expect(slope[4]).toBeCloseTo(Math.atan(3) * degrees, 5);
  });
});

describe('a window with gaps', () => {
  const plane = (width: number, height: number): LiteralGrid => ({
    width,
    height,
    values: Float32Array.from({ length: width * height }, (_, i) => 50 + 3 * (i % width) - 4 * Math.floor(i / width)),
  });
  const planeSlope = Math.atan(5 / 10) * degrees;

  test('a plane keeps its slope up to the map edge and around holes', () => {
    const grid = plane(7, 6);
    grid.values[16] = Number.NaN;
    grid.values[33] = Number.NaN;
    const { slope, azimuth } = slopeAndAzimuth(grid, 10);
    for (let i = 0; i < 42; i++) {
      if (i === 16 || i === 33) expect([slope[i], azimuth[i]]).toEqual([Number.NaN, Number.NaN]);
      else {
        expect(slope[i]).toBeCloseTo(planeSlope, 4);
        expect(azimuth[i]).toBeCloseTo(azimuth[8]!, 4);
      }
    }
  });

  test('a strip one cell wide knows the slope along it only', () => {
    expect(slopeAndAzimuth(plane(6, 1), 10).slope[2]).toBeCloseTo(Math.atan(0.3) * degrees, 5);
    expect(slopeAndAzimuth(plane(1, 6), 10).slope[5]).toBeCloseTo(Math.atan(0.4) * degrees, 5);
  });

  test('a lone cell is level', () => {
    const { slope, azimuth } = slopeAndAzimuth(drawnGrid('. . .\n. 7 .\n. . .'), 10);
    expect([slope[4], azimuth[4]]).toEqual([0, -1]);
  });

  test('the middle row counts twice where an outer row is missing', () => {
    // Rows present: the middle one, rise 8 over two cells, and the lower one, rise 2 over two cells.
    const { slope } = slopeAndAzimuth(drawnGrid('. . .\n0 4 8\n3 4 5'), 1);
    const eastward = (2 * 4 + 1) / 3;
    // Columns: only one-sided differences 3, 0, −3 with weights 1 2 1.
    expect(slope[4]).toBeCloseTo(Math.atan(eastward) * degrees, 5);
  });
});

test('heights far above the sea cost no precision', () => {
  const low = drawnGrid('0 1 2\n0 1 2\n0 1 2');
  const high = { ...low, values: low.values.map((z) => z + 8_000_000) };
  expect(slopeAndAzimuth(high, 30).slope).toEqual(slopeAndAzimuth(low, 30).slope);
});

test('an azimuth never reads 360', () => {
  // A fall to the north leaning so slightly to the west that float32 would round it up.
  const { azimuth } = slopeAndAzimuth(drawnGrid('0 0 0.00001\n100 100 100\n200 200 200'), 1);
  expect(azimuth[4]).toBe(0);
});

test('S is the given formula cell by cell, nodata stays nodata', () => {
  const out = slopeSteepnessFactor(Float32Array.of(0, 10, Number.NaN), (slope) => 2 * slope + 1);
  expect(Array.from(out)).toEqual([1, 21, Number.NaN]);
  expect(slopeSteepnessFactor(Float32Array.of(Number.NaN), () => 1)[0]).toBeNaN();
});
