import type { Table } from '../../models/statistics/tables/table.ts';
import { tableCsv } from '../exports/table-csv.ts';
import { tablesWorkbook } from '../exports/table-xlsx.ts';
import type { Language } from '../messages/text.ts';
import type { RegionParameters, ReportParameters, UnverifiedParameter } from './report-parameters.ts';
import { fileEdition, reportTitle } from './report-title.ts';
import type { TaskOutput } from './task.ts';

/** The report tables as CSV, one file each, and as one workbook. */
export async function tableFiles(
  parameters: ReportParameters,
  tables: readonly Table[],
  unverified: readonly UnverifiedParameter[],
): Promise<Record<string, TaskOutput>> {
  const noted = tables.map((table) => withUnverifiedNote(table, unverified));
  const title = reportTitle(parameters, 'workbook')[parameters.language];
  return filesOfTables(parameters, noted, 'tables', title);
}

/** Tables as CSV, one file each, and as one workbook of that name. */
export async function filesOfTables(
  parameters: RegionParameters & Pick<ReportParameters, 'tables'>,
  tables: readonly Table[],
  workbook: string,
  title: string,
): Promise<Record<string, TaskOutput>> {
  const { language } = parameters;
  const edition = fileEdition(parameters);
  const files: Record<string, TaskOutput> = {};
  if (parameters.tables.includes('csv'))
    for (const table of tables)
      files[`${tableFileName(table)}_${edition}.csv`] = {
        bytes: Buffer.from(tableCsv(table, language)),
        mediaType: 'text/csv; charset=utf-8',
      };
  if (parameters.tables.includes('xlsx'))
    files[`${workbook}_${edition}.xlsx`] = {
      bytes: await tablesWorkbook(tables, { title, language }),
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
