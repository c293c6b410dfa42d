import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classDistanceSl190, classifyIntensity, waterErosionClass } from '../../../models/erosion/classify-sl190.ts';
import { mergeWaterWind } from '../../../models/erosion/merge-water-wind.ts';
import { classifySurfaceErosion, surfaceErosionClass } from '../../../models/erosion/slope-cover-fallback-sl190.ts';
import { classifyWindErosion } from '../../../models/erosion/wind-erosion-class.ts';

const seed = { seed: 20240501, numRuns: 100 };
const tolerance = fc.constantFrom(200, 500, 1000);
const modulus = fc.double({ min: 0, max: 30000, noNaN: true });

describe('intensity class', () => {
  it('puts a limit into the class above it, and 15000 into 极强烈', () => {
    const classes = [0, 199.9, 200, 2499.9, 2500, 4999.9, 5000, 7999.9, 8000, 15000, 15000.001].map((A) =>
      waterErosionClass(A, 200),
    );
    expect(classes).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6]);
  });

  it('depends on the region: 400 is 轻度 in the north and 微度 in Sichuan', () => {
    expect(waterErosionClass(400, 200)).toBe(2);
    expect(waterErosionClass(400, 500)).toBe(1);
  });

  it('takes the modulus per square kilometre: 25 t/hm² is 2500 t/km², 中度', () => {
    expect(waterErosionClass(25 * 100, 500)).toBe(3);
  });

  it('never falls when the modulus rises, and never rises with the tolerance', () => {
    fc.assert(
      fc.property(modulus, modulus, tolerance, tolerance, (a, b, T, U) => {
        expect(waterErosionClass(Math.max(a, b), T)).toBeGreaterThanOrEqual(waterErosionClass(Math.min(a, b), T));
        expect(waterErosionClass(a, Math.max(T, U))).toBeLessThanOrEqual(waterErosionClass(a, Math.min(T, U)));
      }),
      seed,
    );
  });

  it('is 0 where modulus or tolerance is missing, and only there', () => {
    expect(waterErosionClass(Number.NaN, 500)).toBe(0);
    expect(waterErosionClass(20000, Number.NaN)).toBe(0);
    fc.assert(
      fc.property(modulus, tolerance, (A, T) => {
        expect(waterErosionClass(A, T)).toBeGreaterThan(0);
      }),
      seed,
    );
  });

  it('of a tile follows the tolerance of each cell', () => {
    const A = Float32Array.of(400, 400, 400, Number.NaN, 16000);
    const T = Float32Array.of(200, 500, Number.NaN, 500, 1000);
    expect([...classifyIntensity(A, T, new Uint8Array(5))]).toEqual([2, 1, 0, 0, 6]);
    expect([...classifyIntensity(A, 200, new Uint8Array(5))]).toEqual([2, 2, 2, 0, 6]);
  });

  it('refuses a tolerance that cannot be one, and layers of different sizes', () => {
    const out = new Uint8Array(1);
    for (const wrong of [0, -1, 2501, Number.NaN])
      expect(() => classifyIntensity(new Float32Array(1), wrong, out)).toThrow('tolerable soil loss');
    expect(() => classifyIntensity(new Float32Array(1), new Float32Array(2), out)).toThrow('tolerance: expected 1');
  });

  it('says how far the next class is', () => {
    expect(classDistanceSl190(2600, 500)).toEqual({ code: 3, toLower: 100, toHigher: 2400 });
    expect(classDistanceSl190(100, 500)).toEqual({ code: 1, toLower: undefined, toHigher: 400 });
    expect(classDistanceSl190(16000, 500)).toEqual({ code: 6, toLower: 1000, toHigher: undefined });
    expect(classDistanceSl190(Number.NaN, 500)).toEqual({ code: 0, toLower: undefined, toHigher: undefined });
  });
});

describe('class by slope and cover', () => {
  it('has the table of the standard', () => {
    const row = (cover: number) => [6, 10, 20, 30, 40].map((slope) => surfaceErosionClass(slope, cover, false));
    expect([70, 50, 40, 20].map(row)).toEqual([
      [2, 2, 2, 3, 3],
      [2, 2, 3, 3, 4],
      [2, 3, 3, 4, 5],
      [3, 3, 4, 5, 6],
    ]);
    expect([6, 10, 20, 30, 40].map((slope) => surfaceErosionClass(slope, Number.NaN, true))).toEqual([2, 3, 4, 5, 6]);
  });

  it('keeps limits of slope in the band below and limits of cover in the row below', () => {
    expect(surfaceErosionClass(5, 0, false)).toBe(1);
    expect(surfaceErosionClass(5, 0, true)).toBe(1);
    expect([8, 8.0001].map((slope) => surfaceErosionClass(slope, 40, false))).toEqual([2, 3]);
    expect([75.0001, 75].map((cover) => surfaceErosionClass(30, cover, false))).toEqual([1, 3]);
    expect([60.0001, 60].map((cover) => surfaceErosionClass(20, cover, false))).toEqual([2, 3]);
  });

  it('rises with slope and falls with cover', () => {
    const slopes = fc.double({ min: 0, max: 89, noNaN: true });
    const covers = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(slopes, slopes, covers, covers, (a, b, c, d) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const [bare, green] = [Math.min(c, d), Math.max(c, d)];
        expect(surfaceErosionClass(high, c, false)).toBeGreaterThanOrEqual(surfaceErosionClass(low, c, false));
        expect(surfaceErosionClass(a, green, false)).toBeLessThanOrEqual(surfaceErosionClass(a, bare, false));
      }),
      seed,
    );
  });

  it('needs slope, and cover off cropland', () => {
    const slope = Float32Array.of(Number.NaN, 20, 20, 20);
    const cover = Float32Array.of(50, Number.NaN, Number.NaN, 50);
    const cropland = Uint8Array.of(0, 0, 1, 0);
    expect([...classifySurfaceErosion(slope, cover, cropland, new Uint8Array(4))]).toEqual([0, 0, 4, 3]);
  });
});

describe('wind erosion', () => {
  it('is classed with a tolerance of 200', () => {
    const wind = Float32Array.of(199, 200, 2500, 15000, 15001, Number.NaN);
    expect([...classifyWindErosion(wind, new Uint8Array(6))]).toEqual([1, 2, 3, 5, 6, 0]);
  });

  it('counts a cell once: the higher class, water on a tie, nothing without water', () => {
    const water = Uint8Array.of(2, 2, 3, 1, 0, 4);
    const wind = Uint8Array.of(4, 2, 2, 1, 5, 0);
    const agent = new Uint8Array(6);
    expect([...mergeWaterWind(water, wind, agent, new Uint8Array(6))]).toEqual([4, 2, 3, 1, 0, 4]);
    expect([...agent]).toEqual([2, 1, 1, 1, 0, 1]);
  });
});
