import { describe, expect, test } from 'vitest';
import { type CornerRing, polygonOfRuns, twiceArea } from '../../../models/disturbance/cell-polygon.ts';
import { joinRuns, runCells, runsByLabel } from '../../../models/disturbance/cell-runs.ts';
import { labelComponents } from '../../../models/disturbance/component-labels.ts';
import { patchShape } from '../../../models/disturbance/patch-shape.ts';
import { randomCells, wholeWindow } from './random-cells.ts';

const inRing = (ring: CornerRing, x: number, y: number): boolean => {
  let inside = false;
  for (let at = 1; at < ring.length; at++) {
    const [ax, ay] = ring[at - 1]!;
    const [bx] = ring[at]!;
    // Shoots south, where the outline looks east.
    if (ax > x !== bx > x && ay > y) inside = !inside;
  }
  return inside;
};

/** Runs of a drawing: `#` is a cell of the patch. */
const drawn = (...rows: string[]) =>
  joinRuns([[...rows].flatMap((row, y) => [...row].flatMap((mark, x) => (mark === '#' ? [y, x, x + 1] : [])))]);

describe('outline of a patch', () => {
  test('of one cell is the square round it, counter-clockwise from the north-west', () => {
    expect(polygonOfRuns(drawn('.#'))).toEqual([
      [
        [
          [1, 0],
          [1, 1],
          [2, 1],
          [2, 0],
          [1, 0],
        ],
      ],
    ]);
  });

  test('keeps cells that touch by a tip apart, and holes with them', () => {
    expect(polygonOfRuns(drawn('#.', '.#')).map((rings) => rings.length)).toEqual([1, 1]);
    // Two holes that touch by a tip are two rings; a hole that touches the outside stays a hole.
    expect(polygonOfRuns(drawn('####', '#.##', '##.#', '####')).map((rings) => rings.length)).toEqual([3]);
    expect(polygonOfRuns(drawn('.###', '#.##', '####')).map((rings) => rings.length)).toEqual([2]);
    // An island in a hole is a part of its own.
    expect(polygonOfRuns(drawn('#####', '#...#', '#.#.#', '#...#', '#####')).map((rings) => rings.length)).toEqual([
      2, 1,
    ]);
  });

  test('holds exactly the cells of the patch, with simple rings and the area of its cells', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const cells = randomCells(seed, 6 + (seed % 14), 5 + (seed % 11), 0.35 + (seed % 5) / 10);
      const { labels } = labelComponents(cells.values, cells.width, seed % 2 === 0 ? 4 : 8);
      for (const [label, list] of runsByLabel(labels, wholeWindow(cells))) {
        const runs = joinRuns([list]);
        const polygons = polygonOfRuns(runs);
        for (let cell = 0; cell < labels.length; cell++) {
          const [x, y] = [(cell % cells.width) + 0.5, Math.floor(cell / cells.width) + 0.5];
          const holders = polygons.filter(
            ([shell, ...holes]) => inRing(shell!, x, y) && !holes.some((hole) => inRing(hole, x, y)),
          );
          expect(holders.length).toBe(labels[cell] === label ? 1 : 0);
        }
        for (const [shell, ...holes] of polygons) {
          expect(twiceArea(shell!)).toBeGreaterThan(0);
          for (const hole of holes) expect(twiceArea(hole)).toBeLessThan(0);
          for (const ring of [shell!, ...holes]) expect(new Set(ring.slice(1).map(String)).size).toBe(ring.length - 1);
        }
        expect(patchShape(polygons).cells).toBe(runCells(runs));
      }
    }
  });
});

test('shape measures of a strip, a square and a ring', () => {
  const strip = patchShape(polygonOfRuns(drawn('##########')));
  expect(strip).toMatchObject({
    cells: 10,
    perimeterSides: 22,
    elongation: 10,
    parts: 1,
    holes: 0,
    box: [0, 0, 10, 1],
  });
  expect(strip.meanWidthSides).toBeCloseTo(20 / 22, 12);
  expect(patchShape(polygonOfRuns(drawn('##', '##'))).compactness).toBeCloseTo(Math.PI / 4, 12);
  expect(patchShape(polygonOfRuns(drawn('###', '#.#', '###')))).toMatchObject({
    cells: 8,
    perimeterSides: 16,
    holes: 1,
  });
});
