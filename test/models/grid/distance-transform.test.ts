import fc from 'fast-check';
import { expect, test } from 'vitest';
import { outOfReach, squaredDistances } from '../../../models/grid/distance-transform.ts';
import { grownWindow } from '../../../models/grid/grid-spec.ts';

/** By looking at every pair of cells. */
function bySearch(marked: Uint8Array, width: number, reach: number): number[] {
  const places = [...marked].flatMap((value, at) =>
    value === 0 ? [] : [[at % width, Math.floor(at / width)] as const],
  );
  return Array.from(marked, (_, cell) => {
    const [x, y] = [cell % width, Math.floor(cell / width)];
    const nearest = Math.min(...places.map(([px, py]) => (px - x) ** 2 + (py - y) ** 2));
    return nearest <= reach * reach ? nearest : outOfReach;
  });
}

const grid = fc
  .tuple(fc.integer({ min: 1, max: 24 }), fc.integer({ min: 1, max: 24 }), fc.integer({ min: 0, max: 30 }))
  .chain(([width, height, reach]) =>
    fc
      .array(fc.integer({ min: 0, max: 12 }), { minLength: width * height, maxLength: width * height })
      .map((list) => ({ width, height, reach, marked: Uint8Array.from(list, (value) => (value === 0 ? 1 : 0)) })),
  );

test('is the distance that a search finds', () => {
  fc.assert(
    fc.property(grid, ({ marked, width, reach }) => {
      expect([...squaredDistances(marked, width, reach)]).toEqual(bySearch(marked, width, reach));
    }),
    { seed: 21, numRuns: 400 },
  );
});

test('of a window that shows the cells within reach is that of the whole', () => {
  fc.assert(
    fc.property(grid, fc.nat(23), fc.nat(23), ({ marked, width, height, reach }, left, top) => {
      const near = Math.min(reach, 5);
      const [x0, y0] = [left % width, top % height];
      const own = { x0, y0, width: Math.ceil((width - x0) / 2), height: Math.ceil((height - y0) / 2) };
      const around = grownWindow(own, near, { crs: '', cellSizeMetres: 1, originX: 0, originY: 0, width, height });
      const part = new Uint8Array(around.width * around.height);
      for (let row = 0; row < around.height; row++)
        for (let column = 0; column < around.width; column++)
          part[row * around.width + column] = marked[(around.y0 + row) * width + around.x0 + column]!;
      const all = squaredDistances(marked, width, near);
      const cut = squaredDistances(part, around.width, near);
      for (let row = 0; row < own.height; row++)
        for (let column = 0; column < own.width; column++)
          expect(cut[(y0 - around.y0 + row) * around.width + x0 - around.x0 + column]).toBe(
            all[(y0 + row) * width + x0 + column],
          );
    }),
    { seed: 22, numRuns: 200 },
  );
});
