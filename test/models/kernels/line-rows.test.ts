import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  biologicalPractice,
  biologicalPracticeRules,
} from '../../../models/factors/biological-practice-half-month-csle2018.ts';
import { heapAllocator } from '../../../models/kernels/allocator.ts';
import { HalfMonthPractice, practiceMemory } from '../../../models/kernels/half-month-practice.ts';
import {
  alongLines,
  type LineRows,
  lineLength,
  linesOfCells,
  linesOfPixels,
  sumLines,
  valueOfLine,
} from '../../../models/kernels/line-rows.ts';
import { referenceKernels } from '../../../models/kernels/reference-kernels.ts';

const [width, height] = [7, 6];
const [columns, rows] = [11, 5];

/** Places are fractions of a pixel to 2⁻²⁰. */
const fraction = fc.integer({ min: 0, max: 2 ** 20 - 1 }).map((steps) => steps / 2 ** 20);
const places = fc.record({
  place: fc.array(fc.integer({ min: 0, max: width - 2 }), { minLength: columns, maxLength: columns }),
  share: fc.array(fraction, { minLength: columns, maxLength: columns }),
  first: fc.array(fc.integer({ min: 0, max: height - 2 }), { minLength: rows, maxLength: rows }),
  below: fc.array(fraction, { minLength: rows, maxLength: rows }),
});
type Places = typeof places extends fc.Arbitrary<infer Value> ? Value : never;
const pixels = fc.array(fc.float({ min: -500, max: 9000, noNaN: true }), {
  minLength: width * height,
  maxLength: width * height,
});
const seeded = { seed: 20_243, numRuns: 60 };

function linesOf(values: readonly Float32Array[], at: Places, scale = 1, shift = 0): LineRows {
  const line = new Float64Array(lineLength(width * rows, values.length));
  const first = Int32Array.from(at.first, (row) => row * width);
  linesOfPixels(values, width, { first, below: Float64Array.from(at.below) }, rows, scale, shift, line);
  const [place, share] = [Int32Array.from(at.place), Float64Array.from(at.share)];
  return { bands: values.length, width: columns, rows, place, share, shareStep: 0, places: width, line };
}

function valuesOf(lines: LineRows): Float32Array {
  const out = new Float32Array(columns * rows);
  alongLines(lines, [out], 0);
  return out;
}

