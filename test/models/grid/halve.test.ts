import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { halveByMaximum, halveByMean, halveByMode } from '../../../models/grid/halve.ts';
import { blockWindow, overviewsOfTile, pyramidLevels, sourceWindowOfBlock } from '../../../models/grid/pyramid.ts';

const nan = Number.NaN;

describe('halving a raster', () => {
  it('takes the mean of the cells with a value', () => {
    const values = Float32Array.of(1, 2, nan, 3, 4, 5, nan, nan, 7);
    // 3 × 3: the east column and the south row stand alone.
    expect([...halveByMean(values, 3, 3)]).toEqual([2.5, 5, nan, 7]);
  });

  it('takes the same mean whatever cells have no value, at odd edges too', () => {
    const raster = fc
      .record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) })
      .chain((of) =>
        fc.record({
          ...{ width: fc.constant(of.width), height: fc.constant(of.height) },
          values: fc.array(fc.oneof(fc.constant(nan), fc.float({ noNaN: true, noDefaultInfinity: true })), {
            minLength: of.width * of.height,
            maxLength: of.width * of.height,
          }),
        }),
      );
    fc.assert(
      fc.property(raster, ({ width, height, values }) => {
        const at = (x: number, y: number) => (x < width && y < height ? values[y * width + x]! : nan);
        const expected: number[] = [];
        for (let y = 0; y < height; y += 2)
          for (let x = 0; x < width; x += 2) {
            const four = [at(x, y), at(x + 1, y), at(x, y + 1), at(x + 1, y + 1)];
            const some = four.filter((value) => !Number.isNaN(value));
            expected.push(Math.fround(some.reduce((sum, value) => sum + value, 0) / some.length));
          }
        expect(halveByMean(Float32Array.from(values), width, height)).toEqual(Float32Array.from(expected));
      }),
      { seed: 20240616, numRuns: 300 },
    );
  });

  it('takes the most frequent code, the first among equals, nodata only alone', () => {
    expect([...halveByMode(Uint8Array.of(1, 2, 2, 3), 2, 2)]).toEqual([2]);
    expect([...halveByMode(Uint8Array.of(4, 2, 2, 4), 2, 2)]).toEqual([4]);
    expect([...halveByMode(Uint8Array.of(0, 0, 0, 5), 2, 2, 0)]).toEqual([5]);
    expect([...halveByMode(Uint8Array.of(0, 0, 0, 5), 2, 2)]).toEqual([0]);
    expect([...halveByMode(Uint8Array.of(0, 0, 0, 0), 2, 2, 0)]).toEqual([0]);
    expect([...halveByMode(Uint8Array.of(1, 2, 3), 3, 1)]).toEqual([1, 3]);
  });

  it('takes the largest count', () => {
    const counts = Uint32Array.of(1, 7, 0, 2, 3, 4_000_000_000, 0, 5, 0);
    expect([...halveByMaximum(counts, 3, 3)]).toEqual([7, 4_000_000_000, 5, 0]);
  });

  it('gives the same cells whether halved whole or in even parts', () => {
    const raster = fc
      .record({ width: fc.integer({ min: 3, max: 13 }), height: fc.integer({ min: 3, max: 13 }) })
      .chain(({ width, height }) =>
        fc.record({
          width: fc.constant(width),
          height: fc.constant(height),
          codes: fc.uint8Array({ minLength: width * height, maxLength: width * height, max: 3 }),
          cut: fc.integer({ min: 1, max: Math.floor((height - 1) / 2) }),
        }),
      );
    fc.assert(
      fc.property(raster, ({ width, height, codes, cut }) => {
        const at = 2 * cut * width;
        const north = halveByMode(codes.subarray(0, at), width, 2 * cut, 0);
        const south = halveByMode(codes.subarray(at), width, height - 2 * cut, 0);
        expect([...north, ...south]).toEqual([...halveByMode(codes, width, height, 0)]);
        const values = Float32Array.from(codes, (code) => (code === 0 ? nan : code / 7));
        const upper = halveByMean(values.subarray(0, at), width, 2 * cut);
        const lower = halveByMean(values.subarray(at), width, height - 2 * cut);
        expect([...upper, ...lower]).toEqual([...halveByMean(values, width, height)]);
      }),
      { seed: 20240615, numRuns: 200 },
    );
  });
});

describe('a pyramid', () => {
  it('has the blocks of its lower levels whole within large tiles', () => {
    expect([512, 1024, 2048, 4096].map((tileSize) => overviewsOfTile(9000, 3000, tileSize))).toEqual([0, 1, 2, 3]);
    expect([300, 1000, 1536].map((tileSize) => overviewsOfTile(9000, 3000, tileSize))).toEqual([0, 0, 0]);
    // No more than the raster has.
    expect(overviewsOfTile(900, 700, 4096)).toBe(1);
    expect(overviewsOfTile(300, 200, 1024)).toBe(0);
  });

  it('ends with the first level that fits into one block', () => {
    expect(pyramidLevels(2000, 1300).map(({ width, height }) => [width, height])).toEqual([
      [2000, 1300],
      [1000, 650],
      [500, 325],
    ]);
    expect(pyramidLevels(512, 10).length).toBe(1);
    expect(pyramidLevels(513, 10).length).toBe(2);
  });

  it('makes every block from cells that give exactly its own', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 5000 }), (width, height) => {
        const levels = pyramidLevels(width, height);
        for (const level of levels.slice(1)) {
          const below = levels[level.level - 1]!;
          let cells = 0;
          for (let row = 0; row < level.rows; row++)
            for (let column = 0; column < level.columns; column++) {
              const block = blockWindow(level, column, row);
              const source = sourceWindowOfBlock(below, column, row);
              expect([Math.ceil(source.width / 2), Math.ceil(source.height / 2)]).toEqual([block.width, block.height]);
              expect([source.x0, source.y0]).toEqual([2 * block.x0, 2 * block.y0]);
              cells += block.width * block.height;
            }
          expect(cells).toBe(level.width * level.height);
        }
      }),
      { seed: 20240616, numRuns: 100 },
    );
  });
});
