import type { Text } from '../messages/text.ts';
import { userError } from '../messages/user-error.ts';
import { readTable, requireColumn, type TextTable } from './read-table.ts';

const codeColumn = {
  meaning: { zh: '行政区代码', en: 'zone code' },
  names: /^(code|代码|行政区代码|行政区划代码|分区代码|XZQDM)$/i,
};
const areaColumn = {
  meaning: { zh: '土地总面积(km²)', en: 'land area, km²' },
  names: /^(landAreaKm2|(土地总面积|国土面积|控制面积|面积)([（(](km²|km2|平方公里|平方千米)[)）])?)$/i,
};
const targetColumn = {
  meaning: { zh: '水土保持率目标(%)', en: 'target of the conservation rate, %' },
  names: /^(targetRatePercent|(水土保持率)?目标(值|率)?([（(][%％][)）])?)$/i,
};
const targetYearColumn = /^(targetYear|目标年份?|年份?)$/i;

/** Codes that mean the whole region in a table of zones. */
const wholeRegion = /^(region|合计|全区|全市|全省|总计)$/i;

/** Official figures of the zones of the first zone set. */
export interface ZoneAttributes {
  readonly byCode: ReadonlyMap<string, number>;
  /** Figure of a row for the whole region, if there is one. */
  readonly region: number | undefined;
}

/** Official land areas, km² by zone code. @throws UserError for a value that is no area or a code listed twice */
export async function readLandAreas(path: string, shown: string): Promise<ZoneAttributes> {
  const table = await readTable(path, shown);
  const area = requireColumn(table, shown, areaColumn.meaning, areaColumn.names);
  return collect(table, shown, areaColumn.meaning, (row) => row[area]!, [Number.MIN_VALUE, 10_000_000]);
}

/**
 * Targets of the conservation rate in percent, by zone code. Where a table has several target years, the next one from the
 * year of the run counts; after the last, the last.
 */
export async function readRateTargets(path: string, shown: string, year: number): Promise<ZoneAttributes> {
  const table = await readTable(path, shown);
  const target = requireColumn(table, shown, targetColumn.meaning, targetColumn.names);
  const yearAt = table.columns.findIndex((column) => targetYearColumn.test(column.trim()));
  if (yearAt < 0) return collect(table, shown, targetColumn.meaning, (row) => row[target]!, [0, 100]);
  const years = [...new Set(table.rows.map((row) => Number(row[yearAt])))].sort((a, b) => a - b);
  const wanted = years.find((each) => each >= year) ?? years.at(-1);
  const rows = table.rows.filter((row) => Number(row[yearAt]) === wanted);
  return collect({ ...table, rows }, shown, targetColumn.meaning, (row) => row[target]!, [0, 100]);
}

function collect(
  table: TextTable,
  shown: string,
  meaning: Text,
  figureOf: (row: readonly string[]) => string,
  range: readonly [number, number],
): ZoneAttributes {
  const code = requireColumn(table, shown, codeColumn.meaning, codeColumn.names);
  const byCode = new Map<string, number>();
  let region: number | undefined;
  for (const row of table.rows) {
    const zone = row[code]!.trim();
    const text = figureOf(row)
      .trim()
      .replace(/[%％]$/, '');
    const value = text === '' ? Number.NaN : Number(text);
    if (!(value >= range[0] && value <= range[1])) throw wrongValue(shown, zone, meaning, figureOf(row));
    if (wholeRegion.test(zone)) region = value;
    else if (byCode.has(zone)) throw listedTwice(shown, zone);
    else byCode.set(zone, value);
  }
  return { byCode, region };
}

const wrongValue = (shown: string, zone: string, meaning: Text, found: string) =>
  userError(
    'zone-figure-wrong',
    shown,
    { zh: `${zone} 的${meaning.zh}为“${found}”`, en: `${meaning.en} of ${zone} is “${found}”` },
    { zh: '应为合理范围内的数', en: 'expected a number in a sensible range' },
    { zh: '请改正该行', en: 'correct this row' },
  );

const listedTwice = (shown: string, zone: string) =>
  userError(
    'zone-listed-twice',
    shown,
    { zh: `代码 ${zone} 出现两次`, en: `code ${zone} is listed twice` },
    { zh: '每个分区一行', en: 'expected one row for each zone' },
    { zh: '请删除重复行', en: 'remove the duplicate' },
  );
