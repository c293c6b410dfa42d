import { describe, expect, test } from 'vitest';
import { isLinearStrip, isShifted, stripOf } from '../../../models/disturbance/linear-projects.ts';
import { supervisionRules2024 as rules } from '../../../models/disturbance/rules/supervision-2024.ts';

describe('the strip of a shape', () => {
  test.each([
    [1000, 20],
    [300, 300],
    [12_345.5, 0.5],
  ])('of %d m by %d m is the rectangle itself', (length, width) => {
    const { lengthMetres, widthMetres } = stripOf(length * width, 2 * (length + width));
    expect(lengthMetres).toBeCloseTo(length, 6);
    expect(widthMetres).toBeCloseTo(width, 6);
  });

  test('of a disc is a square, and no line', () => {
    const strip = stripOf(Math.PI * 100 ** 2, 2 * Math.PI * 100);
    expect(strip.lengthMetres).toBeCloseTo(strip.widthMetres, 6);
    expect(isLinearStrip(strip)).toBe(false);
    expect(isLinearStrip({ lengthMetres: 200, widthMetres: 20 })).toBe(true);
  });
});

test('a linear project is shifted from 30 % of its length on, all stretches together', () => {
  const stretch = (shiftedMetres: number) => ({ shiftedMetres, approvedMetres: 10_000 });
  expect(isShifted([stretch(2999.9)], rules)).toBe(false);
  expect(isShifted([stretch(3000)], rules)).toBe(true);
  expect(isShifted([stretch(1600), stretch(1500)], rules)).toBe(true);
  expect(isShifted([stretch(0)], rules)).toBe(false);
  expect(isShifted([], rules)).toBe(false);
});
