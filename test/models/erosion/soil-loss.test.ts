import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { doublyCoveredCells } from '../../../models/erosion/double-cover.ts';
import {
  csleFactorOrder,
  erosionModulus,
  erosionModulusCsle,
  erosionModulusFloat32,
  soilLossCsle,
} from '../../../models/erosion/soil-loss.ts';

const seed = { seed: 20240501, numRuns: 60 };
const factor = fc.double({ min: 1e-4, max: 1e4, noNaN: true });
const factors = fc.record({ R: factor, K: factor, L: factor, S: factor, B: factor, E: factor, T: factor });

describe('soil loss', () => {
  it('is linear in each factor', () => {
    fc.assert(
      fc.property(
        factors,
        fc.constantFrom(...csleFactorOrder),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (all, which, times) => {
          const scaled = soilLossCsle({ ...all, [which]: all[which] * times });
          expect(scaled / (times * soilLossCsle(all))).toBeCloseTo(1, 12);
        },
      ),
      seed,
    );
  });

  it('is 0 where a factor is 0 and all others are known', () => {
    expect(soilLossCsle({ R: 4500, K: 0.005, L: 1, S: 0.03, B: 0, E: 1, T: 1 })).toBe(0);
  });

  it('is unknown where a factor is unknown, even beside a 0', () => {
    expect(soilLossCsle({ R: Number.NaN, K: 0.005, L: 1, S: 1, B: 0, E: 1, T: 1 })).toBeNaN();
    expect([
      ...erosionModulus([Float32Array.of(Number.NaN, 0, 5), Float32Array.of(0, Number.NaN, 2)], new Float32Array(3)),
    ]).toEqual([Number.NaN, Number.NaN, 1000]);
  });
});

describe('the modulus of a tile', () => {
  const layersOf = (rows: readonly Record<string, number>[]) =>
    csleFactorOrder.map((symbol) => Float32Array.from(rows, (row) => row[symbol]!));

  it('has the bits of the documented product, cell by cell', () => {
    fc.assert(
      fc.property(fc.array(factors, { minLength: 1, maxLength: 20 }), (rows) => {
        const layers = layersOf(rows);
        const modulus = erosionModulus(layers, new Float32Array(rows.length));
        for (let cell = 0; cell < rows.length; cell++)
          expect(modulus[cell]).toBe(erosionModulusFloat32(layers.map((layer) => layer[cell]!)));
      }),
      seed,
    );
  });

  it('is rounded to float32 after every product, ×100 last', () => {
    const [a, b, c] = [0.1, 0.7, 0.3].map(Math.fround) as [number, number, number];
    const product = Math.fround(Math.fround(a * b) * c);
    expect(erosionModulusFloat32([0.1, 0.7, 0.3])).toBe(Math.fround(product * 100));
  });

  it('keeps within the rounding of seven products of the double value', () => {
    fc.assert(
      fc.property(factors, (row) => {
        const exact = erosionModulusCsle(row);
        fc.pre(exact > 1e-30 && exact < 1e30);
        expect(Math.abs(erosionModulusFloat32(csleFactorOrder.map((symbol) => row[symbol])) / exact - 1)).toBeLessThan(
          15 * 2 ** -24,
        );
      }),
      seed,
    );
  });

  it('takes a number for a layer of one value, and may write over its first layer', () => {
    const [R, K] = [Float32Array.of(1000, 2000), Float32Array.of(0.02, 0.03)];
    const spread = erosionModulus([R, K, new Float32Array(2).fill(0.1)], new Float32Array(2));
    expect([...erosionModulus([R, K, 0.1], new Float32Array(2))]).toEqual([...spread]);
    expect([...erosionModulus([R, K, 0.1], R)]).toEqual([...spread]);
  });

  it('does not depend on the tile the cell lies in', () => {
    const rows = fc.sample(factors, { seed: 7, numRuns: 30 });
    const layers = layersOf(rows);
    const whole = erosionModulus(layers, new Float32Array(30));
    for (const size of [1, 2, 3, 7, 16, 31]) {
      const pieces: number[] = [];
      for (let from = 0; from < 30; from += size) {
        const part = layers.map((layer) => layer.slice(from, from + size));
        pieces.push(...erosionModulus(part, new Float32Array(part[0]!.length)));
      }
      expect(pieces).toEqual([...whole]);
    }
  });

  it('refuses layers of different sizes and no layers', () => {
    expect(() => erosionModulus([new Float32Array(3), new Float32Array(2)], new Float32Array(3))).toThrow(
      'factor 1: expected 3 cells, got 2',
    );
    expect(() => erosionModulus([], new Float32Array(3))).toThrow('at least one factor');
  });
});

describe('vegetation and tillage on one cell', () => {
  it('are counted where both are below 1', () => {
    const B = Float32Array.of(0.1, 1, 0.1, Number.NaN, 0.9);
    const T = Float32Array.of(0.4, 0.4, 1, 0.4, 0.9);
    expect(doublyCoveredCells(B, T)).toBe(2);
  });
});
