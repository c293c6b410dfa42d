import { expect, test } from 'vitest';
import {
  d8Codes,
  d8ColumnSteps,
  d8Distance,
  d8IndexOfCode,
  d8Names,
  d8Neighbour,
  d8Offsets,
  d8OffsetsByCode,
  d8Receiver,
  d8RowSteps,
  drainsOut,
  flatCell,
  noDirection,
  oppositeD8,
} from '../../../models/grid/d8.ts';

test('neighbours stand in the order of the picture, east first and clockwise', () => {
  const picture = [
    ['NW', 'N', 'NE'],
    ['W', '·', 'E'],
    ['SW', 'S', 'SE'],
  ];
  const seen = d8Names.map((_, k) => picture[1 + d8RowSteps[k]!]![1 + d8ColumnSteps[k]!]);
  expect(seen).toEqual(['E', 'SE', 'S', 'SW', 'W', 'NW', 'N', 'NE']);
  expect(d8Codes).toEqual([1, 2, 4, 8, 16, 32, 64, 128]);
});

test('opposites point back and lie equally far', () => {
  for (let k = 0; k < 8; k++) {
    const back = oppositeD8(k);
    expect([d8ColumnSteps[k]! + d8ColumnSteps[back]!, d8RowSteps[k]! + d8RowSteps[back]!]).toEqual([0, 0]);
    expect(d8Distance(k)).toBe(d8Distance(back));
    expect(d8Distance(k)).toBe(Math.hypot(d8ColumnSteps[k]!, d8RowSteps[k]!));
    expect(d8IndexOfCode(d8Codes[k]!)).toBe(k);
  }
});

test('array offsets, neighbours and receivers agree, and nothing wraps round the edge of the map', () => {
  const [width, height] = [5, 4];
  const offsets = d8Offsets(width);
  const byCode = d8OffsetsByCode(width);
  for (let k = 0; k < 8; k++) {
    expect(d8Neighbour(12, k, width, height)).toBe(12 + offsets[k]!);
    expect(d8Receiver(12, d8Codes[k]!, width, height)).toBe(12 + offsets[k]!);
    expect(byCode[d8Codes[k]!]).toBe(offsets[k]);
  }
  const inside = (cell: number): number => d8Names.filter((_, k) => d8Neighbour(cell, k, width, height) >= 0).length;
  expect([inside(0), inside(2), inside(4), inside(9), inside(19), inside(12)]).toEqual([3, 5, 3, 5, 3, 8]);
  for (const code of [drainsOut, flatCell, noDirection]) {
    expect(d8Receiver(12, code, width, height)).toBe(-1);
    expect(byCode[code]).toBe(0);
  }
});
