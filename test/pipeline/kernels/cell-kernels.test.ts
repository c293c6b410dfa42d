import { createHash } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import type { Allocator } from '../../../models/kernels/allocator.ts';
import { heapAllocator } from '../../../models/kernels/allocator.ts';
import type { AnnualKernels } from '../../../models/kernels/annual-kernels.ts';
import { type CountedGround, slotsOfCells } from '../../../models/kernels/cell-slots.ts';
import { type CountingMemory, countingMemory, outcomes, slotNumbers } from '../../../models/kernels/counting-memory.ts';
import { epicLines } from '../../../models/kernels/epic-erodibility.ts';
import { referenceKernels } from '../../../models/kernels/reference-kernels.ts';
import { type Cube, cubeCells } from '../../../models/statistics/cube.ts';
import { encodeCube } from '../../../models/statistics/encode-cube.ts';
import { CubeCounter, type TileLayers, tileCube } from '../../../models/statistics/tile-cube.ts';
import { compiledKernels } from '../../../pipeline/kernels/kernel-set.ts';
import { wasmKernels } from '../../../pipeline/kernels/wasm-kernels.ts';
import { randomNumbers } from '../../support/kernel-cases.ts';

const module = compiledKernels();

/**
 * Runs a case on the reference and on WebAssembly, laid out in the memory of each. The case is built twice for the latter,
 * first with arrays of no length.
 */
function both<Result>(
  layOut: (allocator: Allocator) => (kernels: AnnualKernels) => Result,
): [reference: Result, compiled: Result] {
  const wasm = wasmKernels(module!);
  return [layOut(heapAllocator)(referenceKernels), wasm.layOut(layOut)(wasm.kernels)];
}

const filled = <Values extends Float32Array | Uint8Array | Uint16Array | Int32Array>(
  values: Values,
  value: () => number,
): Values => {
  for (let i = 0; i < values.length; i++) values[i] = value();
  return values;
};

const bits = (values: Float32Array): Uint32Array => new Uint32Array(values.slice().buffer);

/** Cells and lengths around the steps that kernels take. */
const lengths = [1, 3, 4, 15, 16, 17, 64, 1001];

