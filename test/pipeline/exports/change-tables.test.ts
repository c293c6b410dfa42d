import { expect, test } from 'vitest';
import { incomparabilities } from '../../../models/disturbance/comparability.ts';
import { decomposeChange } from '../../../models/disturbance/factor-decomposition.ts';
import { countTransitions } from '../../../models/disturbance/transitions.ts';
import { changeTables } from '../../../pipeline/exports/change-tables.ts';
import {
  decodeChangeCounts,
  encodeChangeCounts,
  mergeChangeCounts,
} from '../../../pipeline/tasks/change/change-counts.ts';

const cells = 400;
const layer = (of: (cell: number) => number) => Uint8Array.from({ length: cells }, (_, cell) => of(cell));
const zone = Uint16Array.from({ length: cells }, (_, cell) => Math.floor(cell / 200) + 1);
const intensity = [layer((cell) => cell % 7), layer((cell) => (cell * 3) % 7)] as const;
const landUse = [
  layer((cell) => [13, 43, 53, 0][cell % 4]!),
  layer((cell) => [13, 53, 53, 61][(cell * 7) % 4]!),
] as const;
const pairs = ['R', 'B'].map((symbol, k) => ({
  symbol,
  previous: Float32Array.from({ length: cells }, (_, cell) => (cell % 13) + k),
  current: Float32Array.from({ length: cells }, (_, cell) => (cell % 11) + k),
}));

const counts = {
  intensity: { county: countTransitions(intensity[0], intensity[1], zone) },
  landUse: { county: countTransitions(landUse[0], landUse[1], zone) },
  decomposition: decomposeChange(pairs, zone, 100),
  filtered: [1, 2, 3],
};
const facts = { grid: '', elevation: '', model: '', parameters: '', erosivityMode: '', landUseScheme: '' };
const input = {
  years: [2023, 2024] as const,
  cellSizeMetres: 10,
  counts,
  zoneSet: 'county',
  zones: [
    { index: 1, code: '621121', name: '甲县', parent: '' },
    { index: 2, code: '621122', name: '乙县, 东', parent: '' },
  ],
  factors: ['R', 'B'],
  incomparable: [],
};

const rowsOf = (text: string): string[][] =>
  text
    .replace(/^\ufeff/, '')
    .trimEnd()
    .split('\r\n')
    .map((line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].slice(0, -1).map(([, cell]) => cell!));

test('counts pass through bytes and add up to themselves', () => {
  const decoded = decodeChangeCounts(encodeChangeCounts(counts));
  expect(decoded).toEqual(counts);
  const doubled = mergeChangeCounts([decoded, counts]);
  expect(doubled.filtered).toEqual([2, 4, 6]);
  expect(doubled.intensity.county!.cells).toEqual(counts.intensity.county.cells.map((each) => each * 2));
});

test('matrices print margins that close, zone after zone', () => {
  const text = changeTables(input)['强度转移矩阵_2023_2024.csv']!;
  const rows = rowsOf(text);
  const totals = rows.filter(([name]) => name === '合计').map((row) => row.slice(1).map(Number));
  expect(totals).toHaveLength(3);
  for (const [at, all] of totals[0]!.entries()) expect(totals[1]![at]! + totals[2]![at]!).toBeCloseTo(all, 9);
  for (const row of totals) expect(row.slice(0, -1).reduce((sum, each) => sum + each, 0)).toBeCloseTo(row.at(-1)!, 9);
  const light = rows
    .find(([name]) => name === '轻度')!
    .slice(1)
    .map(Number);
  expect(light.slice(0, -1).reduce((sum, each) => sum + each, 0)).toBeCloseTo(light.at(-1)!, 9);
  expect(light.at(-1)).toBeGreaterThan(0);
});

test('eroded area and shares of factors are those of the zones', () => {
  const tables = changeTables(input);
  const [header, all, ...zones] = rowsOf(tables['水土流失消长_2023_2024.csv']!);
  expect(header!.slice(0, 3)).toEqual(['代码', '名称', '2023 年水土流失面积(hm²)']);
  for (const at of [2, 3, 4, 6, 7, 8])
    expect(zones.reduce((sum, row) => sum + Number(row[at]), 0)).toBeCloseTo(Number(all![at]), 9);
  expect(Number(all![3]) - Number(all![2])).toBeCloseTo(Number(all![4]), 9);
  expect(zones[1]![1]).toBe('"乙县, 东"');
  const [method, , ...rows] = rowsOf(tables['模数变化因子分解_2023_2024.csv']!);
  expect(method![0]).toContain('lmdi-additive');
  for (const [, , total, first, second] of rows) expect(Number(first) + Number(second)).toBeCloseTo(Number(total), 9);
  const [region, ...parts] = rows;
  expect(region![1]).toBe('全区');
  for (const at of [2, 3, 4, 5, 6, 7])
    expect(parts.reduce((sum, row) => sum + Number(row[at]), 0)).toBeCloseTo(Number(region![at]), 9);
});

test('years that must not be compared say so at the head of every table', () => {
  const incomparable = incomparabilities(facts, { ...facts, elevation: 'x' });
  const tables = Object.values(changeTables({ ...input, incomparable }));
  expect(tables).toHaveLength(4);
  for (const text of tables)
    expect(rowsOf(text)[0]).toEqual(['不可比：高程数据不同', 'not comparable: the elevation data differ']);
  for (const text of Object.values(changeTables(input))) expect(text).not.toContain('不可比');
});

test('areas have the digits of a cell, whatever its size, and soil loss two', () => {
  for (const [cellSizeMetres, digits] of [
    [10, 2],
    [30, 2],
    [28.5, 6],
  ] as const) {
    const text = changeTables({ ...input, cellSizeMetres })['强度转移矩阵_2023_2024.csv']!;
    const cells = rowsOf(text).flatMap((row) => row.slice(1).filter((cell) => /^\d/.test(cell)));
    for (const cell of cells) expect(cell).toMatch(new RegExp(`^(0|\\d+\\.\\d{${digits}})$`));
    expect(cells.some((cell) => cell !== '0')).toBe(true);
  }
  const [, , ...rows] = rowsOf(changeTables(input)['模数变化因子分解_2023_2024.csv']!);
  for (const row of rows) for (const cell of row.slice(2, 5)) expect(cell).toMatch(/^(0|-?\d+\.\d\d)$/);
});
