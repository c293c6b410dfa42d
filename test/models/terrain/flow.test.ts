import { describe, expect, test } from 'vitest';
import { d8FlowDirection } from '../../../models/terrain/d8-flow-direction.ts';
import { edgeCells } from '../../../models/terrain/edge-cells.ts';
import { edgeContamination } from '../../../models/terrain/edge-contamination.ts';
import { fillDepressions } from '../../../models/terrain/fill-depressions-barnes2014.ts';
import { flowAccumulation, upstreamArea } from '../../../models/terrain/flow-accumulation-d8.ts';
import { flatDistances, resolveFlats } from '../../../models/terrain/resolve-flats.ts';
import { drawnGrid, type LiteralGrid } from '../../support/grids.ts';

const fill = ({ values, width, height }: LiteralGrid): Float32Array =>
  fillDepressions(values, edgeCells(values, width, height), width, height);

function flow(grid: LiteralGrid) {
  const { values, width, height } = grid;
  const edges = edgeCells(values, width, height);
  const filled = fillDepressions(values, edges, width, height);
  const steepest = d8FlowDirection(filled, edges, width, height);
  const distance = flatDistances(filled, steepest, width);
  const direction = resolveFlats(filled, steepest.slice(), width);
  const accumulation = flowAccumulation(direction, width);
  return { edges, filled, steepest, distance, direction, accumulation };
}

describe('edge cells', () => {
  test('lie on the map edge and around nodata holes', () => {
    const grid = drawnGrid(`
      1 1 1 1 1 1
      1 1 1 1 1 1
      1 1 1 1 . 1
      1 1 1 1 1 1
      1 1 1 1 1 1`);
    expect(Array.from(edgeCells(grid.values, grid.width, grid.height))).toEqual([
      ...[1, 1, 1, 1, 1, 1],
      ...[1, 0, 0, 1, 1, 1],
      ...[1, 0, 0, 1, 255, 1],
      ...[1, 0, 0, 1, 1, 1],
      ...[1, 1, 1, 1, 1, 1],
    ]);
  });
});

describe('filling', () => {
  test('raises a pit to its lowest rim, a pit within a pit to the outer rim', () => {
    const grid = drawnGrid(`
      9 9 9 9 9 9 9
      9 3 3 3 3 3 9
      9 3 8 8 8 3 9
      9 3 8 1 8 3 5
      9 3 8 8 8 3 9
      9 3 3 3 3 3 9
      9 9 9 9 9 9 9`);
    expect(fill(grid)).toEqual(
      drawnGrid(`
      9 9 9 9 9 9 9
      9 5 5 5 5 5 9
      9 5 8 8 8 5 9
      9 5 8 8 8 5 5
      9 5 8 8 8 5 9
      9 5 5 5 5 5 9
      9 9 9 9 9 9 9`).values,
    );
  });

  test('lets water out diagonally and into nodata holes', () => {
    const diagonal = drawnGrid(`
      9 9 9 9
      9 1 9 9
      9 9 2 9
      9 9 9 3`);
    expect(Array.from(fill(diagonal))).toEqual([9, 9, 9, 9, 9, 3, 9, 9, 9, 9, 3, 9, 9, 9, 9, 3]);
    const hole = drawnGrid(`
      9 9 9 9 9
      9 4 9 9 9
      9 9 . 9 9
      9 9 9 9 9
      9 9 9 9 9`);
    expect(fill(hole)[6]).toBe(4);
  });

  test('one zero: a flood never leaves a negative zero', () => {
    const grid = drawnGrid(`
      5  5 5 5
      5 -3 5 5
      5  5 5 5
      5  5 5 5`);
    grid.values[4] = -0;
    const filled = fill(grid);
    expect(Object.is(filled[5], 0)).toBe(true);
    expect(Object.is(filled[4], 0)).toBe(true);
  });
});

