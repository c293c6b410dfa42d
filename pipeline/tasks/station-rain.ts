import { daysInYear } from '../../models/factors/rain-calendar.ts';
import { readDay } from '../formats/inspect/day-number.ts';
import { dateColumns } from '../inputs/date-columns.ts';
import { readTable, requireColumn, type TextTable } from '../inputs/read-table.ts';
import { latitudeNames, longitudeNames, rainNames, stationNames } from '../inputs/station-columns.ts';
import { userError } from '../messages/user-error.ts';

/** Daily rain of one station over whole calendar years, millimetres; NaN where there is no value. */
export interface StationRain {
  readonly station: string;
  readonly series: Float64Array;
}

export interface StationPlace {
  readonly station: string;
  readonly longitude: number;
  readonly latitude: number;
}

/** Codes that stand for no measurement or a trace in tables of the weather service. */
const traceCode = 32700;
const greatestDailyMillimetres = 2000;

/**
 * Rain of all stations of a table, either one row per station and day, or one row per day and one column per station.
 * @param scale millimetres per unit of the table
 */
export async function readStationRain(
  path: string,
  shown: string,
  encoding: string,
  years: readonly number[],
  scale: number,
): Promise<StationRain[]> {
  const table = await readTable(path, shown, encoding);
  const date = dateColumns(table, shown);
  const starts = new Map<number, number>();
  let length = 0;
  for (const year of years) {
    starts.set(year, length);
    length += daysInYear(year);
  }
  const series = new Map<string, Float64Array>();
  const put = (station: string, place: number, cell: string) => {
    let values = series.get(station);
    if (!values) {
      values = new Float64Array(length).fill(Number.NaN);
      series.set(station, values);
    }
    values[place] = rainOf(cell, scale);
  };
  const wide = table.columns.findIndex((column) => stationNames.test(column.trim())) < 0;
  const columns = wide ? stationColumns(table, date.columns) : [];
  const station = wide ? -1 : requireColumn(table, shown, { zh: '站号', en: 'station' }, stationNames);
  const rain = wide ? -1 : requireColumn(table, shown, { zh: '日雨量', en: 'daily rain' }, rainNames);
  for (const row of table.rows) {
    const place = placeOf(date.read(row), starts);
    if (place === undefined) continue;
    if (wide) for (const column of columns) put(table.columns[column]!, place, row[column]!);
    else put(row[station]!, place, row[rain]!);
  }
  if (series.size === 0)
    throw userError(
      'station-rain-empty',
      shown,
      { zh: `没有 ${years.join('、')} 年的数据`, en: `no rows for ${years.join(', ')}` },
      { zh: '应有所列年份的逐日雨量', en: 'expected daily rain of the years named' },
      { zh: '请核对 inputs.rain.years 与日期列', en: 'check inputs.rain.years and the date column' },
    );
  return [...series].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, values]) => ({ station: name, series: values }));
}

const stationColumns = (table: TextTable, dates: readonly number[]): number[] =>
  table.columns.flatMap((name, index) => (!dates.includes(index) && name.trim() !== '' ? [index] : []));

/** Position of a day in the series, or undefined outside the years asked for. */
function placeOf(day: number | undefined, starts: ReadonlyMap<number, number>): number | undefined {
  if (day === undefined) return undefined;
  const year = Number(new Date(day * 86_400_000).toISOString().slice(0, 4));
  const start = starts.get(year);
  const firstDay = readDay(`${year}-01-01`)!;
  return start === undefined ? undefined : start + day - firstDay;
}

function rainOf(cell: string, scale: number): number {
  if (cell === '') return Number.NaN;
  const value = Number(cell);
  if (value === traceCode) return 0;
  const millimetres = value * scale;
  return millimetres >= 0 && millimetres <= greatestDailyMillimetres ? millimetres : Number.NaN;
}

/** Longitudes and latitudes of stations, degrees. */
export async function readStationPlaces(path: string, shown: string): Promise<StationPlace[]> {
  const table = await readTable(path, shown);
  const station = requireColumn(table, shown, { zh: '站号', en: 'station' }, stationNames);
  const longitude = requireColumn(table, shown, { zh: '经度', en: 'longitude' }, longitudeNames);
  const latitude = requireColumn(table, shown, { zh: '纬度', en: 'latitude' }, latitudeNames);
  return table.rows.map((row) => ({
    station: row[station]!,
    longitude: Number(row[longitude]),
    latitude: Number(row[latitude]),
  }));
}
