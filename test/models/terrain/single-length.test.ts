import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { desmetGovers1996, flowWidthWeight } from '../../../models/factors/slope-length-area-desmet-govers1996.ts';
import {
  exponentChoices,
  slopeLengthExponent,
  slopeLengthExponentSteps,
} from '../../../models/factors/slope-length-exponent.ts';
import { csleFosterWischmeier1974 } from '../../../models/factors/slope-length-segment-foster-wischmeier1974.ts';
import { rusleWischmeierSmith1978 } from '../../../models/factors/slope-length-whole-wischmeier-smith1978.ts';
import { edgeCells } from '../../../models/terrain/edge-cells.ts';
import { singleExponent } from '../../../models/terrain/exponent-steps.ts';
import {
  type LengthCells,
  type SingleLengthFactor,
  singleAreaFactor,
  singleSegmentFactor,
  singleWholeFactor,
} from '../../../models/terrain/single-length-factor.ts';
import { downslopeAzimuthDegrees, inverseFlowWidths } from '../../../models/terrain/slope-horn1981.ts';
import {
  areaLengthFactor,
  segmentLengthFactor,
  wholeLengthFactor,
} from '../../../models/terrain/slope-length-factor.ts';
import { single } from '../../support/single-floats.ts';
import { fractalTerrain } from '../../support/terrains.ts';
import { vectorsOf } from '../../support/vectors.ts';

/** Where m comes from; 10³⁰ and more rills have m = 1. */
const choice = fc.record({
  exponent: fc.constantFrom(...exponentChoices),
  rillSusceptibility: fc.constantFrom(0.5, 1, 2, 1e-300, 1e300),
});
const cellSizeMetres = fc.constantFrom(0.5, 2, 10, 30, 100);
const slope = fc.oneof(
  single(1e-6, 89),
  fc.constantFrom(...Float32Array.of(0, 1, 3, 5, 0.1, 5.142764568)),
  single(1e-6, 1e-3),
);

/** Lengths from the divide to far beyond any slope, whole units of a cell/65536, on cells of 0.5 … 100 m. */
const segment = fc.record({
  units: fc.oneof(
    fc.integer({ min: 1, max: 10 * 65536 }),
    fc.integer({ min: 1, max: 0xffffffff }),
    fc.constantFrom(32768, 46341, 65536, 0xffffffff),
  ),
  direction: fc.constantFrom(0, 1, 2, 64, 128),
  slope,
  cellSizeMetres,
  capMetres: fc.constantFrom(Number.POSITIVE_INFINITY, 122, 300),
  maxLengthMetres: fc.constantFrom(null, 20, 300),
  choice,
});

/** Tries a raster of one cell in single precision and in double; the largest relative difference. */
function worstOf<Formula>(
  method: { prepare(options: Parameters<typeof csleFosterWischmeier1974.prepare>[0]): Formula },
  inDouble: (...raster: [Uint32Array, Uint8Array, Float32Array, number, number, Formula]) => Float32Array,
  inSingle: typeof singleSegmentFactor,
): number {
  let worst = 0;
  fc.assert(
    fc.property(segment, (cell) => {
      const formula = method.prepare({ ...cell.choice, maxLengthMetres: cell.maxLengthMetres });
      const lengthUnits = Uint32Array.of(cell.units);
      const direction = Uint8Array.of(cell.direction);
      const angle = Float32Array.of(cell.slope);
      const sizes = [cell.cellSizeMetres, cell.capMetres] as const;
      const [expected] = inDouble(lengthUnits, direction, angle, ...sizes, formula);
      const factor = { exponents: slopeLengthExponentSteps(cell.choice), maxLengthMetres: cell.maxLengthMetres };
      const [found] = inSingle({ lengthUnits, direction, slope: angle }, ...sizes, factor);
      const error = Math.abs(found! / expected! - 1);
      worst = Math.max(worst, error);
      expect(error).toBeLessThan(2e-6);
    }),
    { seed: 1974, numRuns: 8000 },
  );
  return worst;
}

