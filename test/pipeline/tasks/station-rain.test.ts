import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readStationRain } from '../../../pipeline/tasks/station-rain.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shuibao-rain-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const read = (lines: readonly string[], scale = 1) => {
  const path = join(folder, 'rain.csv');
  writeFileSync(path, lines.join('\n'));
  return readStationRain(path, 'rain.csv', 'auto', [2023, 2024], scale);
};
const at = (series: Float64Array, date: string) =>
  series[(Date.parse(`${date}T00:00:00Z`) - Date.parse('2023-01-01T00:00:00Z')) / 86_400_000];

const expected = (series: Float64Array) => {
  expect(series.length).toBe(365 + 366);
  expect(at(series, '2023-01-05')).toBe(12.5);
  expect(at(series, '2024-12-31')).toBe(3);
  expect(series.filter((value) => !Number.isNaN(value)).length).toBe(2);
};

describe('daily rain of stations', () => {
  it('is the same from one date column and from year, month and day', async () => {
    const [one] = await read(['站号,日期,降水量', '52983,2023-01-05,12.5', '52983,2024-12-31,3', '52983,2022-07-01,9']);
    const [three] = await read([
      '站号,年,月,日,降水量',
      '52983,2023,1,5,12.5',
      '52983,2024,12,31,3',
      '52983,2022,7,1,9',
    ]);
    const [english] = await read(['Station_Id,Year,Mon,Day,Rain', '52983,2023,01,05,12.5', '52983,2024,12,31,3']);
    for (const station of [one, three, english]) expected(station!.series);
  });

  it('is the same from one column for each station', async () => {
    const [a, b] = await read(['DATE,A,B', '2023-01-05,12.5,', '2024-12-31,3,7']);
    expected(a!.series);
    expect(at(b!.series, '2024-12-31')).toBe(7);
    const [c] = await read(['年,月,日,A', '2023,1,5,12.5', '2024,12,31,3']);
    expected(c!.series);
  });

  it('takes traces for no rain and impossible numbers for no measurement', async () => {
    const [station] = await read(
      ['站号,日期,降水量', 'x,2023-01-05,125', 'x,2023-01-06,32700', 'x,2023-01-07,32766', 'x,2023-01-08,-1'],
      0.1,
    );
    const { series } = station!;
    expect(['05', '06', '07', '08'].map((day) => at(series, `2023-01-${day}`))).toEqual([
      12.5,
      0,
      Number.NaN,
      Number.NaN,
    ]);
  });

  it('names a table without days, and one without rows of the years asked for', async () => {
    await expect(read(['站号,降水量', 'x,1'])).rejects.toMatchObject({ finding: { code: 'column-missing' } });
    await expect(read(['站号,日期,降水量', 'x,2020-01-01,1'])).rejects.toMatchObject({
      finding: { code: 'station-rain-empty' },
    });
  });
});