describe('compiled kernels give the bits of the reference', () => {
  test.each(lengths)('values of %i cells: range, nodata, beyond all measure', (cells) => {
    const odd = [0, -0, 0.2, Math.fround(0.2), 3.4e38, -3.4e38, 1e37, Number.NaN, Infinity, -Infinity, -9999, 50];
    for (const range of [
      { low: 0, high: 0.2, scale: 1, offset: 0 },
      { low: 0, high: 100, scale: 0.1317, offset: 0.02 },
    ]) {
      const [expected, found] = both((allocator) => {
        const next = randomNumbers(cells);
        const pick = (): number => (next() < 0.4 ? odd[Math.floor(next() * odd.length)]! : next() * 2 - 0.5);
        const values = filled(allocator.float32(cells), pick);
        return (kernels) => (kernels.keepFloats(values, 50, range), bits(values));
      });
      expect(found).toEqual(expected);
      if (cells > 1000) expect(new Set(found).size).toBeGreaterThan(30);
    }
  });

  test.each(lengths)('erodibility of %i cells by texture', (cells) => {
    for (const [organicDivisor, line] of [
      [1, epicLines['epic-zhang2008-china']!],
      [1.724, epicLines['epic-williams1990']!],
    ] as const) {
      const [expected, found] = both((allocator) => {
        const next = randomNumbers(cells);
        const [sand, silt, clay, organic] = [1, 2, 3, 4].map(() => allocator.float32(cells)) as Float32Array[];
        for (let i = 0; i < sand!.length; i++) {
          const sandShare = next() < 0.1 ? Math.round(next()) : next();
          const siltShare = next() < 0.1 ? Math.round(next()) : next();
          sand![i] = next() < 0.02 ? Number.NaN : sandShare * 100 + (next() < 0.1 ? 3 : 0);
          silt![i] = (1 - sandShare) * siltShare * 100;
          clay![i] = (1 - sandShare) * (1 - siltShare) * 100;
          organic![i] = next() < 0.02 ? Number.NaN : next() < 0.1 ? 0 : next() * 15;
        }
        const out = allocator.float32(cells);
        const layers = { sand: sand!, silt: silt!, clay: clay!, organic: organic!, organicDivisor };
        return (kernels) => (kernels.erodibilityEpic(layers, line, out), bits(out));
      });
      expect(found).toEqual(expected);
      if (cells > 1000) {
        const values = [...new Float32Array(found.buffer)];
        expect(values.filter((value) => value > 0).length).toBeGreaterThan(cells / 2);
        expect(values.some(Number.isNaN)).toBe(true);
      }
    }
  });

  test.each(lengths)('look-ups of %i cells', (cells) => {
    const [expected, found] = both((allocator) => {
      const next = randomNumbers(cells + 1);
      const code = (): number => Math.floor(next() * 256);
      const codes = filled(allocator.uint8(cells), code);
      const index = filled(allocator.uint16(cells), () => Math.floor(next() * 500));
      const bytes = filled(allocator.uint8(256), code);
      const starts = filled(allocator.int32(256), () => (next() < 0.5 ? 0 : 500));
      const table = filled(allocator.float32(1000), () => (next() < 0.1 ? Number.NaN : next()));
      const marks = filled(allocator.uint8(256), () => (next() < 0.02 ? 1 << Math.floor(next() * 8) : 0));
      const [mapped, ...outs] = [allocator.uint8(cells), ...[1, 2, 3].map(() => allocator.float32(cells))] as const;
      return (kernels) => {
        kernels.mapBytes(codes, bytes, mapped);
        kernels.valuesOfBytes(codes, table, outs[0]!);
        kernels.valuesOfIndices(index, table, outs[1]!);
        kernels.valuesOfIndicesByCode(codes, starts, index, table, outs[2]!);
        return [mapped.slice(), ...outs.map(bits), kernels.anyOfBytes(codes, marks)];
      };
    });
    expect(found).toEqual(expected);
  });

  test.each(lengths)('moduli, classes and causes of %i cells', (cells) => {
    for (const gaps of [0, 0.002, 0.1])
      for (const practiceCount of [2, 3]) {
        const [expected, found] = both((allocator) => {
          const next = randomNumbers(cells + gaps * 1e4);
          const factor = (): Float32Array =>
            filled(allocator.float32(cells), () => (next() < gaps ? Number.NaN : next() < 0.02 ? 0 : next() * 8));
          const layers = {
            area: filled(allocator.uint16(cells), () => (next() < gaps ? 0 : 300)),
            slopeDegrees: factor(),
            rainfallErosivity: factor(),
            soilErodibility: factor(),
            slopeLengthFactor: factor(),
            slopeSteepnessFactor: factor(),
            landUse: filled(allocator.uint8(cells), () => (next() < gaps ? 0 : next() < gaps ? 255 : 11)),
            tolerance: filled(factor(), () => (next() < gaps ? Number.NaN : next() * 2500)),
          };
          const causes = filled(allocator.uint8(cells), () => (next() < 0.5 ? 0 : 7 + Math.floor(next() * 2)));
          const practices = [
            { values: factor(), causes, cause: 13 },
            { values: factor(), cause: 9 },
            { values: factor(), cause: 10 },
          ].slice(0, practiceCount);
          const common = { product: allocator.float32(cells), cause: allocator.uint8(cells) };
          const out = {
            modulus: allocator.float32(cells),
            intensity: allocator.uint8(cells),
            cause: allocator.uint8(cells),
          };
          return (kernels) => {
            kernels.evaluateCommon(layers, common);
            kernels.evaluate(common, layers.tolerance, practices, out);
            return {
              common: { product: bits(common.product), cause: common.cause.slice() },
              cause: out.cause.slice(),
              intensity: out.intensity.slice(),
              modulus: bits(out.modulus),
            };
          };
        });
        expect(found).toEqual(expected);
        if (cells < 1000) continue;
        expect(new Set(found.intensity).size).toBe(gaps === 0 ? 6 : 7);
        // All causes but those of practices that are not there, and cells with a value.
        if (gaps !== 0.002) expect(new Set(found.cause).size).toBe(gaps === 0 ? 1 : practiceCount + 12);
      }
  });

  test.each([1, 64, 1000])('classes of %i cells, at the limits and beside them', (cells) => {
    const near = (limit: number): number[] =>
      [-1, 0, 1].map(
        (step) => new Float32Array(Int32Array.of(new Int32Array(Float32Array.of(limit).buffer)[0]! + step).buffer)[0]!,
      );
    const limits = [200, 500, 1000, 2500, 5000, 8000, 15_000];
    const [expected, found] = both((allocator) => {
      const next = randomNumbers(cells);
      const some = (values: readonly number[]): Float32Array =>
        filled(allocator.float32(cells), () => values[Math.floor(next() * values.length)]!);
      const ones = some([1]);
      const tolerance = some([0, ...limits.flatMap(near)]);
      // A hundredth, which the equation multiplies by 100.
      const R = some([0, 30, Number.POSITIVE_INFINITY, ...limits.flatMap((limit) => near(limit / 100))]);
      const layers = {
        area: filled(allocator.uint16(cells), () => 1),
        slopeDegrees: ones,
        rainfallErosivity: R,
        soilErodibility: ones,
        slopeLengthFactor: ones,
        slopeSteepnessFactor: ones,
        landUse: filled(allocator.uint8(cells), () => 11),
        tolerance,
      };
      const out = {
        modulus: allocator.float32(cells),
        intensity: allocator.uint8(cells),
        cause: allocator.uint8(cells),
      };
      const common = { product: allocator.float32(cells), cause: allocator.uint8(cells) };
      const practices = [ones, some([0, 1, 1])].map((values) => ({ values, cause: 9 }));
      return (kernels) => {
        kernels.evaluateCommon(layers, common);
        kernels.evaluate(common, tolerance, practices, out);
        return [out.intensity.slice(), out.modulus.slice(), out.cause.slice()] as const;
      };
    });
    expect(found).toEqual(expected);
    if (cells === 1000) {
      // Infinity times 0 has neither a class nor a cause.
      expect([...new Set(found[0])].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
      expect(new Set(found[2])).toEqual(new Set([0]));
      for (const limit of limits) expect(found[1]).toContain(limit);
    }
  });
});

/** Layers of a tile with two zone sets, and land uses, slopes and gaps of every kind. */
function countedLayers(allocator: Allocator, cells: number, tuples: number, runLength: number, seed = 1): TileLayers {
  const next = randomNumbers(cells + tuples + seed);
  let county = 0;
  const edges = [2, 6, 15, 25, 1.9999999, 25.000002];
  const intensity = filled(allocator.uint8(cells), () => Math.floor(next() * 7));
  const cause = allocator.uint8(cells);
  for (let i = 0; i < cause.length; i++) cause[i] = intensity[i] === 0 ? 1 + Math.floor(next() * 31) : 0;
  const modulus = allocator.float32(cells);
  for (let i = 0; i < modulus.length; i++) modulus[i] = intensity[i] === 0 ? Number.NaN : next() * 20_000;
  return {
    zones: [
      filled(allocator.uint16(cells), () => (next() < 1 / runLength ? ++county % tuples : county % tuples)),
      filled(allocator.uint16(cells), () => (next() < 0.01 ? 1 : 0)),
    ],
    landUse: filled(allocator.uint8(cells), () => Math.floor(next() * 40)),
    slopeDegrees: filled(allocator.float32(cells), () =>
      next() < 0.02 ? Number.NaN : next() < 0.3 ? edges[Math.floor(next() * edges.length)]! : next() * 60,
    ),
    intensity,
    modulus,
    cause,
  };
}

const groundOf = ({ zones, landUse, slopeDegrees }: TileLayers): CountedGround => ({ zones, landUse, slopeDegrees });

/** A short text that tells cubes apart: the difference of long arrays takes minutes to print. */
const bytesOf = (cube: Cube): string => createHash('sha256').update(encodeCube(cube)).digest('hex');

/** Leaves memory as another tile does. */
function leaveBehind({ slots, variants }: CountingMemory): void {
  slots.fill(7);
  for (const { sums, counts, losses } of variants) for (const left of [sums, counts, losses]) left.fill(7);
}

describe('counting', () => {
  test.each([
    [1, 1, 1],
    [5, 2, 3],
    [4097, 3, 40],
    [4097, 100, 2],
  ])('%i cells in %i zones give one cube, whatever the kernels and the room in memory', (cells, zones, runLength) => {
    const expected = bytesOf(tileCube(countedLayers(heapAllocator, cells, zones, runLength)));
    for (const [blocks, tuples] of [
      [7, 3],
      [1024, 128],
    ] as const) {
      const [ofReference, compiled] = both((allocator) => {
        const layers = countedLayers(allocator, cells, zones, runLength);
        const sizes = { zoneSets: 2, slopeEdgesDegrees: [2, 6, 15, 25], blocks, tuples, cells: 1000, variants: 1 };
        const memory = countingMemory(allocator, sizes);
        leaveBehind(memory);
        return (kernels) => {
          const counter = new CubeCounter(2, kernels, memory);
          counter.add(layers, [layers]);
          return bytesOf(counter.cubes()[0]!);
        };
      });
      expect(ofReference).toEqual(expected);
      expect(compiled).toEqual(expected);
    }
  });

  test('a run and its scenarios, counted together, give the cubes that each gives alone', () => {
    const cells = 3001;
    const grounds = countedLayers(heapAllocator, cells, 20, 9);
    const others = [2, 3].map((seed) => countedLayers(heapAllocator, cells, 20, 9, seed));
    const expected = [grounds, ...others].map((outcome) => bytesOf(tileCube({ ...outcome, ...groundOf(grounds) })));
    expect(new Set(expected).size).toBe(3);
    for (const found of both((allocator) => {
      const layers = [1, 2, 3].map((seed) => countedLayers(allocator, cells, 20, 9, seed));
      const sizes = { zoneSets: 2, slopeEdgesDegrees: [2, 6, 15, 25], blocks: 50, tuples: 9, cells: 777, variants: 3 };
      const memory = countingMemory(allocator, sizes);
      leaveBehind(memory);
      return (kernels) => {
        const counter = new CubeCounter(2, kernels, memory);
        for (const [from, to] of [
          [0, 1],
          [1, 1500],
          [1500, cells],
        ] as const)
          counter.add(layers[0]!, layers, from, to);
        return counter.cubes().map(bytesOf);
      };
    }))
      expect(found).toEqual(expected);
  });

  test.each([
    ['a class beyond six', { intensity: 7 }],
    ['no class and no cause', { intensity: 0, cause: 0 }],
    ['a cause beyond those there are', { intensity: 0, cause: 32 }],
    ['a class without a modulus', { modulus: Number.NaN }],
    ['a negative modulus', { modulus: -1 }],
    ['an endless modulus', { modulus: Number.POSITIVE_INFINITY }],
  ])('stops at a cell with %s', (_, fault) => {
    for (const at of [0, 6, 12, 16, 31, 33])
      for (const found of both((allocator) => {
        const cells = {
          intensity: allocator.uint8(35).fill(2),
          modulus: allocator.float32(35).fill(1500),
          cause: allocator.uint8(35).fill(0),
        };
        for (const [name, value] of Object.entries(fault))
          (cells[name as keyof typeof cells] as Uint8Array)[at] = value;
        const slots = allocator.int32(34).fill(0);
        const sums = allocator.float64(outcomes * slotNumbers);
        return (kernels) => [
          kernels.countCells(cells, 0, 34, slots, sums),
          kernels.countCells(cells, at + 1, 35, slots, sums),
        ];
      }))
        expect(found).toEqual([at, 35]);
  });

  test('of zones of 16 bits, and of sixteen cells at a time, is left to the compiled kernels', () => {
    const instead = [vi.spyOn(referenceKernels, 'slotsOfCells'), vi.spyOn(referenceKernels, 'countCells')];
    const wasm = wasmKernels(module!);
    const counted = wasm.layOut((allocator) => {
      const layers = countedLayers(allocator, 1600, 3, 40);
      const sizes = { zoneSets: 2, slopeEdgesDegrees: [2, 6], blocks: 7, tuples: 3, cells: 160, variants: 1 };
      const memory = countingMemory(allocator, sizes);
      return () => {
        const counter = new CubeCounter(2, wasm.kernels, memory);
        // One block of counters: where a new one is set up, cells may be left that are no sixteen.
        layers.landUse.fill(11);
        for (const zones of layers.zones) zones.fill(1);
        counter.add(layers, [layers]);
        return counter.cubes()[0]!;
      };
    })();
    expect(cubeCells(counted)).toBe(1600);
    for (const spy of instead) expect(spy).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });

  test.each([
    ['of zones that are not held', { zones: 5 }],
    ['of land use without a block', { landUse: 12 }],
  ])('finds no slot for a cell %s', (_, { zones = 4, landUse = 11 }: { zones?: number; landUse?: number }) => {
    for (const at of [0, 1, 6, 12])
      for (const found of both((allocator) => {
        const ground = {
          zones: [allocator.uint16(13).fill(4)],
          landUse: allocator.uint8(13).fill(11),
          slopeDegrees: allocator.float32(13).fill(3),
        };
        ground.zones[0]![at] = zones;
        ground.landUse[at] = landUse;
        const sizes = { zoneSets: 1, slopeEdgesDegrees: [2, 6], blocks: 1, tuples: 1, cells: 13, variants: 1 };
        const memory = countingMemory(allocator, sizes);
        memory.zones.fill(4);
        memory.starts.fill(-1);
        memory.starts.fill(100, 11, 12);
        return (kernels) => {
          const end = kernels.slotsOfCells(ground, 0, 13, memory, 1);
          return [end, ...memory.slots.subarray(0, end)];
        };
      }))
        expect(found).toEqual([at, ...Array.from({ length: at }, () => 100 + 2 * outcomes)]);
  });

  test('slope bands end at the edge in double precision', () => {
    const sizes = { zoneSets: 0, slopeEdgesDegrees: [0.1, 5.3], blocks: 1, tuples: 1, cells: 2, variants: 1 };
    const memory = countingMemory(heapAllocator, sizes);
    memory.starts.fill(0);
    const slopes = Float32Array.of(0.1, 5.3);
    const ground = { zones: [], landUse: Uint8Array.of(11, 11), slopeDegrees: slopes };
    expect(slotsOfCells(ground, 0, 2, memory, 1)).toBe(2);
    const bandOf = (slope: number): number => 1 + [0.1, 5.3].filter((edge) => slope > edge).length;
    expect([...memory.slots]).toEqual([...slopes].map((slope) => bandOf(slope) * outcomes));
  });
});
