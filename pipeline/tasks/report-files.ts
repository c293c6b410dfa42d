import type { Report } from '../../models/statistics/tables/report-tables.ts';
import type { Table } from '../../models/statistics/tables/table.ts';
import { intensityChart } from '../exports/intensity-chart.ts';
import { intensityMap } from '../exports/intensity-map.ts';
import { printedZones } from '../exports/printed-zones.ts';
import { tableCsv } from '../exports/table-csv.ts';
import { tablesWorkbook } from '../exports/table-xlsx.ts';
import type { Language, Text } from '../messages/text.ts';
import type { CodeEntry } from './code-tiles.ts';
import { overviewGrid } from './overview.ts';
import type { ReportParameters, UnverifiedParameter } from './report-parameters.ts';
import type { TaskOutput } from './task.ts';

type Files = Record<string, TaskOutput>;

/** The report tables as CSV, one file each, and as one workbook. */
export async function tableFiles(
  { year, language, region, outputs }: ReportParameters,
  report: Report,
  unverified: readonly UnverifiedParameter[],
): Promise<Files> {
  const tables = report.tables.map((table) => withUnverifiedNote(table, unverified));
  const files: Files = {};
  if (outputs.tables.includes('csv'))
    for (const table of tables)
      files[`${tableFileName(table)}_${year}.csv`] = {
        bytes: Buffer.from(tableCsv(table, language)),
        mediaType: 'text/csv; charset=utf-8',
      };
  if (outputs.tables.includes('xlsx'))
    files[`tables_${year}.xlsx`] = {
      bytes: await tablesWorkbook(tables, { title: titleOf(region, year, workbookTitle)[language], language }),
      mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    };
  return files;
}

/** Eroded area and rate of the zones of the first set, as a picture. */
export function chartFile({ year, language, region }: ReportParameters, report: Report): Files {
  const bytes = intensityChart({ title: titleOf(region, year, chartTitle), zones: printedZones(report) }, language);
  return { [`chart_${year}.png`]: { bytes, mediaType: 'image/png' } };
}

/** The classes of the region as a picture. `classes` and `zones` are on the overview grid. */
export function mapFile(
  { year, language, region, grid, model, zoneSets }: ReportParameters,
  report: Report,
  cells: { readonly classes: Uint8Array; readonly zones: Uint16Array; readonly names: readonly CodeEntry[] },
): Files {
  const bytes = intensityMap(
    {
      title: titleOf(region, year, mapTitle),
      grid: overviewGrid(grid),
      classes: cells.classes,
      zones: cells.zones,
      zoneNames: new Map(cells.names.map(({ index, name }) => [index, { zh: name, en: name }])),
      zoneName: zoneSets[0]!.name,
      region: printedZones(report)[0]!,
      model,
      cellSizeMetres: grid.cellSizeMetres,
    },
    language,
  );
  return { [`map_${year}.png`]: { bytes, mediaType: 'image/png' } };
}

const workbookTitle: Text = { zh: '水土流失动态监测', en: 'annual soil-erosion monitoring' };
const chartTitle: Text = { zh: '水土流失面积与水土保持率', en: 'eroded area and conservation rate' };
const mapTitle: Text = { zh: '土壤侵蚀强度分布图', en: 'soil-erosion intensity' };

const titleOf = (region: Text, year: number, subject: Text): Text => ({
  zh: `${region.zh}${year}年度${subject.zh}`,
  en: `${region.en} ${year}: ${subject.en}`,
});

const tableFileName = ({ number, id }: Table): string =>
  number === undefined ? `table-${id}` : `table-${number}-${id}`;

/** Doubtful parameters in use are named under every table. */
function withUnverifiedNote(table: Table, unverified: readonly UnverifiedParameter[]): Table {
  if (unverified.length === 0) return table;
  const list = (language: Language) =>
    unverified.map(({ factor, value, ...name }) => `${factor} ${name[language]} ${value}`);
  const note = {
    zh: `参数待核：${list('zh').join('；')}`,
    en: `parameters to be verified: ${list('en').join('; ')}`,
  };
  return { ...table, notes: [...table.notes, note] };
}
