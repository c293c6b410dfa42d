import { describe, expect, test } from 'vitest';
import { d8ColumnSteps, d8IndexOfCode, d8Receiver, d8RowSteps } from '../../models/grid/d8.ts';
import { edgeCells } from '../../models/terrain/edge-cells.ts';
import { fillDepressions } from '../../models/terrain/fill-depressions-barnes2014.ts';
import { slopeDegrees } from '../../models/terrain/slope-horn1981.ts';
import { unitsPerCell } from '../../models/terrain/slope-length-van-remortel2004.ts';
import { type TerrainFactors, type TerrainOptions, terrainFactors } from '../../models/terrain/terrain.ts';
import { differingCells, gridTurns, offendingCells, turned } from '../support/grids.ts';
import { lawTerrains, type TestTerrain } from '../support/terrains.ts';
import { filledByRelaxation, validateDrainage } from '../support/validate-drainage.ts';

const options: TerrainOptions = {
  lengthFactor: { kind: 'segment', formula: (lengthIn, lengthOut) => (lengthOut ** 1.5 - lengthIn ** 1.5) / 100 },
  steepnessFactor: (slope) => slope / 10,
  channelAreaSquareMetres: 40 * 100,
};

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
] as const;

const run = ({ elevation, width, height }: TestTerrain, changes: Partial<TerrainOptions> = {}): TerrainFactors =>
  terrainFactors(elevation, width, height, 10, { ...options, ...changes });

describe.each(lawTerrains().map((terrain) => [terrain.name, terrain] as const))('%s', (_, terrain) => {
  const { elevation, width, height } = terrain;
  const result = run(terrain);

  test('water runs down to outlets, never in circles, and none is lost', () => {
    expect(validateDrainage({ ...result, elevation, width, height })).toEqual([]);
  });

  test('filling equals its definition, and filling again changes nothing', () => {
    const expected = filledByRelaxation(elevation, width, height).map((z) => z + 0);
    expect(differingCells(result.filled, expected)).toBe(0);
    expect(differingCells(fillDepressions(result.filled, result.edges, width, height), result.filled)).toBe(0);
  });

  test('ground a kilometre higher differs in elevation only', () => {
    const raised = run({ ...terrain, elevation: elevation.map((z) => z + 1024) });
    const expected = { ...result, filled: result.filled.map((z) => z + 1024) };
    for (const layer of layers) expect([layer, differingCells(raised[layer], expected[layer])]).toEqual([layer, 0]);
  });

  test('ground twice as high has twice the tangent of slope and the same flow', () => {
    const doubled = run({ ...terrain, elevation: elevation.map((z) => z * 2) });
    expect(differingCells(doubled.direction, result.direction)).toBe(0);
    expect(differingCells(doubled.accumulation, result.accumulation)).toBe(0);
    const tangent = (degrees: number): number => Math.tan((degrees * Math.PI) / 180);
    const holds = (i: number): boolean => {
      const slope = result.slopeDegrees[i]!;
      if (Number.isNaN(slope) || slope > 80) return true;
      return Math.abs(tangent(doubled.slopeDegrees[i]!) - 2 * tangent(slope)) <= 2e-6 * tangent(slope);
    };
    expect(offendingCells(elevation.length, holds)).toEqual([]);
  });

  test('a turned or mirrored map gives the turned result', () => {
    for (const turn of gridTurns) {
      const map = turned(elevation, width, height, turn);
      const edges = edgeCells(map.values, map.width, map.height);
      const filled = fillDepressions(map.values, edges, map.width, map.height);
      const slope = slopeDegrees(map.values, edges, map.width, map.height, 10);
      expect(differingCells(edges, turned(result.edges, width, height, turn).values)).toBe(0);
      expect(differingCells(filled, turned(result.filled, width, height, turn).values)).toBe(0);
      expect(differingCells(slope, turned(result.slopeDegrees, width, height, turn).values)).toBe(0);
    }
  });

  test('on a turned map, water that has one steepest way goes the turned way', () => {
    const ways = steepestWays(result.filled, width, height);
    const cells = Uint32Array.from(elevation.keys());
    for (const turn of gridTurns) {
      const map = turned(elevation, width, height, turn);
      const flow = terrainFactors(map.values, map.width, map.height, 10, options);
      const original = turned(cells, width, height, turn).values;
      const holds = (i: number): boolean => {
        if (ways[original[i]!] !== 1) return true;
        const receiver = d8Receiver(i, flow.direction[i]!, map.width, map.height);
        return original[receiver] === d8Receiver(original[i]!, result.direction[original[i]!]!, width, height);
      };
      expect(offendingCells(elevation.length, holds)).toEqual([]);
    }
  });

  test('every valid cell has slope, L and S; channels have no slope length', () => {
    const floats = ['slopeDegrees', 'slopeLengthMetres', 'slopeLengthFactor', 'slopeSteepnessFactor'] as const;
    const holds = (i: number): boolean => {
      const missing = Number.isNaN(elevation[i]);
      if (floats.some((layer) => Number.isNaN(result[layer][i]) !== missing)) return false;
      const channel = result.accumulation[i]! > 40;
      return (
        missing || ((result.slopeLengthMetres[i] === 0) === channel && (result.slopeLengthFactor[i] === 0) === channel)
      );
    };
    expect(offendingCells(elevation.length, holds)).toEqual([]);
  });

  test('without cut-offs, slope length is the longest way down to the cell', () => {
    const uncut = run(terrain, { gentleCutOff: 0, steepCutOff: 0, channelAreaSquareMetres: Number.POSITIVE_INFINITY });
    const longest = longestWays(uncut, width, height);
    const holds = (i: number): boolean =>
      Number.isNaN(elevation[i]) || uncut.slopeLengthMetres[i] === Math.fround((longest[i]! * 10) / unitsPerCell);
    expect(offendingCells(elevation.length, holds)).toEqual([]);
  });

  test('a limit shortens longer slopes and leaves the others', () => {
    const limited = run(terrain, { maxSlopeLengthMetres: 60 });
    const expected = result.slopeLengthMetres.map((length) => Math.min(length, 60));
    expect(differingCells(limited.slopeLengthMetres, expected)).toBe(0);
  });

  test('contamination is what reaches a cell from the edge of the data', () => {
    const reached = new Uint8Array(elevation.length);
    for (let i = 0; i < elevation.length; i++) {
      if (result.edges[i] !== 1) continue;
      for (let cell = i; cell >= 0; cell = d8Receiver(cell, result.direction[cell]!, width, height)) reached[cell] = 1;
    }
    const expected = Uint8Array.from(elevation, (z, i) => {
      if (Number.isNaN(z)) return 255;
      return reached[i] === 0 ? 0 : result.accumulation[i]! > 40 ? 1 : 2;
    });
    expect(differingCells(result.edgeContamination, expected)).toBe(0);
  });
});

