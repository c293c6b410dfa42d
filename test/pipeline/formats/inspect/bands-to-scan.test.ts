import { expect, it } from 'vitest';
import { bandsToScan } from '../../../../pipeline/formats/inspect/scan-values.ts';

it('reads every band of a small stack', () => {
  expect(bandsToScan(1, 10)).toEqual([1]);
  expect(bandsToScan(366, 366 * 30 * 30 * 2)).toEqual(Array.from({ length: 366 }, (_, index) => index + 1));
});

it('spreads what it reads of a large stack over the whole of it', () => {
  const bands = bandsToScan(366, 4e9);
  expect(bands).toHaveLength(64);
  expect(new Set(bands).size).toBe(64);
  expect([bands[0], bands.at(-1)]).toEqual([1, 366]);
  const gaps = bands.slice(1).map((band, index) => band - bands[index]!);
  expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
});

it('never asks for a band that is not there', () => {
  for (const count of [1, 2, 3, 63, 64, 65, 1024]) {
    const bands = bandsToScan(count, 4e9);
    expect(bands.every((band) => Number.isInteger(band) && band >= 1 && band <= count)).toBe(true);
    expect(bands).toHaveLength(Math.min(count, 64));
  }
});
