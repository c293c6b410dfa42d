import { expect, test } from 'vitest';
import { changeFigures } from '../../../pipeline/results/change-figures.ts';

const zone = (index: number, code: string) => ({ index, code, name: code, parent: '' });
/** Two zones and cells outside: counts of three transitions and of cells without data. */
const transitions = {
  zone: Uint32Array.of(0, 1, 1, 2, 2),
  from: Uint8Array.of(2, 1, 0, 3, 1),
  to: Uint8Array.of(2, 4, 1, 3, 4),
  cells: Float64Array.of(5, 7, 11, 13, 17),
};
const results = {
  zones: { county: [zone(1, '621161'), zone(2, '621162')], watershed: [zone(1, 'W1'), zone(2, 'W1')] },
  counts: {
    intensity: { county: transitions, watershed: transitions },
    landUse: { county: transitions, watershed: transitions },
    decomposition: [{ zone: 1, total: 30, parts: [10, 20], cells: 7, zeroCells: 0, missingCells: 0 }],
    filtered: [],
  },
};

test('every cell of a layer stands in exactly one figure of each zone set', () => {
  const figures = changeFigures(results, ['R', 'S']);
  for (const set of ['county', 'watershed'])
    for (const layer of ['intensity', 'landUse']) {
      const own = figures.filter(({ zoneSet, measure }) => zoneSet === set && measure.startsWith(`change.${layer}.`));
      expect(own.reduce((sum, { value }) => sum + value, 0)).toBe(5 + 7 + 11 + 13 + 17);
    }
  expect(figures).toContainEqual({ zoneSet: 'county', zoneCode: '621161', measure: 'change.intensity.1-4', value: 7 });
  // Both zones of the second set have one code.
  expect(figures).toContainEqual({
    zoneSet: 'watershed',
    zoneCode: 'W1',
    measure: 'change.landUse.1-4',
    value: 7 + 17,
  });
  expect(figures).toContainEqual({ zoneSet: 'watershed', zoneCode: '', measure: 'change.landUse.2-2', value: 5 });
  const keys = figures.map(({ zoneSet, zoneCode, measure }) => `${zoneSet} ${zoneCode} ${measure}`);
  expect(new Set(keys).size).toBe(keys.length);
});

test('parts of the factors add up to the change of the modulus, in the first set alone', () => {
  const parts = changeFigures(results, ['R', 'S']).filter(({ measure }) => measure.startsWith('change.modulus.'));
  expect(parts.every(({ zoneSet, zoneCode }) => zoneSet === 'county' && zoneCode === '621161')).toBe(true);
  const value = (name: string) => parts.find(({ measure }) => measure === `change.modulus.${name}`)!.value;
  expect(value('R') + value('S')).toBe(value('total'));
  expect(changeFigures(results, []).some(({ measure }) => measure.startsWith('change.modulus'))).toBe(false);
});
