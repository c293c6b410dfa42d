import fc from 'fast-check';
import { expect, test } from 'vitest';
import { regionFrame } from '../../data-samples/region-frame.ts';
import { images, type Mirror, mirroredCells, mirroredGrid, stretched } from '../../scripts/bench/year/large/mirror.ts';

const mirrorOf = (size: number, times: number): Mirror => ({
  piece: regionFrame(size, 1),
  whole: regionFrame(size * times, 1),
  times,
});

const mirrors = fc
  .record({ eighths: fc.integer({ min: 30, max: 60 }), times: fc.integer({ min: 1, max: 4 }) })
  .map(({ eighths, times }) => mirrorOf(eighths * 8, times));

/** Column and row of the cell of a grid in which a position lies. */
const cellAt = (grid: ReturnType<typeof mirroredGrid>, [x, y]: readonly [number, number]): [number, number] => [
  Math.floor((x - grid.originX) / grid.cellSizeMetres),
  Math.floor((grid.originY - y) / grid.cellSizeMetres),
];

test('an image of a position lies in the image of its cell', () => {
  fc.assert(
    fc.property(mirrors, fc.nat(), fc.nat(), (mirror, a, b) => {
      const { piece } = mirror;
      const [column, row] = [a % piece.size, b % piece.size];
      const grid = mirroredGrid(mirror, piece.grid);
      const cells = mirroredCells(mirror, piece.grid.cellSizeMetres, 0, grid.width);
      const { originX, originY } = piece.grid;
      for (const image of images(mirror)) {
        const [x, y] = cellAt(grid, image([originX + column * 10 + 3, originY - row * 10 - 3]));
        expect([cells[x], cells[y]]).toEqual([column, row]);
      }
    }),
    { seed: 7, numRuns: 50 },
  );
});

test('images fill the large region, each cell of the piece as often as there are images along a side', () => {
  const mirror = mirrorOf(240, 3);
  const cells = mirroredCells(mirror, 10, 0, 720);
  const counts = new Map<number, number>();
  for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  expect(counts.size).toBe(240);
  expect(new Set(counts.values())).toEqual(new Set([3]));
  for (let at = 1; at < cells.length; at++) expect(Math.abs(cells[at]! - cells[at - 1]!)).toBeLessThanOrEqual(1);
});

test('rasters of wide cells with a margin keep cells and margin', () => {
  const mirror = mirrorOf(400, 2);
  const grid = mirroredGrid(mirror, { cellSizeMetres: 1000, originX: mirror.piece.grid.originX - 5000 });
  const { width, height, cellSizeMetres } = grid;
  expect({ width, height, cellSizeMetres }).toEqual({ width: 18, height: 18, cellSizeMetres: 1000 });
  expect(grid.originY).toBe(mirror.whole.grid.originY + 5000);
  const pieces = [5, 6, 7, 8, 8, 7, 6, 5];
  expect([...mirroredCells(mirror, 1000, 5000, 18)]).toEqual([8, 8, 7, 6, 5, ...pieces, 5, 6, 7, 8, 8]);
});

test('what is stretched covers the large region', () => {
  const mirror = mirrorOf(240, 4);
  const { piece, whole } = mirror;
  const corner = ({ grid, sideMetres }: Mirror['piece']): [number, number] => [
    grid.originX + sideMetres,
    grid.originY - sideMetres,
  ];
  expect(stretched(mirror)([piece.grid.originX, piece.grid.originY])).toEqual([whole.grid.originX, whole.grid.originY]);
  expect(stretched(mirror)(corner(piece))).toEqual(corner(whole));
});