describe('L in single precision', () => {
  test('of segments is within 2·10⁻⁶ of the formula in double, for every exponent', () => {
    expect(worstOf(csleFosterWischmeier1974, segmentLengthFactor, singleSegmentFactor)).toBeGreaterThan(1e-8);
  });

  test('of whole slopes is within 2·10⁻⁶ of the formula in double, for every exponent', () => {
    expect(worstOf(rusleWischmeierSmith1978, wholeLengthFactor, singleWholeFactor)).toBeGreaterThan(1e-8);
  });

  test('of areas is within 3·10⁻⁶ of the formula in double up to a million cells, 10⁻⁵ beyond', () => {
    const area = fc.record({
      cells: fc.oneof(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 1e6 }),
        fc.integer({ min: 1e6, max: 0xffffffff }),
      ),
      azimuth: single(0, 360),
      slope,
      cellSizeMetres,
      choice,
    });
    fc.assert(
      fc.property(area, ({ cells, azimuth, slope, cellSizeMetres: size, choice }) => {
        const [accumulation, angle] = [Uint32Array.of(cells), Float32Array.of(slope)];
        const formula = desmetGovers1996.prepare(choice);
        const [expected] = areaLengthFactor(accumulation, Float32Array.of(azimuth), angle, size, formula);
        const width = Float32Array.of(1 / flowWidthWeight(azimuth));
        const [found] = singleAreaFactor(accumulation, width, angle, size, accountOf(choice));
        expect(Math.abs(found! / expected! - 1)).toBeLessThan(cells <= 1e6 ? 3e-6 : 1e-5);
      }),
      { seed: 1996, numRuns: 8000 },
    );
  });

  test('is 0 on channels, whose area counts, and NaN on nodata', () => {
    const factor = accountOf({ exponent: 'mccool1989', rillSusceptibility: 1 });
    const slope = Float32Array.of(4, Number.NaN);
    const cells: LengthCells = { lengthUnits: Uint32Array.of(0, 65536), direction: Uint8Array.of(1, 255), slope };
    for (const raster of [singleSegmentFactor, singleWholeFactor])
      expect(Array.from(raster(cells, 10, Number.POSITIVE_INFINITY, factor))).toEqual([0, Number.NaN]);
    const area = singleAreaFactor(Uint32Array.of(4001, 0), Float32Array.of(1, Number.NaN), slope, 10, factor);
    expect(area[0]).toBeGreaterThan(10);
    expect(area[1]).toBeNaN();
  });

  test('gives the worked vectors', () => {
    const near = (found: Float32Array, expected: number) =>
      expect(Math.abs(found[0]! - expected)).toBeLessThanOrEqual(2e-6 * expected);
    const mccool = accountOf({ exponent: 'mccool1989', rillSusceptibility: 1 });
    const csle = accountOf({ exponent: 'csle-1-3-5-degrees', rillSusceptibility: 1 });
    const at = (outletMetres: number, theta: number): LengthCells => ({
      lengthUnits: Uint32Array.of(Math.max(0, Math.round((outletMetres / 10) * 65536 - 32768))),
      direction: Uint8Array.of(1),
      slope: Float32Array.of(theta),
    });
    const groups = ['R3 ', 'R6 ', 'C9 '].map(vectorsOf);
    for (const vectors of groups) expect(vectors.length).toBeGreaterThan(3);
    const [whole, areas, segments] = groups as [(typeof groups)[0], (typeof groups)[0], (typeof groups)[0]];
    for (const { inputs, out } of whole)
      near(singleWholeFactor(at(+inputs.lambda_m!, +inputs.theta_deg!), 10, 1e9, mccool), out[1]!);
    for (const { inputs, out } of segments)
      near(singleSegmentFactor(at(+inputs.lam_out!, +inputs.theta_deg!), 10, 1e9, csle), out[0]!);
    for (const { inputs, out } of areas) {
      const size = +inputs.D_m!;
      const cells = Uint32Array.of(Math.round(+inputs.A_in_m2! / size ** 2) + 1);
      const width = Float32Array.of(1 / flowWidthWeight(+inputs.aspect_deg!));
      near(singleAreaFactor(cells, width, Float32Array.of(+inputs.theta_deg!), size, mccool), out[1]!);
    }
  });
});

const accountOf = (choice: Parameters<typeof slopeLengthExponentSteps>[0]): SingleLengthFactor => ({
  exponents: slopeLengthExponentSteps(choice),
  maxLengthMetres: null,
});

test('exponents in single precision are within 10⁻⁶ of those in double, in the same step', () => {
  fc.assert(
    fc.property(choice, slope, (choice, slope) => {
      const expected = slopeLengthExponent(choice)(slope);
      const found = singleExponent(slopeLengthExponentSteps(choice))(slope);
      // Where rills are nothing, or all, m is 0 or 1 to every digit that L shows.
      expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-6 * expected + 1e-20);
    }),
    { seed: 1989, numRuns: 5000 },
  );
});

test('widths of flow are those of the azimuth, also beside gaps', () => {
  const { width, height, elevation } = fractalTerrain(60, 50, 8);
  const holes = elevation.map((z, i) => (i % 37 === 5 ? Number.NaN : z));
  holes.fill(400, 20 * width, 23 * width);
  const edges = edgeCells(holes, width, height);
  const azimuth = downslopeAzimuthDegrees(holes, edges, width, height, 10);
  const found = inverseFlowWidths(holes, edges, width, height, 10);
  for (const [i, each] of found.entries()) {
    if (Number.isNaN(azimuth[i])) expect(each).toBeNaN();
    // Azimuths are rounded to 3·10⁻⁷ of a radian.
    else expect(Math.abs(each * flowWidthWeight(azimuth[i]!) - 1)).toBeLessThan(6e-7);
  }
  expect(azimuth.filter((each) => each < 0).length).toBeGreaterThan(10);
});

test('widths of flow on planes stay as close as they say', () => {
  const rise = fc.integer({ min: -500, max: 500 });
  fc.assert(
    fc.property(rise, rise, (east, south) => {
      fc.pre(east !== 0 || south !== 0);
      const plane = Float32Array.from({ length: 9 }, (_, i) => 2000 + east * (i % 3) + south * Math.floor(i / 3));
      const found = inverseFlowWidths(plane, edgeCells(plane, 3, 3), 3, 3, 1);
      const expected = Math.hypot(east, south) / (Math.abs(east) + Math.abs(south));
      for (const each of found) expect(Math.abs(each / expected - 1)).toBeLessThan(3e-7);
    }),
    { seed: 4, numRuns: 2000 },
  );
});
