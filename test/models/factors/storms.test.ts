import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { BreakpointRain } from '../../../models/factors/breakpoint-rain.ts';
import { erosiveStorms, stormErosivity } from '../../../models/factors/rainfall-erosivity-storm-brown-foster1987.ts';
import { factorMethod } from '../../../models/factors/registry.ts';
import { hasSharedData, sharedData } from '../../support/shared-data.ts';

/** A record without gaps. */
const record = (stepMinutes: number, depthMillimetres: readonly number[]): BreakpointRain => ({
  stepMinutes,
  minutes: depthMillimetres.map((_, at) => (at + 1) * stepMinutes),
  depthMillimetres,
});

describe('storms', () => {
  it('take I30 over any half hour, also a shorter record and a window that moves', () => {
    expect(stormErosivity(record(10, [1, 1])).maxIntensity30).toBe(4);
    expect(stormErosivity(record(10, new Array(30).fill(1))).maxIntensity30).toBe(6);
    expect(
      stormErosivity(
        record(
          10,
          Array.from({ length: 30 }, (_, at) => at),
        ),
      ).maxIntensity30,
    ).toBe(168);
    expect(stormErosivity(record(60, [10])).maxIntensity30).toBe(10);
  });

  it('end when less than 1.27 mm falls in the six hours after rain stops', () => {
    const burst = new Array(6).fill(4);
    const gap = (steps: number) => new Array(steps).fill(0);
    expect(erosiveStorms(record(10, [...burst, ...gap(36), ...burst]))).toHaveLength(2);
    expect(erosiveStorms(record(10, [...burst, ...gap(35), ...burst]))).toHaveLength(1);
    const drizzle = [...gap(17), 1.2, ...gap(18)];
    expect(erosiveStorms(record(10, [...burst, ...drizzle, ...gap(36), ...burst]))).toHaveLength(2);
    expect(erosiveStorms(record(10, [...burst, ...gap(17), 1.3, ...gap(18), ...burst]))).toHaveLength(1);
  });

  it('end at a gap of the record', () => {
    const rain = { stepMinutes: 10, minutes: [10, 20, 1000, 1010], depthMillimetres: [10, 10, 10, 10] };
    expect(erosiveStorms(rain).map(({ first, last }) => [first, last])).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  it('count from 12.7 mm, and missing steps as no rain', () => {
    expect(erosiveStorms(record(30, [6, 6.6]))).toHaveLength(0);
    expect(erosiveStorms(record(30, [6, Number.NaN, 6.7]))).toHaveLength(1);
  });

  it('give R as the mean over the years', () => {
    const rain = record(30, [5, 12, 3]);
    const { evaluate } = factorMethod('rainfallErosivity', 'ei30-brown-foster1987');
    expect(evaluate(rain, 2)).toBeCloseTo(94.75346977098647 / 2, 10);
  });
});

describe.skipIf(!hasSharedData)('storms against other programs', () => {
  const [worked, , fukushima] = hasSharedData
    ? JSON.parse(readFileSync(sharedData('truth_small', 'ei30_worked_examples.json'), 'utf8')).examples
    : [];

  it('give EI30 of a worked storm', () => {
    const storm = stormErosivity(record(worked.step_min, worked.precip_mm));
    expect(storm.maxIntensity30).toBeCloseTo(worked.max_i30_mm_h, 10);
    expect(storm.erosivity).toBeCloseTo(worked.EI_MJ_mm_ha_h, 9);
  });

  it('find the 17 erosive storms of Fukushima 2011, with their I30 and, within 1 of the printed integer, their EI30', () => {
    const text = readFileSync(sharedData('rain_ei30_fukushima', 'JMA_precipitation_Fukushima_2011.csv'), 'latin1');
    const depths = text
      .split(/\r?\n/)
      .slice(1)
      .filter((line) => line.includes(';'))
      .map((line) => Number(line.split(';')[4]));
    for (const [decay, expected] of [
      [0.05, fukushima['EI30_BrownFoster_0.05']],
      [0.082, fukushima['EI30_BrownFoster_0.082']],
    ] as const) {
      const storms = erosiveStorms(record(10, depths), undefined, decay);
      expect(storms.map(({ maxIntensity30 }) => Math.round(maxIntensity30))).toEqual(fukushima.I30_mm_h);
      for (const [at, { erosivity }] of storms.entries())
        expect(Math.abs(erosivity - expected[at])).toBeLessThanOrEqual(1.5);
    }
  });
});