describe('direction', () => {
  test('takes the steepest way, diagonals over √2', () => {
    const steepestIsDiagonal = drawnGrid(`
      9 9 9
      9 8 6
      9 9 4`);
    expect(flow(steepestIsDiagonal).direction[4]).toBe(2);
    const steepestIsCardinal = drawnGrid(`
      9 9 9
      9 8 6
      9 9 5.5`);
    expect(flow(steepestIsCardinal).direction[4]).toBe(1);
  });

  test('the first of equals wins: E, SE, S, SW, W, NW, N, NE', () => {
    const winners = [1, 4, 16, 64].map((_, turn) => {
      const cardinals = [5, 7, 3, 1].slice(turn);
      const grid = drawnGrid('9 9 9\n9 8 9\n9 9 9');
      for (const cell of cardinals) grid.values[cell] = 2;
      return flow(grid).direction[4];
    });
    expect(winners).toEqual([1, 4, 16, 64]);
  });

  test('edge cells keep to lower valid ground and leave the data only without it', () => {
    const { direction } = flow(drawnGrid('9 8 7 7 8'));
    expect(Array.from(direction)).toEqual([1, 1, 0, 0, 16]);
  });

  test('nodata has none', () => {
    expect(flow(drawnGrid('3 . 1')).direction[1]).toBe(255);
  });
});

describe('flats', () => {
  test('drain along the fewest steps, by the first of equal ways', () => {
    // The floor is level at 2; the only way out is the 1 in the middle of the east side.
    const grid = drawnGrid(`
      9 9 9 9 9 9
      9 2 2 2 2 9
      9 2 2 2 2 1
      9 2 2 2 2 9
      9 9 9 9 9 9`);
    const { steepest, distance, direction } = flow(grid);
    const floor = (values: Uint8Array | Uint32Array): number[][] =>
      [1, 2, 3].map((row) => Array.from(values.subarray(row * 6 + 1, row * 6 + 5)));
    expect(floor(steepest)).toEqual([
      [9, 9, 9, 2],
      [9, 9, 9, 1],
      [9, 9, 9, 128],
    ]);
    expect(floor(distance)).toEqual([
      [3, 2, 1, 0],
      [3, 2, 1, 0],
      [3, 2, 1, 0],
    ]);
    expect(floor(direction)).toEqual([
      [1, 1, 1, 2],
      [1, 1, 1, 1],
      [1, 1, 1, 128],
    ]);
  });

  test('a level map drains to its nearest edge', () => {
    const { direction, distance } = flow({ width: 5, height: 5, values: new Float32Array(25).fill(3) });
    expect(Array.from(distance)).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1, 2, 1, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
    expect(Array.from(direction)).toEqual([
      ...[0, 0, 0, 0, 0],
      ...[0, 8, 32, 1, 0],
      ...[0, 8, 1, 1, 0],
      ...[0, 2, 2, 1, 0],
      ...[0, 0, 0, 0, 0],
    ]);
  });
});

describe('accumulation', () => {
  const grid = drawnGrid(`
    9 8 9 9
    9 7 9 9
    9 6 5 9
    9 9 9 3`);

  test('counts the cells above and the cell itself', () => {
    // 7 gathers the top row but its last cell, which has no lower neighbour; 6 gathers the west and south-west;
    // both fall to 5, 5 to 3.
    expect(Array.from(flow(grid).accumulation)).toEqual([1, 1, 1, 1, 1, 4, 1, 1, 1, 5, 12, 1, 1, 1, 1, 15]);
  });

  test('adds whole-number weights', () => {
    const { direction } = flow(drawnGrid('9 8 7 . 2'));
    expect(Array.from(flowAccumulation(direction, 5, Uint8Array.of(5, 0, 2, 200, 1)))).toEqual([5, 5, 7, 0, 1]);
  });

  test('becomes an area in square metres', () => {
    expect(Array.from(upstreamArea(Uint32Array.of(1, 30, 0), 10))).toEqual([100, 3000, Number.NaN]);
  });
});

test('edge contamination follows the water down, and spares slope length on channels', () => {
  const grid = drawnGrid(`
    9 9 9 9 9
    9 8 7 9 9
    9 9 9 6 9
    9 9 9 5 4
    9 9 9 9 9`);
  const { direction, edges, accumulation } = flow(grid);
  const upstream = edgeContamination(direction, edges, accumulation, 9, 5);
  // Free are five interior cells; of them only the second last, level with the last, drains into another free one.
  expect(Array.from(upstream.keys()).filter((i) => upstream[i] === 0)).toEqual([8, 11, 12, 16, 17]);
  expect(Array.from(accumulation.filter((_, i) => upstream[i] === 0))).toEqual([1, 1, 1, 1, 2]);
  for (let i = 0; i < 25; i++) if (upstream[i] !== 0) expect(upstream[i]).toBe(accumulation[i]! > 9 ? 1 : 2);
  expect(edgeContamination(Uint8Array.of(255), Uint8Array.of(255), Uint32Array.of(0), 9, 1)[0]).toBe(255);
});
