import type { StationDay } from '../climate/stations.ts';

const byteOrderMark = '\ufeff';

/** Rows of equal keys as CSV lines with a heading, CRLF between lines. */
export function csv(rows: readonly object[]): string {
  const headings = Object.keys(rows[0] ?? {});
  const lines = rows.map((row) => Object.values(row).map(csvCell).join(','));
  return `${[headings.join(','), ...lines].join('\r\n')}\r\n`;
}

/** The same with the mark that tells spreadsheets it is UTF-8. */
export function csvWithMark(rows: readonly object[]): string {
  return byteOrderMark + csv(rows);
}

function csvCell(value: unknown): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The station table as it is handed in: one line per gauge and day, an empty depth where the gauge was silent. */
export function stationRows(days: readonly StationDay[]): object[] {
  return days.map(({ station, date, rainMm }) => ({
    站号: station.code,
    站名: station.name,
    经度: station.lon,
    纬度: station.lat,
    日期: date,
    降水量: rainMm,
  }));
}
