import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slopeDegreesFromPercent } from '../../../models/erosion/slope-units.ts';
import { factorMethod } from '../../../models/factors/registry.ts';
import {
  flowWidthWeight,
  slopeLengthDesmetGovers,
} from '../../../models/factors/slope-length-area-desmet-govers1996.ts';
import { exponentChoices, slopeLengthExponent } from '../../../models/factors/slope-length-exponent.ts';
import { slopeLengthSegment } from '../../../models/factors/slope-length-segment-foster-wischmeier1974.ts';
import { slopeLengthWhole } from '../../../models/factors/slope-length-whole-wischmeier-smith1978.ts';
import { slopeSteepnessMccool1987 } from '../../../models/factors/slope-steepness-mccool1987.ts';

const seed = { seed: 20240501, numRuns: 100 };
const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe('slope steepness', () => {
  it('has the values of flat land', () => {
    expect(factorMethod('slopeSteepness', 'csle-liu1994').evaluate(0)).toBe(0.03);
    expect(factorMethod('slopeSteepness', 'mccool1987').evaluate(0)).toBe(0.03);
    expect(factorMethod('slopeSteepness', 'nearing1997').evaluate(0)).toBeCloseTo(0.04909, 6);
    expect(factorMethod('slopeSteepness', 'usle1978').evaluate(0)).toBe(0.065);
  });

  it('is 1 on the unit plot of 9 % within 2 %', () => {
    for (const id of ['mccool1987', 'nearing1997', 'usle1978'] as const)
      expect(Math.abs(factorMethod('slopeSteepness', id).evaluate(slopeDegreesFromPercent(9)) - 1)).toBeLessThan(0.02);
  });

  it('falls at 5° and rises at 10° in CSLE; both angles belong to the branch above', () => {
    const steepness = factorMethod('slopeSteepness', 'csle-liu1994').evaluate;
    expect(steepness(5 - 1e-9)).toBeCloseTo(0.971282, 6);
    expect(steepness(5)).toBeCloseTo(0.964216, 6);
    expect(steepness(10 - 1e-9)).toBeCloseTo(2.417289, 6);
    expect(steepness(10)).toBeCloseTo(2.842895, 6);
  });

  it('changes branch at 9 percent in RUSLE, not at 9 degrees', () => {
    const nine = slopeDegreesFromPercent(9);
    expect(nine).toBeCloseTo(5.142765, 6);
    expect(slopeSteepnessMccool1987(nine)).toBeCloseTo(16.8 * Math.sin(Math.atan(0.09)) - 0.5, 14);
    expect(slopeSteepnessMccool1987(nine - 1e-9)).toBeCloseTo(10.8 * Math.sin(Math.atan(0.09)) + 0.03, 8);
    expect(slopeSteepnessMccool1987(7)).toBeCloseTo(1.5474, 4);
  });

  it('rises with slope inside every branch', () => {
    for (const id of ['csle-liu1994', 'mccool1987', 'nearing1997', 'usle1978'] as const) {
      const steepness = factorMethod('slopeSteepness', id).evaluate;
      fc.assert(
        fc.property(number(0, 89), number(1e-3, 1), (slope, step) => {
          const branch = (degrees: number) =>
            [5, slopeDegreesFromPercent(9), 10].filter((limit) => degrees >= limit).length;
          fc.pre(branch(slope) === branch(slope + step));
          expect(steepness(slope + step)).toBeGreaterThan(steepness(slope));
        }),
        seed,
      );
    }
  });
});

describe('exponent of slope length', () => {
  it('stays in 0–1 and never falls with slope, whatever the table', () => {
    for (const exponent of exponentChoices) {
      const m = slopeLengthExponent({ exponent, rillSusceptibility: 1 });
      fc.assert(
        fc.property(number(0, 89), number(0, 1), (slope, step) => {
          expect(m(slope)).toBeGreaterThanOrEqual(0);
          expect(m(slope)).toBeLessThan(1);
          expect(m(slope + step)).toBeGreaterThanOrEqual(m(slope));
        }),
        seed,
      );
    }
  });

  it('belongs to the lower row at 1°, 3° and 5° in CSLE, to the upper at 1, 3.5 and 5 % in USLE', () => {
    const csle = factorMethod('slopeLengthExponent', 'csle-liu2000').evaluate;
    expect([1, 1.0001, 3, 3.0001, 5, 5.0001].map(csle)).toEqual([0.2, 0.3, 0.3, 0.4, 0.4, 0.5]);
    const usle = factorMethod('slopeLengthExponent', 'usle1978').evaluate;
    expect([0.99, 1, 3.49, 3.5, 4.99, 5].map(slopeDegreesFromPercent).map(usle)).toEqual([
      0.2, 0.3, 0.3, 0.4, 0.4, 0.5,
    ]);
  });

  it('is 0.2 on flat land in CSLE and 0 in RUSLE', () => {
    expect(factorMethod('slopeLengthExponent', 'csle-liu2000').evaluate(0)).toBe(0.2);
    expect(factorMethod('slopeLengthExponent', 'mccool1989').evaluate(0)).toBe(0);
  });
});

