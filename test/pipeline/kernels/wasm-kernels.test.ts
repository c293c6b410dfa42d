import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { biologicalPracticeRules } from '../../../models/factors/biological-practice-half-month-csle2018.ts';
import { type Allocator, heapAllocator, slackBytes } from '../../../models/kernels/allocator.ts';
import type { AnnualKernels } from '../../../models/kernels/annual-kernels.ts';
import { HalfMonthPractice, practiceMemory } from '../../../models/kernels/half-month-practice.ts';
import { lineLength, paddedCount, sumLines } from '../../../models/kernels/line-rows.ts';
import { referenceKernels } from '../../../models/kernels/reference-kernels.ts';
import { compiledKernels } from '../../../pipeline/kernels/kernel-set.ts';
import { wasmKernels } from '../../../pipeline/kernels/wasm-kernels.ts';
import { bytePracticeCase, practiceCase, randomNumbers } from '../../support/kernel-cases.ts';

const module = compiledKernels();
const bits = (values: Float32Array): Uint32Array => new Uint32Array(values.slice().buffer);

test('the build leaves compiled kernels', () => {
  expect(module, 'run `npm run build`').toBeDefined();
});

describe('arrays of a tile', () => {
  const lengths = fc.oneof(fc.integer({ min: 0, max: 70 }), fc.integer({ min: 1000, max: 40_000 }));
  const kinds = fc.constantFrom('float32', 'float64', 'int32', 'uint16', 'uint8');

  test('lie apart in one memory, each aligned and with room for what kernels touch beyond its end', () => {
    const wasm = wasmKernels(module!);
    fc.assert(
      fc.property(fc.array(fc.tuple(kinds, lengths), { minLength: 1, maxLength: 30 }), (wanted) => {
        const arrays = wasm.layOut((allocator) => wanted.map(([kind, length]) => allocator[kind](length)));
        expect(arrays.map(({ length }) => length)).toEqual(wanted.map(([, length]) => length));
        const [{ buffer }] = arrays as [Float32Array];
        // The first page is the module's own.
        let free = 1 << 16;
        for (const array of arrays) {
          expect(array.buffer).toBe(buffer);
          expect(array.byteOffset % 16).toBe(0);
          expect(array.byteOffset).toBeGreaterThanOrEqual(free);
          free = array.byteOffset + array.byteLength + slackBytes;
        }
        expect(free).toBeLessThanOrEqual(buffer.byteLength);
      }),
      { seed: 16, numRuns: 60 },
    );
  });

  test('of one size, however large, do not wait for the same places of a cache', () => {
    const wasm = wasmKernels(module!);
    for (const length of [1 << 15, 1 << 18, 512 * 512]) {
      const layers = wasm.layOut((allocator) => Array.from({ length: 24 }, () => allocator.float32(length)));
      const starts = layers.map(({ byteOffset }) => byteOffset % (1 << 17)).sort((a, b) => a - b);
      const gaps = starts.map((start, at) => (starts[at + 1] ?? starts[0]! + (1 << 17)) - start);
      expect(Math.min(...gaps)).toBeGreaterThan(5000);
      // No two of them share a line of 64 bytes of 64 kB either.
      expect(new Set(layers.map(({ byteOffset }) => Math.floor((byteOffset % (1 << 16)) / 64))).size).toBe(24);
    }
  });
});

/** Kernels that are compiled for cells of any count, so that none is left to the reference. */
const wholly = [
  'linesOfPixels',
  'linesOfCells',
  'alongLines',
  'sumLines',
  'tabledPractice',
  'seasonalPractice',
] as const;

/** Runs a case on the reference and on WebAssembly, laid out in the memory of each. */
function both<Result>(run: (kernels: AnnualKernels, allocator: Allocator) => Result): [Result, Result] {
  const wasm = wasmKernels(module!);
  const instead = wholly.map((name) => vi.spyOn(referenceKernels, name));
  // The second call lays out the arrays for good; the first only measures, and its arrays have no length.
  let calls = 0;
  const compiled = wasm.layOut((allocator) =>
    ++calls === 1 ? (run(referenceKernels, allocator), undefined) : run(wasm.kernels, allocator),
  );
  for (const spy of instead) expect(spy).not.toHaveBeenCalled();
  vi.restoreAllMocks();
  return [run(referenceKernels, heapAllocator), compiled!];
}