describe('cells on lines between pixels', () => {
  test('have the value of pixels that are all alike, rescaled or not', () => {
    fc.assert(
      fc.property(
        places,
        fc.float({ min: -500, max: 9000, noNaN: true }),
        fc.constantFrom(1, 0.1),
        (at, value, scale) => {
          const flat = new Float32Array(width * height).fill(value);
          const expected = Math.fround(value * scale + 3);
          expect(valuesOf(linesOf([flat], at, scale, 3)).every((found) => found === expected)).toBe(true);
        },
      ),
      seeded,
    );
  });

  test('stay between the pixels around them', () => {
    fc.assert(
      fc.property(places, pixels, (at, values) => {
        const found = valuesOf(linesOf([Float32Array.from(values)], at));
        for (const [cell, value] of found.entries()) {
          const p = at.first[Math.floor(cell / columns)]! * width + at.place[cell % columns]!;
          const four = [p, p + 1, p + width, p + width + 1].map((each) => Math.fround(values[each]!));
          expect(value).toBeGreaterThanOrEqual(Math.min(...four));
          expect(value).toBeLessThanOrEqual(Math.max(...four));
        }
      }),
      seeded,
    );
  });

  test('have the value of the pixel whose centre they are', () => {
    fc.assert(
      fc.property(places, pixels, (at, values) => {
        const centres = { ...at, share: at.share.map(() => 0), below: at.below.map(() => 0) };
        const found = valuesOf(linesOf([Float32Array.from(values)], centres));
        for (const [cell, value] of found.entries())
          expect(value + 0).toBe(
            Math.fround(values[at.first[Math.floor(cell / columns)]! * width + at.place[cell % columns]!]!) + 0,
          );
      }),
      seeded,
    );
  });

  test('lie on a plane through whole numbers, to the bit, and are the same in the mirror', () => {
    fc.assert(
      fc.property(places, fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 }), (at, east, south) => {
        const plane = Float32Array.from(
          { length: width * height },
          (_, p) => (p % width) * east + Math.floor(p / width) * south,
        );
        const mirrored = plane.map((_, p) => plane[p - (p % width) + (width - 1 - (p % width))]!);
        const inMirror = {
          ...at,
          place: at.place.map((place, c) => width - 1 - place - (at.share[c] === 0 ? 0 : 1)),
          share: at.share.map((share) => (share === 0 ? 0 : 1 - share)),
        };
        const found = valuesOf(linesOf([plane], at));
        for (const [cell, value] of found.entries()) {
          const [row, column] = [Math.floor(cell / columns), cell % columns];
          const x = at.place[column]! + at.share[column]!;
          const y = at.first[row]! + at.below[row]!;
          // Zero has no sign here.
          expect(value + 0).toBe(Math.fround(x * east + y * south) + 0);
        }
        expect(valuesOf(linesOf([mirrored], inMirror)).map((value) => value + 0)).toEqual(
          found.map((value) => value + 0),
        );
      }),
      seeded,
    );
  });

  test('are the same on lines of their own', () => {
    fc.assert(
      fc.property(places, pixels, (at, values) => {
        const source = [Float32Array.from(values)];
        const cells = columns * rows;
        const byCell = <List extends Int32Array | Float64Array>(
          list: List,
          of: (r: number, c: number) => number,
        ): List => list.map((_, cell) => of(Math.floor(cell / columns), cell % columns)) as List;
        const offset = byCell(new Int32Array(cells), (r, c) => at.first[r]! * width + at.place[c]!);
        const below = byCell(new Float64Array(cells), (r) => at.below[r]!);
        const share = byCell(new Float64Array(cells), (_, c) => at.share[c]!);
        const line = new Float64Array(lineLength(cells, 1));
        linesOfCells(source, width, { offset, below }, cells, 0.1, 2, line);
        const place = Int32Array.from({ length: columns }, (_, c) => c);
        const lines = { bands: 1, width: columns, rows, place, share, shareStep: columns, places: columns, line };
        expect(valuesOf(lines)).toEqual(valuesOf(linesOf(source, at, 0.1, 2)));
      }),
      seeded,
    );
  });
});

test('erosivity of the year is the sum of the half-months, and B is weighted by their shares of it', () => {
  fc.assert(
    fc.property(places, fc.integer({ min: 1, max: 999 }), (at, seed) => {
      const bands = Array.from({ length: 24 }, (_, k) =>
        Float32Array.from({ length: width * height }, (_, p) => ((p * 37 + k * seed) % 101) * 2.7),
      );
      const halfMonths = linesOf(bands, at);
      const line = new Float64Array(lineLength(width * rows, 1));
      sumLines(halfMonths, line);
      const erosivity = { halfMonths, year: { ...halfMonths, bands: 1, line } };
      const cells = columns * rows;
      const cover = bands.map((_, k) =>
        Float32Array.from({ length: cells }, (_, cell) => ((cell * 7 + k * 11) % 100) / 100),
      );
      const values = new Float32Array(cells);
      new HalfMonthPractice(biologicalPracticeRules(), referenceKernels, practiceMemory(heapAllocator, cells)).evaluate(
        new Uint8Array(cells).fill(41),
        () => ({ cover, understorey: Number.NaN, erosivity }),
        values,
        new Uint8Array(cells),
      );
      for (const [cell, value] of values.entries()) {
        const [row, column] = [Math.floor(cell / columns), cell % columns];
        const rain = bands.map((_, k) => valueOfLine(halfMonths, k, row, column));
        const year = rain.reduce((sum, each) => sum + each, 0);
        expect(Math.abs(valueOfLine(erosivity.year, 0, row, column) - year)).toBeLessThan(1e-13 * year + 1e-300);
        const weights = rain.map((each) => each / year);
        const expected = biologicalPractice(
          41,
          cover.map((layer) => layer[cell]!),
          undefined,
          weights,
        );
        expect(Math.abs(value - expected)).toBeLessThan(Math.max(1e-6 * expected, 3e-8));
      }
    }),
    { ...seeded, numRuns: 20 },
  );
});