describe('slope length', () => {
  const exponents = number(0, 0.8);

  it('is 0 without length, also where 0⁰ would be 1', () => {
    expect(slopeLengthWhole(0, 0)).toBe(0);
    expect(slopeLengthWhole(-1, 0.5)).toBe(0);
    expect(slopeLengthSegment(0, 0, 0.5)).toBe(0);
    expect(factorMethod('slopeLength', 'rusle-wischmeier-smith1978').evaluate(0, 0)).toBe(0);
  });

  it('is 1 on the unit plot', () => {
    fc.assert(
      fc.property(exponents, (exponent) => {
        expect(slopeLengthWhole(22.13, exponent)).toBeCloseTo(1, 12);
        expect(slopeLengthSegment(0, 22.13, exponent)).toBeCloseTo(1, 12);
        expect(slopeLengthDesmetGovers(0, 22.13, exponent, 1)).toBeCloseTo(1, 12);
      }),
      seed,
    );
  });

  it('of the segments of a slope averages to that of the whole slope, however it is cut', () => {
    fc.assert(
      fc.property(exponents, fc.array(number(0.5, 50), { minLength: 1, maxLength: 12 }), (exponent, lengths) => {
        let inlet = 0;
        let weighted = 0;
        for (const length of lengths) {
          weighted += length * slopeLengthSegment(inlet, inlet + length, exponent);
          inlet += length;
        }
        expect(weighted / inlet).toBeCloseTo(slopeLengthWhole(inlet, exponent), 9);
      }),
      seed,
    );
  });

  it('by contributing area equals the segment form where the area is a strip one cell wide', () => {
    fc.assert(
      fc.property(exponents, number(2, 30), fc.integer({ min: 0, max: 40 }), (exponent, cell, cells) => {
        const inlet = cells * cell;
        const byArea = slopeLengthDesmetGovers(inlet * cell, cell, exponent, 1);
        expect(byArea / slopeLengthSegment(inlet, inlet + cell, exponent)).toBeCloseTo(1, 9);
      }),
      seed,
    );
  });

  it('falls with the width of flow: 1 along the axes, √2 on diagonals, as its power m', () => {
    for (const azimuth of [0, 90, 180, 270, 360]) expect(flowWidthWeight(azimuth)).toBeCloseTo(1, 12);
    for (const azimuth of [45, 135, 225, 315]) expect(flowWidthWeight(azimuth)).toBeCloseTo(Math.SQRT2, 12);
    expect(flowWidthWeight(-1)).toBe(1);
    const straight = slopeLengthDesmetGovers(1000, 10, 0.5, 1);
    expect(slopeLengthDesmetGovers(1000, 10, 0.5, Math.SQRT2)).toBeCloseTo(straight / 2 ** 0.25, 12);
  });

  it('turns with the terrain: a quarter turn of the azimuth changes nothing', () => {
    fc.assert(
      fc.property(number(0, 270), (azimuth) => {
        expect(flowWidthWeight(azimuth + 90)).toBeCloseTo(flowWidthWeight(azimuth), 12);
      }),
      seed,
    );
  });

  it('with a limit is that of the last segment inside the limit', () => {
    expect(slopeLengthSegment(90, 100, 0.5, 50)).toBe(slopeLengthSegment(40, 50, 0.5));
    expect(slopeLengthSegment(0, 80, 0.5, 50)).toBe(slopeLengthSegment(0, 50, 0.5));
    expect(slopeLengthSegment(30, 40, 0.5, 50)).toBe(slopeLengthSegment(30, 40, 0.5));
  });

  it('by unit stream power is 0 on flat land', () => {
    expect(factorMethod('slopeLengthSteepness', 'moore-burch1986').evaluate(100, 0)).toBe(0);
  });
});