describe('compiled kernels give the bits of the reference', () => {
  const coverKinds = ['bytes', 'layers', 'lines'] as const;

  test.each(coverKinds)('B from cover in %s', (kind) => {
    for (const rows of [1, 3])
      for (const width of [1, 2, 3, 64, 333])
        for (const isWeighed of [true, false]) {
          const [expected, found] = both((kernels, allocator) => {
            const cells = rows * width;
            const make = kind === 'bytes' ? bytePracticeCase : practiceCase;
            const inputs = {
              ...make(allocator, cells, cells),
              erosivity: isWeighed ? interpolatedErosivity(allocator, width, rows) : undefined,
              ...(kind === 'lines' ? { cover: interpolated(allocator, 24, width, rows, 1) } : {}),
            };
            const memory = practiceMemory(allocator, cells);
            const values = allocator.float32(cells);
            const causes = allocator.uint8(cells);
            if (values.length === 0) return { values: bits(values), causes: '' };
            new HalfMonthPractice(biologicalPracticeRules(), kernels, memory).evaluate(
              inputs.landUse,
              () => inputs,
              values,
              causes,
            );
            return { values: bits(values), causes: causes.join() };
          });
          expect(found).toEqual(expected);
          const b = new Float32Array(found.values.buffer);
          expect(rows * width < 100 || new Set(b).size > 30).toBe(true);
        }
  });

  test('soil loss ratios in single precision', () => {
    const count = 4096;
    for (const code of [22, 31, 41]) {
      const [expected, found] = both((kernels, allocator) => {
        const next = randomNumbers(code);
        const layer = (): Float32Array => {
          const values = allocator.float32(count);
          for (let i = 0; i < values.length; i++) values[i] = next();
          return values;
        };
        const cover = Array.from({ length: 24 }, layer);
        const understorey = layer();
        const landUse = allocator.uint8(count).fill(code);
        const memory = practiceMemory(allocator, count);
        const values = allocator.float32(count);
        if (values.length === 0) return undefined;
        const kernel = new HalfMonthPractice(biologicalPracticeRules(), kernels, memory);
        const inputs = { cover, understorey, erosivity: undefined };
        kernel.evaluate(landUse, () => inputs, values, allocator.uint8(count));
        return bits(values);
      });
      expect(found).toEqual(expected);
      expect(new Set(found).size).toBeGreaterThan(count / 2);
    }
  });

  test.each([1, 2, 9, 512, 515])('rows of %i cells on lines of pixels', (width) => {
    for (const [scale, shift] of [
      [1, 0],
      [0.01, -3],
    ] as const) {
      const [expected, found] = both((kernels, allocator) => {
        const next = randomNumbers(width);
        const pixels = 37;
        const rows = 3;
        const bands = [0, 0.002, 0.02].map((gaps) => {
          const values = allocator.float32(pixels * 11);
          for (let i = 0; i < values.length; i++) values[i] = next() < gaps ? Number.NaN : next() * 100 - 50;
          return values;
        });
        const { place, share } = somePlaces(allocator, next, width, pixels);
        const first = allocator.int32(rows);
        const below = allocator.float64(rows);
        for (let r = 0; r < first.length; r++) {
          first[r] = pixels * Math.floor(next() * 10);
          below[r] = Math.floor(next() * 2 ** 20) / 2 ** 20;
        }
        const line = allocator.float64(lineLength(rows * pixels, 3));
        const sums = allocator.float64(lineLength(rows * pixels, 1));
        const out = bands.map(() => allocator.float32(rows * width + 2));
        if (out[0]!.length === 0) return undefined;
        const hasGaps = kernels.linesOfPixels(bands, pixels, { first, below }, rows, scale, shift, line);
        const lines = { bands: 3, width, rows, place, share, shareStep: 0, places: pixels, line };
        kernels.alongLines(lines, out, 1);
        kernels.sumLines(lines, sums);
        const values = out.map((row) => bits(row.subarray(1, rows * width + 1)));
        return { hasGaps, values, sums: sums.slice(0, 2 * rows * pixels) };
      });
      expect(found).toEqual(expected);
      expect(found!.hasGaps).toBe(true);
    }
  });

  test.each([1, 2, 9, 515])('rows of %i cells on lines of their own', (width) => {
    const [expected, found] = both((kernels, allocator) => {
      const next = randomNumbers(width);
      const pixels = 37;
      const rows = 2;
      const bands = [0, 0.01].map((gaps) => {
        const values = allocator.float32(pixels * 11);
        for (let i = 0; i < values.length; i++) values[i] = next() < gaps ? Number.NaN : next() * 100 - 50;
        return values;
      });
      const cells = rows * width;
      const offset = allocator.int32(cells);
      const below = allocator.float64(cells);
      const share = allocator.float64(cells);
      for (let c = 0; c < offset.length; c++) {
        offset[c] = Math.floor(next() * pixels * 9);
        below[c] = Math.floor(next() * 2 ** 20) / 2 ** 20;
        share[c] = Math.floor(next() * 2 ** 20) / 2 ** 20;
      }
      const place = allocator.int32(paddedCount(width)).fill(0);
      for (let c = 0; c < width && c < place.length; c++) place[c] = c;
      const line = allocator.float64(lineLength(cells, 2));
      const out = bands.map(() => allocator.float32(cells));
      if (cells > out[0]!.length) return undefined;
      const hasGaps = kernels.linesOfCells(bands, pixels, { offset, below }, cells, 0.5, 2, line);
      kernels.alongLines({ bands: 2, width, rows, place, share, shareStep: width, places: width, line }, out, 0);
      return { hasGaps, values: out.map(bits) };
    });
    expect(found).toEqual(expected);
  });
});

