import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unreachedFlat } from '../../../../models/terrain/resolve-flats.ts';
import { BorderFlatField } from '../../../../models/terrain/tiled/border-flat-field.ts';
import { encodeCellSet } from '../../../../models/terrain/tiled/cell-set-bytes.ts';
import { perimeterCells } from '../../../../models/terrain/tiled/tile-perimeter.ts';

interface Tile {
  readonly width: number;
  readonly height: number;
  readonly cells: Uint8Array;
}

/** Steps at the perimeter once each cell of the set has at most one more than each neighbour in the set: repeated until so. */
function settled({ width, height, cells }: Tile, atPerimeter: Uint32Array): Uint32Array {
  const places = perimeterCells(width, height);
  const steps = new Array<number>(cells.length).fill(Number.POSITIVE_INFINITY);
  places.forEach((cell, place) => {
    steps[cell] = atPerimeter[place] === unreachedFlat ? Number.POSITIVE_INFINITY : atPerimeter[place]!;
  });
  for (let changed = true; changed; ) {
    changed = false;
    for (let cell = 0; cell < cells.length; cell++)
      for (let dy = -1; dy <= 1; dy++)
        for (let dx = -1; dx <= 1; dx++) {
          const [x, y] = [(cell % width) + dx, Math.floor(cell / width) + dy];
          if (x < 0 || y < 0 || x >= width || y >= height) continue;
          const other = y * width + x;
          if (cells[cell] === 0 || cells[other] === 0 || steps[other]! + 1 >= steps[cell]!) continue;
          steps[cell] = steps[other]! + 1;
          changed = true;
        }
  }
  return Uint32Array.from(places, (cell) => Math.min(steps[cell]!, unreachedFlat));
}

/** Sets with wide openings and narrow ways, as blots of random size leave them. */
const tiles = fc
  .record({
    width: fc.integer({ min: 1, max: 37 }),
    height: fc.integer({ min: 1, max: 23 }),
    fill: fc.integer({ min: 0, max: 1 }),
    blots: fc.array(fc.tuple(fc.nat(36), fc.nat(22), fc.nat(9), fc.nat(9)), { maxLength: 14 }),
  })
  .map(({ width, height, fill, blots }): Tile => {
    const cells = new Uint8Array(width * height).fill(fill);
    for (const [left, top, right, down] of blots)
      for (let y = top; y <= Math.min(top + down, height - 1); y++)
        for (let x = left; x <= Math.min(left + right, width - 1); x++) cells[y * width + x] = 1 - fill;
    return { width, height, cells };
  });

test('steps lowered at some places of a settled perimeter settle as if all cells were asked again and again', () => {
  const field = new BorderFlatField();
  let [lowered, unlowered] = [0, 0];
  fc.assert(
    fc.property(tiles, fc.infiniteStream(fc.nat(60)), (tile, numbers) => {
      const { width, height, cells } = tile;
      const next = () => numbers.next().value!;
      const places = perimeterCells(width, height);
      const first = Uint32Array.from(places, () => (next() < 20 ? next() : unreachedFlat));
      const steps = settled(tile, first);
      const seeds = [...places.keys()].filter(
        (place) => cells[places[place]!] !== 0 && steps[place]! > 1 && next() < 12,
      );
      for (const place of seeds) steps[place] = next() % Math.min(steps[place]!, 60);
      const wanted = settled(tile, steps);
      const before = steps.slice();
      const fallen = field.spread(encodeCellSet(cells), width, height, steps, seeds);
      expect(steps).toEqual(wanted);
      expect(fallen.sort((a, b) => a - b)).toEqual(
        [...places.keys()].filter((place) => steps[place] !== before[place]),
      );
      lowered += fallen.length;
      unlowered += places.length - fallen.length;
    }),
    { seed: 2014, numRuns: 300 },
  );
  expect(lowered).toBeGreaterThan(1000);
  expect(unlowered).toBeGreaterThan(1000);
});
