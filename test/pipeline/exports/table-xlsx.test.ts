import { afterEach, describe, expect, it, vi } from 'vitest';
import { dash } from '../../../models/statistics/tables/table.ts';
import { tablesWorkbook } from '../../../pipeline/exports/table-xlsx.ts';
import { exampleReport, tableOf } from './example-report.ts';
import { readWorkbook, unzip } from './read-xlsx.ts';

const options = { title: '安澜市2023年度水土流失动态监测', language: 'zh' } as const;
const { tables } = exampleReport();

describe('report tables as a workbook', () => {
  afterEach(() => vi.useRealTimers());

  it('has a sheet per table, whose cells are the printed digits as numbers and the names as text', async () => {
    const sheets = readWorkbook(await tablesWorkbook(tables, options));
    expect(sheets.map(({ name }) => name)[0]).toBe('表1 行政区水土流失面积与强度');
    expect(sheets).toHaveLength(tables.length);
    for (const [index, table] of tables.entries()) {
      const { rows } = sheets[index]!;
      const headings = table.columns.some(({ group }) => group) ? 4 : 3;
      const body = rows.slice(headings, headings + table.rows.length);
      for (const [row, { printed }] of table.rows.entries())
        for (const [column, text] of printed.entries()) {
          const cell = body[row]![column]!;
          const isNumber = table.columns[column]!.decimals !== undefined && text !== dash;
          expect(cell.kind).toBe(text === '' ? 'empty' : isNumber ? 'number' : 'text');
          if (isNumber) expect(Number(cell.value).toFixed(table.columns[column]!.decimals)).toBe(text);
          else expect(cell.value).toBe(text);
        }
      expect(rows).toHaveLength(headings + table.rows.length + table.notes.length);
    }
  });

  it('gives numbers the decimals of the table in print', async () => {
    const files = unzip(await tablesWorkbook(tables, options));
    const formats = [...files.get('xl/styles.xml')!.text.matchAll(/formatCode="([^"]*)"/g)].map(([, code]) => code);
    expect(new Set(formats)).toEqual(new Set(['0.00', '0.0', '0', '0.0000']));
  });

  it('merges title and headings, freezes them, and prints A4 landscape one page wide', async () => {
    const [sheet] = readWorkbook(await tablesWorkbook(tables, options));
    const width = tables[0]!.columns.length;
    expect(width).toBe(19);
    // Title, code over two lines, 微度 over two columns.
    for (const range of ['A1:S1', 'A3:A4', 'D3:E3']) expect(sheet!.merged).toContain(range);
    expect(sheet!.rows[0]![0]!.value).toBe('表1 行政区水土流失面积与强度');
    expect(sheet!.rows[2]![3]!.value).toBe('微度');
    expect(sheet!.rows[3]![3]!.value).toBe('面积\n(km²)');
    expect(sheet!.xml).toMatch(/<pane [^>]*ySplit="4"[^>]*xSplit="2"/);
    expect(sheet!.xml).toMatch(/<pageSetup [^>]*paperSize="9"[^>]*orientation="landscape"[^>]*fitToWidth="1"/);
    expect(sheet!.xml).toMatch(/<worksheet[^>]*><sheetPr><pageSetUpPr fitToPage="1"\/><\/sheetPr>/);
  });

  it('never writes a formula, whatever a name begins with', async () => {
    const names = ['=HYPERLINK("http://x","y")', '+1', '-1', '@A1', '\t=1', '<b>&"'];
    const table = tableOf(names.map((name) => [name, '1.00']));
    const [sheet] = readWorkbook(await tablesWorkbook([table], options));
    const cells = sheet!.rows.flat();
    expect(cells.some(({ kind }) => kind === 'formula')).toBe(false);
    expect(sheet!.rows.slice(3).map(([name]) => [name!.kind, name!.value])).toEqual(
      names.map((name) => ['text', name]),
    );
  });

  it('finds a lawful name of its own for every sheet', async () => {
    const long = (zh: string) => tableOf([['a', '1.00']], { title: { zh, en: zh } });
    const titles = ['县'.repeat(40), '县'.repeat(41), 'A/B: [c]?*', "'引号'", '<甲&乙>', '"', 'abc', 'ABC'];
    const names = readWorkbook(await tablesWorkbook(titles.map(long), options)).map(({ name }) => name);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(titles.length);
    for (const name of names) {
      expect(name.length).toBeLessThanOrEqual(31);
      expect(name).not.toMatch(/[[\]:*?/\\]|^'|'$/);
    }
    expect(names[4]).toBe('<甲&乙>');
  });

  it('gives the same bytes at another hour', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2024-02-29T08:00:00') });
    const first = await tablesWorkbook(tables, options);
    vi.setSystemTime(new Date('2031-12-31T23:59:58'));
    const second = await tablesWorkbook(tables, options);
    expect(Buffer.compare(first, second)).toBe(0);
    for (const { date, time } of unzip(first).values()) expect([date, time]).toEqual([(1 << 5) | 1, 0]);
  });

  it('refuses a workbook without tables', async () => {
    await expect(tablesWorkbook([], options)).rejects.toThrow(RangeError);
  });
});
