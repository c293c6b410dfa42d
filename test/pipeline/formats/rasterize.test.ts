import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GridSpec } from '../../../models/grid/grid-spec.ts';
import { tileFrames, tileLayout } from '../../../models/grid/tile-layout.ts';
import type { Geometry, Position } from '../../../pipeline/formats/geometry.ts';
import { rasterizeFeatures } from '../../../pipeline/formats/rasterize.ts';

const grid: GridSpec = {
  crs: 'EPSG:4544',
  cellSizeMetres: 10,
  originX: 400_000,
  originY: 3_800_000,
  width: 40,
  height: 30,
};

const box = (west: number, south: number, east: number, north: number): Position[] => [
  [400_000 + west, 3_800_000 + south],
  [400_000 + east, 3_800_000 + south],
  [400_000 + east, 3_800_000 + north],
  [400_000 + west, 3_800_000 + north],
  [400_000 + west, 3_800_000 + south],
];

/** A net of quadrilaterals over the grid whose inner corners are moved at random: shared borders, no gaps. */
function distortedNet(columns: number, rows: number, moves: readonly number[]): Geometry[] {
  const corner = (i: number, j: number): Position => {
    const inner = i > 0 && j > 0 && i < columns && j < rows;
    const move = (k: number): number => (inner ? moves[(i * 7 + j * 13 + k) % moves.length]! : 0);
    const stepX = 400 / columns;
    const stepY = 300 / rows;
    return [400_000 + (i + 0.4 * move(0)) * stepX, 3_800_000 - (j + 0.4 * move(5)) * stepY];
  };
  return Array.from({ length: columns * rows }, (_, index) => {
    const i = index % columns;
    const j = Math.floor(index / columns);
    const ring = [corner(i, j), corner(i + 1, j), corner(i + 1, j + 1), corner(i, j + 1), corner(i, j)];
    return { type: 'Polygon', coordinates: [index % 2 === 0 ? ring : ring.toReversed()] };
  });
}

describe('burning polygons into cells', () => {
  it('gives every cell of a partition to exactly one polygon, whatever the order and the tiles', () => {
    const numbers = fc.array(
      fc.oneof(fc.double({ min: -1, max: 1, noNaN: true }), fc.constantFrom(-1, -0.5, 0, 0.5, 1)),
      {
        minLength: 5,
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(
        numbers,
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 3, max: 50 }),
        (moves, columns, rows, tileSize) => {
          const features = distortedNet(columns, rows, moves).map((geometry, index) => ({
            geometry,
            value: index + 1,
          }));
          const first = rasterizeFeatures(features, grid);
          expect(first.every((value) => value > 0)).toBe(true);
          // Equal results for "first wins" and "last wins" mean that no cell is claimed twice.
          expect(rasterizeFeatures(features, grid, undefined, { overlap: 'last' })).toEqual(first);
          for (const frame of tileFrames(tileLayout(grid.width, grid.height, tileSize))) {
            const tile = rasterizeFeatures(features, grid, frame);
            for (let row = 0; row < frame.height; row++)
              for (let column = 0; column < frame.width; column++)
                if (tile[row * frame.width + column] !== first[(frame.y0 + row) * grid.width + frame.x0 + column])
                  throw new Error(`tile ${frame.id} differs at ${column}, ${row}`);
          }
        },
      ),
      { seed: 20_243, numRuns: 120 },
    );
  });

  it('settles centres that lie on a shared border', () => {
    const features = [
      { geometry: { type: 'Polygon', coordinates: [box(0, -300, 205, 0)] } as Geometry, value: 1 },
      { geometry: { type: 'Polygon', coordinates: [box(205, -155, 400, 0)] } as Geometry, value: 2 },
      { geometry: { type: 'Polygon', coordinates: [box(205, -300, 400, -155)] } as Geometry, value: 3 },
    ];
    const cells = rasterizeFeatures(features, grid, undefined, { dtype: 'uint8' });
    const count = (value: number): number => cells.filter((cell) => cell === value).length;
    expect([count(0), count(1), count(2), count(3)]).toEqual([0, 20 * 30, 20 * 15, 20 * 15]);
    expect(rasterizeFeatures(features, grid, undefined, { dtype: 'uint8', overlap: 'last' })).toEqual(cells);
  });

  it('leaves holes empty, fills all parts and takes unclosed rings', () => {
    const withHole: Geometry = { type: 'Polygon', coordinates: [box(0, -100, 100, 0), box(20, -80, 80, -20)] };
    const parts: Geometry = {
      type: 'MultiPolygon',
      coordinates: [[box(200, -50, 250, 0)], [box(200, -50, 300, 0).slice(0, 4)]],
    };
    const cells = rasterizeFeatures(
      [
        { geometry: withHole, value: 7 },
        { geometry: parts, value: 9 },
        { geometry: null, value: 1 },
      ],
      grid,
    );
    expect(cells.filter((cell) => cell === 7)).toHaveLength(100 - 36);
    expect(cells.filter((cell) => cell === 9)).toHaveLength(50);
  });

  it('lets the first or the last feature keep an overlap, as told', () => {
    const features = [1, 2].map((value) => ({
      geometry: { type: 'Polygon', coordinates: [box(0, -10, 10 * value, 0)] } as Geometry,
      value,
    }));
    expect([...rasterizeFeatures(features, grid).slice(0, 3)]).toEqual([1, 2, 0]);
    expect([...rasterizeFeatures(features, grid, undefined, { overlap: 'last' }).slice(0, 3)]).toEqual([2, 2, 0]);
  });

  it('refuses values that the result cannot hold', () => {
    expect(() => rasterizeFeatures([{ geometry: null, value: 300 }], grid, undefined, { dtype: 'uint8' })).toThrow(
      RangeError,
    );
    expect(() => rasterizeFeatures([{ geometry: null, value: 0.5 }], grid)).toThrow(RangeError);
  });
});
