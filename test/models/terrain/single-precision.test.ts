import fc from 'fast-check';
import { expect, test } from 'vitest';
import { singlePower } from '../../../models/arithmetic/single-power.ts';
import { singleSine } from '../../../models/arithmetic/single-sine.ts';
import { exponentSteps } from '../../../models/factors/exponent-table.ts';
import { csleFosterWischmeier1974 } from '../../../models/factors/slope-length-segment-foster-wischmeier1974.ts';
import {
  slopeSteepnessCsle,
  slopeSteepnessCsleBands,
  slopeSteepnessCsleDefaults,
} from '../../../models/factors/slope-steepness-csle-liu1994.ts';
import { slopeLengthExponentTables } from '../../../models/parameters/slope-length-exponents.ts';
import { segmentLengthFactor } from '../../../models/terrain/slope-length-factor.ts';
import { bandedSteepnessFactor } from '../../../models/terrain/slope-steepness-factor.ts';
import { steppedLengthFactor } from '../../../models/terrain/stepped-length-factor.ts';

const float = (min: number, max: number) =>
  fc.float({ min: Math.fround(min), max: Math.fround(max), noNaN: true, noDefaultInfinity: true });

test('single powers stay as close as they say', () => {
  expect(singlePower(0, 0.5)).toBe(0);
  expect(singlePower(1, 0.3)).toBe(Math.fround(1.0000001192092896));
  fc.assert(
    fc.property(float(1e-6, 1e7), float(0.01, 2), (base, exponent) => {
      const error = Math.abs(singlePower(base, exponent) / base ** exponent - 1);
      expect(error).toBeLessThan(1e-7 * (3 + Math.abs(exponent * Math.log2(base))));
    }),
    { seed: 22, numRuns: 3000 },
  );
});

test('single sines stay as close as they say', () => {
  for (let degrees = 0.001; degrees <= 90; degrees *= 1.01) {
    const angle = Math.fround(degrees);
    expect(Math.abs(singleSine(angle) / Math.sin((angle * Math.PI) / 180) - 1)).toBeLessThan(3e-7);
  }
  expect(singleSine(Number.NaN)).toBeNaN();
});

/** Lengths from the divide to far beyond any slope, whole units of a cell/65536, on cells of 0.5 … 100 m. */
const segment = fc.record({
  units: fc.oneof(
    fc.integer({ min: 1, max: 10 * 65536 }),
    fc.integer({ min: 1, max: 0xffffffff }),
    fc.constantFrom(32768, 46341, 65536, 0xffffffff),
  ),
  direction: fc.constantFrom(0, 1, 2, 64, 128),
  slope: float(0, 89),
  cellSizeMetres: fc.constantFrom(0.5, 2, 10, 30, 100),
  capMetres: fc.constantFrom(Number.POSITIVE_INFINITY, 122, 300),
  maxLengthMetres: fc.constantFrom(null, 20, 300),
  table: fc.constantFrom(...slopeLengthExponentTables),
});

test('L in single precision is within 2·10⁻⁶ of the formula in double, for every table of exponents', () => {
  let worst = 0;
  fc.assert(
    fc.property(segment, ({ units, direction, slope, cellSizeMetres, capMetres, maxLengthMetres, table }) => {
      const formula = csleFosterWischmeier1974.prepare({ exponent: table.id, maxLengthMetres });
      const cell = [Uint32Array.of(units), Uint8Array.of(direction), Float32Array.of(slope)] as const;
      const [expected] = segmentLengthFactor(...cell, cellSizeMetres, capMetres, formula);
      const steps = { ...exponentSteps(table), maxLengthMetres };
      const [found] = steppedLengthFactor(...cell, cellSizeMetres, capMetres, steps);
      const error = Math.abs(found! / expected! - 1);
      worst = Math.max(worst, error);
      expect(error).toBeLessThan(2e-6);
    }),
    { seed: 1974, numRuns: 6000 },
  );
  expect(worst).toBeGreaterThan(1e-8);
});

test('L in single precision is 0 on channels and NaN on nodata', () => {
  const steps = { ...exponentSteps(slopeLengthExponentTables[0]), maxLengthMetres: null };
  const layers = [Uint32Array.of(0, 65536), Uint8Array.of(1, 255), Float32Array.of(4, Number.NaN)] as const;
  expect(Array.from(steppedLengthFactor(...layers, 10, Number.POSITIVE_INFINITY, steps))).toEqual([0, Number.NaN]);
});

test('S in single precision is within 10⁻⁶ of the formula in double, in the same band', () => {
  const parameters = { ...slopeSteepnessCsleDefaults, moderateFromDegrees: 5.1, maxSlopeDegrees: 60.3 };
  const limits = [5.1, 10, 60.3].flatMap((limit) => [-2, -1, 0, 1, 2].map((ulps) => limit * (1 + ulps * 6e-8)));
  const slopes = Float32Array.from([...limits, ...Array.from({ length: 9000 }, (_, i) => i / 100)]);
  bandedSteepnessFactor(slopes, slopeSteepnessCsleBands(parameters)).forEach((found, i) => {
    expect(Math.abs(found / slopeSteepnessCsle(slopes[i]!, parameters) - 1)).toBeLessThan(1e-6);
  });
  expect(bandedSteepnessFactor(Float32Array.of(Number.NaN), slopeSteepnessCsleBands(parameters))[0]).toBeNaN();
});
