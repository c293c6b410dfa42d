import { describe, expect, test } from 'vitest';
import { flowAccumulation } from '../../../models/terrain/flow-accumulation-d8.ts';
import {
  areaLengthFactor,
  segmentLengthFactor,
  wholeLengthFactor,
} from '../../../models/terrain/slope-length-factor.ts';
import {
  gentleSlopeDegrees,
  type SlopeLengthOptions,
  slopeLengthMetres,
  slopeLengthUnits,
} from '../../../models/terrain/slope-length-van-remortel2004.ts';

const usual: SlopeLengthOptions = {
  variant: 'aml',
  gentleCutOff: 0.7,
  steepCutOff: 0.5,
  channelCells: Number.POSITIVE_INFINITY,
};

/** λ at the cells of a strip that runs east, then SE where `diagonal` says so, on cells of 10 m. */
function lengthsAlong(slopes: number[], diagonal: number[], options: Partial<SlopeLengthOptions> = {}): number[] {
  const width = slopes.length;
  const direction = new Uint8Array(width * width).fill(255);
  const slope = new Float32Array(width * width);
  const cells: number[] = [];
  let [x, y] = [0, 0];
  slopes.forEach((degrees, i) => {
    const cell = y * width + x;
    cells.push(cell);
    slope[cell] = degrees;
    direction[cell] = i === width - 1 ? 0 : diagonal[i] ? 2 : 1;
    x++;
    if (diagonal[i]) y++;
  });
  const accumulation = flowAccumulation(direction, width);
  const units = slopeLengthUnits(direction, accumulation, slope, width, { ...usual, ...options });
  const metres = slopeLengthMetres(units, direction, 10, Number.POSITIVE_INFINITY);
  return cells.map((cell) => metres[cell]!);
}

describe('length along one path', () => {
  const straight = [0, 0, 0, 0];
  test.each([
    ['aml', [5, 5, 5, 5], [0, 1, 1, 0], [5, 15, 29.14213562373095, 43.2842712474619]],
    ['ls-tool', [5, 5, 5, 5], [0, 1, 1, 0], [5, 19.14213562373095, 33.2842712474619, 43.2842712474619]],
    ['aml', [4, 2.9, 2.0, 1.5], straight, [5, 15, 10, 20]],
    ['ls-tool', [4, 2.9, 2.0, 1.5], straight, [5, 15, 5, 15]],
  ] as const)('%s over slopes %j, diagonals %j', (variant, slopes, diagonal, expected) => {
    lengthsAlong([...slopes], [...diagonal], { variant }).forEach((length, i) => {
      expect(length).toBeCloseTo(expected[i]!, 4);
    });
  });

  test('a drop of exactly the cut-off share does not cut, on either side of 5 %', () => {
    expect(lengthsAlong([8, 4], [0])).toEqual([5, 15]);
    expect(lengthsAlong([8, 3.9999], [0])).toEqual([5, 10]);
    expect(lengthsAlong([2, 1.4], [0], { gentleCutOff: 0.69 })).toEqual([5, 15]);
    expect(lengthsAlong([2, 1.3], [0])).toEqual([5, 10]);
  });

  test("the cell's own slope picks the factor", () => {
    expect(gentleSlopeDegrees).toBeCloseTo(2.862405226, 9);
    // 2.87° is steep: 0.5 of 4° is not undercut. 2.79° is gentle: 0.7 of 4° is.
    expect(lengthsAlong([4, 2.87], [0])).toEqual([5, 15]);
    expect(lengthsAlong([4, 2.79], [0])).toEqual([5, 10]);
  });

  test('channels end the slope', () => {
    expect(lengthsAlong([5, 5, 5, 5, 5], [0, 0, 0, 0], { channelCells: 3 })).toEqual([5, 15, 25, 0, 0]);
  });

  test('a diagonal source counts half a diagonal', () => {
    expect(lengthsAlong([5, 5], [1])[0]).toBeCloseTo(5 * Math.SQRT2, 4);
  });
});

