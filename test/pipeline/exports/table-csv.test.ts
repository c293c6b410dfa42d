import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tableCsv } from '../../../pipeline/exports/table-csv.ts';
import { exampleReport, tableOf } from './example-report.ts';
import { readCsv } from './read-csv.ts';

const decode = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
const read = (bytes: Uint8Array): string[][] => readCsv(decode(bytes).slice(1));
const hundredths = (text: string | undefined): number => Math.round(Number(text) * 100);

describe('a table as CSV', () => {
  const [first] = exampleReport().tables;
  const lines = read(tableCsv(first!));
  const column = (heading: string): number => {
    const index = lines[0]!.indexOf(heading);
    expect(index, heading).toBeGreaterThanOrEqual(0);
    return index;
  };

  it('begins with a byte-order mark and ends every line with CR LF', () => {
    const text = decode(tableCsv(first!));
    expect([...tableCsv(first!).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(
      text
        .split('\n')
        .slice(0, -1)
        .every((line) => line.endsWith('\r')),
    ).toBe(true);
    expect(text.endsWith('\r\n')).toBe(true);
  });

  it('names its columns in the words of the official table, each name once', () => {
    expect(lines[0]).toContain('行政区代码');
    for (const heading of ['轻度面积(km²)', '轻度占水土流失面积比例(%)', '水土流失面积(km²)', '水土保持率(%)'])
      column(heading);
    expect(new Set(lines[0]).size).toBe(lines[0]!.length);
    const english = read(tableCsv(first!, 'en'))[0]!;
    expect(english).toContain('light area (km²)');
    expect(english.join('')).not.toMatch(/\p{Script=Han}/u);
  });

  it('holds the printed digits of every row and nothing else', () => {
    expect(lines.slice(1)).toEqual(first!.rows.map(({ printed }) => [...printed]));
  });

  it('says names in English to those who ask for English, with the same digits', () => {
    const landUse = exampleReport().tables.find(({ id }) => id === 'land-use')!;
    const chinese = read(tableCsv(landUse));
    const english = read(tableCsv(landUse, 'en'));
    expect(english.map((row) => row.filter((_, index) => index !== 1)).slice(1)).toEqual(
      chinese.map((row) => row.filter((_, index) => index !== 1)).slice(1),
    );
    expect(english.flat().join('')).not.toMatch(/[\u4e00-\u9fff]/);
    expect(chinese[1]).toContain('合计');
    expect(english[1]).toContain('total');
  });

  it('closes in the written digits: counties to the region, classes to the eroded and the land area', () => {
    const [region, ...counties] = lines.slice(1);
    const classes = ['轻度', '中度', '强烈', '极强烈', '剧烈'].map((name) => column(`${name}面积(km²)`));
    for (const index of [column('土地总面积(km²)'), column('微度面积(km²)'), column('水土流失面积(km²)'), ...classes])
      expect(counties.reduce((sum, row) => sum + hundredths(row[index]), 0)).toBe(hundredths(region![index]));
    for (const row of lines.slice(1)) {
      const eroded = classes.reduce((sum, index) => sum + hundredths(row[index]), 0);
      expect(eroded).toBe(hundredths(row[column('水土流失面积(km²)')]));
      expect(eroded + hundredths(row[column('微度面积(km²)')])).toBe(hundredths(row[column('土地总面积(km²)')]));
    }
  });

  it('keeps spreadsheet programs from taking a name for a formula, and leaves negative numbers alone', () => {
    const names = ['=1+1', '+A1', '-2县', '@SUM(A1)', '\t=1', '\r=1', '＝1', '安澜区'];
    const written = read(tableCsv(tableOf(names.map((name) => [name, '-1.50'])))).slice(1);
    expect(written.map(([name]) => name)).toEqual([...names.slice(0, -1).map((name) => `'${name}`), '安澜区']);
    expect(written.every(([, area]) => area === '-1.50')).toBe(true);
  });

  it('gives any text back, whatever it holds', () => {
    const text = fc.string({ unit: fc.constantFrom(...'县a",\r\n;\' =') });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), (names) => {
        const written = read(tableCsv(tableOf(names.map((name) => [name, '1.00'])))).slice(1);
        expect(written.map(([name]) => name)).toEqual(names.map((name) => (/^[=\r\n]/.test(name) ? `'${name}` : name)));
      }),
      { seed: 20231, numRuns: 200 },
    );
  });
});
