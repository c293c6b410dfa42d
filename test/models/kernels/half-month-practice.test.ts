import { describe, expect, test } from 'vitest';
import { causeCode } from '../../../models/erosion/nodata-cause.ts';
import {
  biologicalPractice,
  biologicalPracticeRules,
} from '../../../models/factors/biological-practice-half-month-csle2018.ts';
import { heapAllocator } from '../../../models/kernels/allocator.ts';
import type { ByteLayers } from '../../../models/kernels/byte-layers.ts';
import { HalfMonthPractice, practiceMemory } from '../../../models/kernels/half-month-practice.ts';
import { referenceKernels } from '../../../models/kernels/reference-kernels.ts';
import { bytePracticeCase, erosivityLines, practiceCase } from '../../support/kernel-cases.ts';

const rules = biologicalPracticeRules({ '81': 0.5 });
const cells = 997;
const kernel = () => new HalfMonthPractice(rules, referenceKernels, practiceMemory(heapAllocator, cells));

describe('B of many cells', () => {
  test.each([1, 2, 3])('equals B of each cell, seed %i', (seed) => {
    const inputs = practiceCase(heapAllocator, cells, seed);
    const values = new Float32Array(cells);
    kernel().evaluate(inputs.landUse, () => inputs, values, new Uint8Array(cells));
    const expected = Float32Array.from(values, (_, i) => {
      const total = inputs.annual[i]!;
      const weights = inputs.halfMonth.map((layer) => (total > 0 ? layer[i]! / total : 1 / 24));
      const understorey = new Array(24).fill(inputs.understorey[i]!);
      const cover = inputs.cover.map((layer) => layer[i]!);
      return biologicalPractice(inputs.landUse[i]!, cover, understorey, weights, rules);
    });
    // The kernel has ratios in single precision and divides by the year's erosivity once: decisions 0012 and 0013.
    for (const [i, value] of values.entries())
      if (Number.isNaN(expected[i]!)) expect(value).toBeNaN();
      else expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(Math.max(1e-6 * expected[i]!, 3e-8));
    expect(values.some((value) => value > 0 && value < 1)).toBe(true);
  });

  test('names the cause where land that follows its cover has none, cover before understorey', () => {
    const inputs = practiceCase(heapAllocator, 4, 5);
    inputs.landUse.set([31, 31, 31, 41]);
    for (const layer of inputs.cover) layer.fill(0.5);
    inputs.understorey.set([0.3, Number.NaN, Number.NaN, Number.NaN]);
    inputs.cover[23]![2] = Number.NaN;
    const causes = new Uint8Array(4).fill(9);
    const values = new Float32Array(4);
    const four = new HalfMonthPractice(rules, referenceKernels, practiceMemory(heapAllocator, 4));
    expect(four.evaluate(inputs.landUse, () => inputs, values, causes)).toBe(true);
    expect([...causes]).toEqual([0, causeCode.understorey, causeCode.cover, 0]);
    expect(values[0]).toBeGreaterThan(0);
    expect(values[3]).toBeGreaterThan(0);
  });

  test.each([1, 2])('in bytes is to the bit what the fractions of the bytes give, seed %i', (seed) => {
    const stored = bytePracticeCase(heapAllocator, cells, seed);
    const fractions = ({ bands, values }: ByteLayers) =>
      bands.map((bytes) => Float32Array.from(bytes, (code) => values[code]!));
    const causes = [new Uint8Array(cells), new Uint8Array(cells)] as const;
    const none = stored.halfMonth.map(() => new Float32Array(cells));
    for (const erosivity of [stored.erosivity, erosivityLines(heapAllocator, none, cells), undefined])
      for (const understorey of [stored.understorey, 0.3, Number.NaN]) {
        const found = new Float32Array(cells);
        const expected = new Float32Array(cells);
        const inputs = { ...stored, erosivity };
        const isMissing = kernel().evaluate(stored.landUse, () => ({ ...inputs, understorey }), found, causes[0]);
        const ground = typeof understorey === 'number' ? understorey : fractions(understorey)[0]!;
        const floats = { ...inputs, cover: fractions(stored.cover), understorey: ground };
        expect(kernel().evaluate(stored.landUse, () => floats, expected, causes[1])).toBe(isMissing);
        expect(new Uint32Array(found.buffer)).toEqual(new Uint32Array(expected.buffer));
        expect(causes[0]).toEqual(causes[1]);
        expect(isMissing && new Set(causes[0]).has(causeCode.understorey)).toBe(understorey !== 0.3);
        expect(new Set(found).size).toBeGreaterThan(100);
      }
  });

  test('keeps tables of ratios only for the values they were made from', () => {
    const stored = bytePracticeCase(heapAllocator, cells, 3);
    const halved = { ...stored.cover, values: stored.cover.values.map((fraction) => fraction / 2) };
    const kept = kernel();
    const causes = new Uint8Array(cells);
    const b = (cover: ByteLayers, by: HalfMonthPractice) => {
      const values = new Float32Array(cells);
      by.evaluate(stored.landUse, () => ({ ...stored, cover }), values, causes);
      return values;
    };
    const first = b(stored.cover, kept);
    expect(b(halved, kept)).toEqual(b(halved, kernel()));
    expect(b(stored.cover, kept)).toEqual(first);
    expect(b(halved, kept)).not.toEqual(first);
  });

  test('has no value without cover, and says so', () => {
    const { cover: _, ...inputs } = practiceCase(heapAllocator, 3, 5);
    inputs.landUse.set([41, 11, 84]);
    const values = new Float32Array(3);
    const causes = new Uint8Array(3);
    expect(kernel().evaluate(inputs.landUse, () => ({ ...inputs, cover: undefined }), values, causes)).toBe(true);
    expect([...values]).toEqual([Number.NaN, 1, 0]);
    expect([...causes]).toEqual([causeCode.cover, 0, 0]);
  });

  test('asks for cover only where land follows it, and leaves the causes alone elsewhere', () => {
    const values = new Float32Array(2);
    const causes = new Uint8Array(2).fill(9);
    const never = () => {
      throw new Error('cover is not needed');
    };
    expect(kernel().evaluate(Uint8Array.of(11, 84), never, values, causes)).toBe(false);
    expect([...values, ...causes]).toEqual([1, 0, 9, 9]);
    expect(() => kernel().evaluate(Uint8Array.of(11, 41), never, values, causes)).toThrow('not needed');
  });
});