test('the longest of several slopes counts', () => {
  // Two arms join: two cells from the west, one from the north.
  const direction = Uint8Array.of(255, 255, 4, 1, 1, 0);
  const units = slopeLengthUnits(direction, flowAccumulation(direction, 3), new Float32Array(6).fill(5), 3, usual);
  expect(Array.from(units)).toEqual([0, 0, 32768, 32768, 98304, 163840]);
});

describe('L', () => {
  const csleExponent = (degrees: number): number =>
    degrees <= 1 ? 0.2 : degrees <= 3 ? 0.3 : degrees <= 5 ? 0.4 : 0.5;
  const segment = (lengthIn: number, lengthOut: number, slope: number): number => {
    const m = csleExponent(slope);
    return (lengthOut ** (m + 1) - lengthIn ** (m + 1)) / ((lengthOut - lengthIn) * 22.13 ** m);
  };
  const strip = (slope: number, cap: number): number[] => {
    const direction = Uint8Array.of(1, 1, 1, 1, 1, 0);
    const slopes = new Float32Array(6).fill(slope);
    const units = slopeLengthUnits(direction, flowAccumulation(direction, 6), slopes, 6, usual);
    return Array.from(segmentLengthFactor(units, direction, slopes, 10, cap, segment));
  };

  test.each([
    [4, Number.POSITIVE_INFINITY, [0.727792, 1.192863, 1.467608, 1.680376, 1.858683, 2.014358]],
    [4, 50, [0.727792, 1.192863, 1.467608, 1.680376, 1.858683, 1.858683]],
    [8, Number.POSITIVE_INFINITY, [0.672217, 1.229099, 1.591624, 1.884793, 2.137878, 2.363916]],
    [8, 50, [0.672217, 1.229099, 1.591624, 1.884793, 2.137878, 2.137878]],
  ])('of six cells in a line, %d° and at most %d m', (slope, cap, expected) => {
    strip(slope, cap).forEach((factor, i) => {
      expect(factor).toBeCloseTo(expected[i]!, 5);
    });
  });

  test('of the segments averages to the L of the whole slope', () => {
    const direction = Uint8Array.of(1, 1, 1, 1, 1, 0);
    const slopes = new Float32Array(6).fill(8);
    const units = slopeLengthUnits(direction, flowAccumulation(direction, 6), slopes, 6, usual);
    const whole = wholeLengthFactor(units, direction, slopes, 10, 1e9, (length, slope) => {
      return (length / 22.13) ** csleExponent(slope);
    });
    const mean = strip(8, 1e9).reduce((sum, factor) => sum + factor, 0) / 6;
    expect(mean).toBeCloseTo(whole[5]!, 5);
    expect(whole[5]).toBeCloseTo(1.646588, 5);
  });

  test('is 0 on channels and missing without data', () => {
    const direction = Uint8Array.of(1, 0, 255);
    const units = Uint32Array.of(32768, 0, 0);
    const slopes = Float32Array.of(5, 5, Number.NaN);
    for (const factor of [
      segmentLengthFactor(units, direction, slopes, 10, 1e9, () => 7),
      wholeLengthFactor(units, direction, slopes, 10, 1e9, () => 7),
    ])
      expect(Array.from(factor)).toEqual([7, 0, Number.NaN]);
    expect(Array.from(slopeLengthMetres(units, direction, 10, 4))).toEqual([4, 0, Number.NaN]);
  });

  test('from area gets the inlet area in square metres and north for cells without azimuth', () => {
    const calls: number[][] = [];
    const factor = areaLengthFactor(
      Uint32Array.of(1, 12, 0),
      Float32Array.of(-1, 135, Number.NaN),
      Float32Array.of(0, 6, Number.NaN),
      10,
      (...inputs) => calls.push(inputs),
    );
    expect(calls).toEqual([
      [0, 10, 0, 0],
      [1100, 10, 6, 135],
    ]);
    expect(Array.from(factor)).toEqual([1, 2, Number.NaN]);
  });
});
