import { expect, test } from 'vitest';
import { erodibilityUsEpicWilliams1990 } from '../../../models/factors/soil-erodibility-epic-williams1990.ts';
import { textureTolerancePercent } from '../../../models/factors/soil-texture.ts';
import { singleErodibilityEpic } from '../../../models/kernels/single-erodibility.ts';

const { fround } = Math;

test('erodibility of EPIC in single precision is within a millionth of the formula, for every texture and carbon', () => {
  let most = 0;
  for (let sand = 0; sand <= 100; sand += 0.9)
    for (let silt = 0; silt <= 100 - sand; silt += 1.3)
      for (const carbon of [0, 0.02, 0.3, 0.9, 1.4, 2.7, 6, 12, 40, 100]) {
        const texture = [fround(sand), fround(silt), fround(100 - sand - silt)] as const;
        const single = singleErodibilityEpic(...texture, fround(carbon));
        const expected = erodibilityUsEpicWilliams1990(...texture, fround(carbon));
        expect(fround(single)).toBe(single);
        most = Math.max(most, expected === 0 ? single : Math.abs(single / expected - 1));
      }
  expect(most).toBeLessThan(1e-6);
  // Double precision would be nearer.
  expect(most).toBeGreaterThan(1e-8);
});

test('it falls with organic carbon and is nothing for pure sand', () => {
  for (let carbon = 0.1; carbon < 4; carbon *= 1.1)
    expect(singleErodibilityEpic(30, 50, 20, fround(carbon * 1.1))).toBeLessThan(
      singleErodibilityEpic(30, 50, 20, fround(carbon)),
    );
  expect(singleErodibilityEpic(100, 0, 0, 1)).toBe(0);
});

test('the same textures have none as by the formula, to the last bit of a fraction', () => {
  const step = 2 ** -17;
  for (const [sand, silt] of [
    [40, 44.7],
    [0.1, 99.3],
    [63.3, 12.2],
  ] as const)
    for (const end of [-textureTolerancePercent, textureTolerancePercent])
      for (let steps = -40; steps <= 40; steps++) {
        const texture = [fround(sand), fround(silt), fround(100 - sand - silt + end + steps * step)] as const;
        const expected = Number.isNaN(erodibilityUsEpicWilliams1990(...texture, 1));
        expect(Number.isNaN(singleErodibilityEpic(...texture, 1))).toBe(expected);
      }
  expect(singleErodibilityEpic(Number.NaN, 50, 50, 1)).toBeNaN();
  expect(singleErodibilityEpic(-0.5, 50, 50.5, 1)).toBeNaN();
  expect(singleErodibilityEpic(20, 50, 30, Number.NaN)).toBeNaN();
});