/** How many neighbours share the steepest drop of each cell; 0 where none is lower. */
function steepestWays(filled: Float32Array, width: number, height: number): Uint8Array {
  return Uint8Array.from(filled, (level, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    const drops = d8ColumnSteps.map((dx, k) => {
      const [u, v] = [x + dx, y + d8RowSteps[k]!];
      if (u < 0 || v < 0 || u >= width || v >= height) return 0;
      const drop = (level - filled[v * width + u]!) * (k % 2 === 1 ? Math.SQRT1_2 : 1);
      return Number.isNaN(drop) ? 0 : drop;
    });
    const steepest = Math.max(...drops);
    return steepest > 0 ? drops.filter((drop) => drop > steepest - 1e-5).length : 0;
  });
}

/** Longest way from a divide to each cell's centre, length units, by plain recursion over donors. */
function longestWays({ direction }: TerrainFactors, width: number, height: number): number[] {
  const donors: number[][] = Array.from(direction, () => []);
  direction.forEach((code, i) => {
    const receiver = d8Receiver(i, code, width, height);
    if (receiver >= 0) donors[receiver]!.push(i);
  });
  const path = (code: number): number => (code > 0 && code < 255 && d8IndexOfCode(code) % 2 === 1 ? 92682 : 65536);
  const memo = new Map<number, number>();
  const longest = (cell: number): number => {
    let length = memo.get(cell);
    if (length === undefined) {
      length = donors[cell]!.length === 0 ? path(direction[cell]!) / 2 : 0;
      for (const donor of donors[cell]!) length = Math.max(length, longest(donor) + path(direction[donor]!));
      memo.set(cell, length);
    }
    return length;
  };
  return Array.from(direction, (_, i) => longest(i));
}

test('the slope of a plane is one number up to the corners, right to the last bits of a float', () => {
  for (const [eastward, southward] of [
    [2, 0],
    [-1, 3],
    [0.125, -0.5],
  ]) {
    const elevation = Float32Array.from(
      { length: 63 },
      (_, i) => 100 + eastward! * (i % 9) + southward! * Math.floor(i / 9),
    );
    const slope = slopeDegrees(elevation, edgeCells(elevation, 9, 7), 9, 7, 4);
    const expected = (Math.atan(Math.sqrt(eastward! ** 2 + southward! ** 2) / 4) * 180) / Math.PI;
    expect(new Set(slope).size).toBe(1);
    expect(Math.abs(slope[0]! / expected - 1)).toBeLessThan(3e-7);
  }
});

test('a grid of the wrong shape or cell size is refused', () => {
  expect(() => terrainFactors(new Float32Array(5), 2, 3, 10, options)).toThrow('5 cells, expected 2 × 3');
  expect(() => terrainFactors(new Float32Array(6), 2, 3, Number.NaN, options)).toThrow('cell size');
});
