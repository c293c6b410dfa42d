import type { StationDay } from '../climate/stations.ts';
import { rainStations } from '../climate/stations.ts';
import { changeReasons } from '../land/land-use-change.ts';
import { imageDates, type RegionContent, sampleYears } from '../region-content.ts';
import { encodeGbk } from './gbk.ts';
import { type ByteFile, textFile } from './region-file.ts';

const byteOrderMark = '\ufeff';

/** Rows of equal keys as CSV lines with a heading, CRLF between lines. */
export function csv(rows: readonly object[]): string {
  const headings = Object.keys(rows[0] ?? {});
  const lines = rows.map((row) => Object.values(row).map(csvCell).join(','));
  return `${[headings.join(','), ...lines].join('\r\n')}\r\n`;
}

function csvCell(value: unknown): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A table with the mark that tells spreadsheets it is UTF-8. */
const table = (path: string, rows: readonly object[]): ByteFile => textFile(path, byteOrderMark + csv(rows));

/** All tables of the region; the long one of daily rain is in GBK, as weather offices export it. */
export function tableFiles(content: RegionContent): ByteFile[] {
  const days = sampleYears.flatMap((year) => content.stationDays[year]);
  return [
    table('rain/stations.csv', stationRows(content)),
    { kind: 'bytes', path: 'rain/station-rain.csv', bytes: encodeGbk(csv(days.map(stationDayRow))) },
    table('tables/land-areas.csv', landAreaRows(content)),
    table('tables/rate-targets.csv', rateTargetRows(content)),
    table('tables/imagery-dates.csv', imageryRows()),
    table('truth/land-use-change.csv', changeRows(content)),
  ];
}

const stationRows = ({ frame }: RegionContent): object[] =>
  rainStations(frame).map(({ code, name, lon, lat }) => ({ 站号: code, 站名: name, 经度: lon, 纬度: lat }));

/** One line per gauge and day, an empty depth (mm) where the gauge was silent. */
const stationDayRow = ({ station, date, rainMm }: StationDay): object => ({
  站号: station.code,
  日期: date,
  降水量: rainMm === null ? null : rainMm.toFixed(1),
});

const landAreaRows = ({ officialAreas }: RegionContent): object[] =>
  officialAreas.map(({ code, name, landAreaKm2, source, year }) => ({
    行政区代码: code,
    行政区名称: name,
    '控制面积(km²)': landAreaKm2.toFixed(2),
    年份: year,
    来源: source,
  }));

const rateTargetRows = ({ rateTargets }: RegionContent): object[] =>
  rateTargets.map(({ code, name, targetYear, targetRatePercent, source }) => ({
    行政区代码: code,
    行政区名称: name,
    目标年份: targetYear,
    '水土保持率目标(%)': targetRatePercent.toFixed(2),
    来源: source,
  }));

const imageryRows = (): object[] => sampleYears.map((year) => ({ 年份: year, 影像日期: imageDates[year] }));

/** Cells by code before, code after and reason: what a comparison of the two years must find. */
function changeRows({ landUse, changeReason }: RegionContent): object[] {
  const counts = new Map<number, number>();
  changeReason.forEach((reason, cell) => {
    if (reason === 0) return;
    const key = (landUse[2023][cell]! * 256 + landUse[2024][cell]!) * 256 + reason;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  });
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([key, cells]) => ({
      '2023年代码': key >> 16,
      '2024年代码': (key >> 8) & 255,
      原因: changeReasons[(key & 255) as keyof typeof changeReasons],
      像元数: cells,
      '面积(hm²)': (cells / 100).toFixed(2),
    }));
}
