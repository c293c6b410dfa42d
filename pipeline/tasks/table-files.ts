import type { Report } from '../../models/statistics/tables/report-tables.ts';
import type { Table } from '../../models/statistics/tables/table.ts';
import { tableCsv } from '../exports/table-csv.ts';
import { tablesWorkbook } from '../exports/table-xlsx.ts';
import type { Language } from '../messages/text.ts';
import type { ReportParameters, UnverifiedParameter } from './report-parameters.ts';
import { reportTitle } from './report-title.ts';
import type { TaskOutput } from './task.ts';

/** The report tables as CSV, one file each, and as one workbook. */
export async function tableFiles(
  parameters: ReportParameters,
  report: Report,
  unverified: readonly UnverifiedParameter[],
): Promise<Record<string, TaskOutput>> {
  const { year, language } = parameters;
  const tables = report.tables.map((table) => withUnverifiedNote(table, unverified));
  const files: Record<string, TaskOutput> = {};
  if (parameters.tables.includes('csv'))
    for (const table of tables)
      files[`${tableFileName(table)}_${year}.csv`] = {
        bytes: Buffer.from(tableCsv(table, language)),
        mediaType: 'text/csv; charset=utf-8',
      };
  if (parameters.tables.includes('xlsx'))
    files[`tables_${year}.xlsx`] = {
      bytes: await tablesWorkbook(tables, { title: reportTitle(parameters, 'workbook')[language], language }),
      mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    };
  return files;
}

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