/** Columns of a row among pixels: some of these hold one cell, others many. */
function somePlaces(allocator: Allocator, next: () => number, width: number, pixels: number) {
  const place = allocator.int32(paddedCount(width)).fill(0);
  const share = allocator.float64(paddedCount(width));
  for (let c = 0; c < width && c < place.length; c++) {
    const isSame = c > 0 && next() < (c % 200 < 100 ? 0.1 : 0.95);
    place[c] = isSame ? place[c - 1]! : Math.floor(next() * (pixels - 1));
    share[c] = Math.floor(next() * 2 ** 20) / 2 ** 20;
  }
  return { place, share };
}

/** Rows between seven pixels. */
function interpolated(allocator: Allocator, bands: number, width: number, rows: number, most: number) {
  const next = randomNumbers(width + bands);
  const places = 7;
  const line = allocator.float64(lineLength(places * rows, bands)).fill(0);
  for (let n = 0; n < line.length; n += 2) {
    line[n] = next() < 0.002 ? Number.NaN : 0.5 * next() * most;
    line[n + 1] = 0.5 * next() * most;
  }
  return { bands, width, rows, ...somePlaces(allocator, next, width, places), shareStep: 0, places, line };
}

/** The same of erosivity; two places of the first row have none. */
function interpolatedErosivity(allocator: Allocator, width: number, rows: number) {
  const halfMonths = interpolated(allocator, 24, width, rows, 300);
  halfMonths.line.fill(0, 0, 2 * 2 * 24);
  const line = allocator.float64(lineLength(halfMonths.places * rows, 1));
  if (line.length > 0) sumLines(halfMonths, line);
  return { halfMonths, year: { ...halfMonths, bands: 1, line } };
}

test('memory is made for a tile and serves the next ones that fit; arrays laid out before stay readable', () => {
  const kernels = wasmKernels(module!);
  const small = kernels.layOut((allocator) => allocator.float32(10));
  const large = kernels.layOut(
    (allocator) => [allocator.float32(1 << 20), allocator.uint8(3), allocator.float64(5)] as const,
  );
  expect(large.map((array) => array.length)).toEqual([1 << 20, 3, 5]);
  expect(new Set(large.map((array) => array.buffer)).size).toBe(1);
  expect(large[2].byteOffset % 8).toBe(0);
  expect(small.buffer).not.toBe(large[0].buffer);
  expect(small.length).toBe(10);
  const again = kernels.layOut((allocator) => allocator.float32(1 << 19));
  expect(again.buffer).toBe(large[0].buffer);
});
