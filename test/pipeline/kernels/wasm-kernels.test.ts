import { describe, expect, test } from 'vitest';
import { biologicalPracticeRules } from '../../../models/factors/biological-practice-half-month-csle2018.ts';
import { type Allocator, heapAllocator } from '../../../models/kernels/allocator.ts';
import type { AnnualKernels } from '../../../models/kernels/annual-kernels.ts';
import { HalfMonthPractice, practiceMemory } from '../../../models/kernels/half-month-practice.ts';
import { referenceKernels } from '../../../models/kernels/reference-kernels.ts';
import { rowWeights } from '../../../pipeline/formats/bilinear-row.ts';
import { compiledKernels } from '../../../pipeline/kernels/kernel-set.ts';
import { WasmKernels } from '../../../pipeline/kernels/wasm-kernels.ts';
import { bytePracticeCase, practiceCase, randomNumbers } from '../../support/kernel-cases.ts';

const module = compiledKernels();
const bits = (values: Float32Array): Uint32Array => new Uint32Array(values.slice().buffer);

test('the build leaves compiled kernels', () => {
  expect(module, 'run `npm run build`').toBeDefined();
});

/** Runs a case on the reference and on WebAssembly, laid out in the memory of each. */
function both<Result>(run: (kernels: AnnualKernels, allocator: Allocator) => Result): [Result, Result] {
  const wasm = new WasmKernels(module!);
  // The second call lays out the arrays for good; the first only measures, and its arrays have no length.
  let calls = 0;
  const compiled = wasm.layOut((allocator) =>
    ++calls === 1 ? (run(referenceKernels, allocator), undefined) : run(wasm, allocator),
  );
  return [run(referenceKernels, heapAllocator), compiled!];
}

describe('compiled kernels give the bits of the reference', () => {
  test.each([1, 2, 7, 8, 511, 1000])('B of %i cells', (cells) => {
    const [expected, found] = both((kernels, allocator) => {
      const inputs = practiceCase(allocator, cells, cells);
      const kernel = new HalfMonthPractice(biologicalPracticeRules(), kernels, practiceMemory(allocator, cells));
      const values = allocator.float32(cells);
      const causes = allocator.uint8(cells);
      if (values.length === 0) return { values: bits(values), causes: '' };
      kernel.evaluate(inputs, values, causes);
      return { values: bits(values), causes: causes.join() };
    });
    expect(found).toEqual(expected);
    expect(cells < 100 || new Float32Array(found.values.buffer).some((value) => value > 0)).toBe(true);
  });

  test.each([1, 2, 3, 64, 1000])('B of %i cells from bytes of cover', (cells) => {
    for (const isWeighed of [true, false]) {
      const [expected, found] = both((kernels, allocator) => {
        const { halfMonth, ...inputs } = bytePracticeCase(allocator, cells, cells);
        const kernel = new HalfMonthPractice(biologicalPracticeRules(), kernels, practiceMemory(allocator, cells));
        const values = allocator.float32(cells);
        const causes = allocator.uint8(cells);
        if (values.length === 0) return { values: bits(values), causes: '' };
        kernel.evaluate({ ...inputs, halfMonth: isWeighed ? halfMonth : undefined }, values, causes);
        return { values: bits(values), causes: causes.join() };
      });
      expect(found).toEqual(expected);
      expect(cells < 100 || new Float32Array(found.values.buffer).some((value) => value > 0)).toBe(true);
    }
  });

  test('soil loss ratios in double precision', () => {
    const count = 4096;
    const [expected, found] = both((kernels, allocator) => {
      const next = randomNumbers(3);
      const memory = practiceMemory(allocator, count);
      const cover = allocator.float32(count);
      const erosivity = allocator.float32(count);
      for (let n = 0; n < cover.length; n++) {
        memory.cells[n] = n;
        cover[n] = next();
        erosivity[n] = next();
        memory.totals[n] = n % 9 === 0 ? 0 : 1 + next();
        memory.grounds[n] = next();
      }
      const at = { ...memory, count, cover: [cover], erosivity: [erosivity] };
      if (cover.length === 0) return undefined;
      kernels.sumCoverRatios(at, 1.25, 0.78845, 5.7967);
      const ofCover = memory.sums.slice(0, count);
      kernels.forestBases(count, memory.grounds, memory.bases, 0.44468, -3.20096);
      kernels.sumForestRatios(at, memory.grounds, memory.bases, 0.04099, 0.025);
      return [...ofCover, ...memory.sums.subarray(0, count)];
    });
    expect(found).toEqual(expected);
    expect(new Set(found).size).toBeGreaterThan(count / 2);
  });

  test.each([1, 2, 9, 512, 515])('bilinear rows of %i cells', (width) => {
    for (const [scale, shift] of [
      [1, 0],
      [0.01, -3],
    ] as const) {
      const [expected, found] = both((kernels, allocator) => {
        const next = randomNumbers(width);
        const sourceWidth = 37;
        const bands = [0, 0.002, 0.0002].map((gaps) => {
          const values = allocator.float32(sourceWidth * 11);
          for (let i = 0; i < values.length; i++) values[i] = next() < gaps ? Number.NaN : next() * 100 - 50;
          return values;
        });
        const weights = rowWeights(allocator, width);
        for (let c = 0; c < width && weights.offset.length > 0; c++) {
          // Some pixels hold one cell, others many.
          const isSame = c > 0 && next() < (c % 200 < 100 ? 0.1 : 0.95);
          weights.offset[c] = isSame ? weights.offset[c - 1]! : Math.floor(next() * sourceWidth * 9);
          for (const list of [weights.north, weights.south])
            for (const side of [0, weights.offset.length]) list[side + c] = Math.floor(next() * 2 ** 20) / 2 ** 20;
        }
        const out = bands.map(() => allocator.float32(width + 2));
        if (out[0]!.length === 0) return undefined;
        const hasGaps = kernels.bilinearBands(bands, sourceWidth, weights, scale, shift, out, 1);
        return { hasGaps, out: out.map((row) => row.slice(1, width + 1)) };
      });
      expect(found).toEqual(expected);
    }
  });

  test.each([1, 24])('sums of %i bands', (bandCount) => {
    const [expected, found] = both((kernels, allocator) => {
      const next = randomNumbers(bandCount);
      const bands = Array.from({ length: bandCount }, () => {
        const band = allocator.float32(101);
        for (let i = 0; i < band.length; i++) band[i] = next() < 0.01 ? Number.NaN : next() * 1e4;
        return band;
      });
      const out = allocator.float32(101);
      kernels.sumBands(bands, out);
      return out.slice();
    });
    expect(found).toEqual(expected);
  });
});

test('memory is made for a tile and serves the next ones that fit; arrays laid out before stay readable', () => {
  const kernels = new WasmKernels(module!);
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
