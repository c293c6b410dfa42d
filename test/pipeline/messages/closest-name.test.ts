import { expect, test } from 'vitest';
import { closestName, didYouMean } from '../../../pipeline/messages/closest-name.ts';

test('is the nearest of the known names', () => {
  expect(closestName('elevatoin', ['elevation', 'erosivity'])).toBe('elevation');
  expect(closestName('合格', ['已批', '合规'])).toBe('合规');
  expect(didYouMean('cod', ['code'])).toEqual({ zh: '是否应为“code”？', en: 'did you mean “code”?' });
});

test('is none that shares nothing with what was typed, however short', () => {
  expect(closestName('违法', ['合规', '已批'])).toBeUndefined();
  expect(closestName('B', ['E', 'T'])).toBeUndefined();
  expect(closestName('rainfall', ['slope'])).toBeUndefined();
});
