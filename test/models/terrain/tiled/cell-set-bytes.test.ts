import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeCellSet, forEachRunOfSet } from '../../../../models/terrain/tiled/cell-set-bytes.ts';

function decoded(bytes: Uint8Array, cells: number): Uint8Array {
  const out = new Uint8Array(cells);
  forEachRunOfSet(bytes, (first, count) => {
    for (let cell = first; cell < first + count; cell++) out[cell]!++;
  });
  return out;
}

const clustered = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.boolean()), { maxLength: 20 })
  .map((runs) => Uint8Array.from(runs.flatMap(([length, inside]) => Array<number>(length).fill(inside ? 1 : 0))));
const scattered = fc.uint8Array({ max: 1, maxLength: 300 });

describe('cell sets as bytes', () => {
  test('come back as they were, in at most one bit per cell', () => {
    fc.assert(
      fc.property(fc.oneof(clustered, scattered), (cells) => {
        const bytes = encodeCellSet(cells);
        expect(decoded(bytes, cells.length)).toEqual(cells);
        expect(bytes.length).toBeLessThanOrEqual(1 + Math.ceil(cells.length / 8));
      }),
      { seed: 128, numRuns: 400 },
    );
  });

  test('take no bytes without cells, a few for one block, a bit a cell for a chessboard', () => {
    expect(encodeCellSet(new Uint8Array(1000)).length).toBe(0);
    expect(encodeCellSet(new Uint8Array(100_000).fill(1)).length).toBeLessThan(6);
    expect(encodeCellSet(Uint8Array.from({ length: 800 }, (_, i) => i % 2)).length).toBe(101);
  });
});
