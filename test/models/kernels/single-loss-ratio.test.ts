import { expect, test } from 'vitest';
import { soilLossRatio } from '../../../models/factors/soil-loss-ratio.ts';
import { singleLossRatio, soilLossRatioOrder } from '../../../models/kernels/single-loss-ratio.ts';

test.each(soilLossRatioOrder)('soil loss ratios of %s in single precision are near the formula', (name) => {
  const group = soilLossRatioOrder.indexOf(name);
  let most = 0;
  for (let i = 0; i <= 500; i++)
    for (let j = 0; j <= 100; j++) {
      const [cover, understorey] = [Math.fround(i / 500), Math.fround(j / 100)];
      const ratio = singleLossRatio(group, cover, understorey);
      const expected = soilLossRatio(name, cover, understorey);
      expect(Math.fround(ratio)).toBe(ratio);
      expect(ratio).toBeGreaterThan(0);
      expect(ratio).toBeLessThan(1);
      most = Math.max(most, Math.abs(ratio - expected) / Math.max(1e-6 * expected, 3e-8));
    }
  expect(most).toBeLessThan(1);
  expect(most).toBeGreaterThan(0.01);
  expect(singleLossRatio(group, Number.NaN, 0.5)).toBeNaN();
});

test('forest without understorey cover has no ratio', () => {
  expect(singleLossRatio(soilLossRatioOrder.indexOf('forest-orchard'), 0.5, Number.NaN)).toBeNaN();
});
