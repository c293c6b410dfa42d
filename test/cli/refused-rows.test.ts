import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { tellRefused } from '../../cli/list-refused.ts';

let told: string[];
const before = process.exitCode;
beforeEach(() => {
  told = [];
  vi.spyOn(console, 'error').mockImplementation((line: string) => void told.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = before;
});

const rows = (count: number): string[] => Array.from({ length: count }, (_, at) => `#${at} 没有项目编号\u001b[2J\n`);

test('rows that were refused are told one line each, and the command ends with code 2', () => {
  tellRefused(rows(3), 'q.csv', 'zh');
  expect(told).toHaveLength(4);
  expect(told[0]).toMatch(/^3 行未录入；.* q\.csv/);
  expect(told[1]).toBe('  #0 没有项目编号 [2J ');
  expect(process.exitCode).toBe(2);
});

test('of thousands the first are told, and how many more there are', () => {
  tellRefused(rows(30_000), 'q.csv', 'en');
  expect(told.length).toBeLessThan(30);
  expect(told[0]).toMatch(/^rows not taken in: 30000; .* q\.csv/);
  const listed = told.filter((line) => line.startsWith('  #')).length;
  expect(told.at(-1)).toBe(`  … and ${30_000 - listed} more, see that file`);
});
