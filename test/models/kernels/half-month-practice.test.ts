import { describe, expect, test } from 'vitest';
import { causeCode } from '../../../models/erosion/nodata-cause.ts';
import {
  biologicalPractice,
  biologicalPracticeRules,
} from '../../../models/factors/biological-practice-half-month-csle2018.ts';
import { heapAllocator } from '../../../models/kernels/allocator.ts';
import { referenceKernels } from '../../../models/kernels/annual-kernels.ts';
import { HalfMonthPractice, practiceMemory } from '../../../models/kernels/half-month-practice.ts';
import { practiceCase } from '../../support/kernel-cases.ts';

const rules = biologicalPracticeRules({ '81': 0.5 });
const cells = 997;
const kernel = () => new HalfMonthPractice(rules, referenceKernels, practiceMemory(heapAllocator, cells));

describe('B of many cells', () => {
  test.each([1, 2, 3])('equals B of each cell, seed %i', (seed) => {
    const inputs = practiceCase(heapAllocator, cells, seed);
    const values = new Float32Array(cells);
    kernel().evaluate(inputs, values, new Uint8Array(cells));
    const expected = Float32Array.from(values, (_, i) => {
      const total = inputs.annual[i]!;
      const weights = inputs.halfMonth.map((layer) => (total > 0 ? layer[i]! / total : 1 / 24));
      const understorey = new Array(24).fill(inputs.understorey[i]!);
      const cover = inputs.cover.map((layer) => layer[i]!);
      return biologicalPractice(inputs.landUse[i]!, cover, understorey, weights, rules);
    });
    expect(values).toEqual(expected);
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
    new HalfMonthPractice(rules, referenceKernels, practiceMemory(heapAllocator, 4)).evaluate(inputs, values, causes);
    expect([...causes]).toEqual([0, causeCode.understorey, causeCode.cover, 0]);
    expect(values[0]).toBeGreaterThan(0);
    expect(values[3]).toBeGreaterThan(0);
  });

  test('has no value without cover, and says so', () => {
    const { cover: _, ...inputs } = practiceCase(heapAllocator, 3, 5);
    inputs.landUse.set([41, 11, 84]);
    const values = new Float32Array(3);
    const causes = new Uint8Array(3);
    kernel().evaluate({ ...inputs, cover: undefined }, values, causes);
    expect([...values]).toEqual([Number.NaN, 1, 0]);
    expect([...causes]).toEqual([causeCode.cover, 0, 0]);
  });
});
