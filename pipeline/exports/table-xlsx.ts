import writeXlsxFile from 'write-excel-file/node';
import type { Table } from '../../models/statistics/tables/table.ts';
import type { Language } from '../messages/text.ts';
import { printSetup } from './xlsx-print-setup.ts';
import { sheetNames } from './xlsx-sheet-names.ts';
import { tableSheet } from './xlsx-table-sheet.ts';
import { fixZipDates } from './zip-dates.ts';

export interface WorkbookOptions {
  /** Said on the left over every table, such as 安澜市2023年度水土流失动态监测. */
  readonly title: string;
  readonly language: Language;
}

/** Fonts of official Chinese documents; programs without them substitute their own. */
const fontFamilies: Readonly<Record<Language, string>> = { zh: '宋体', en: 'Arial' };

/**
 * Tables as an Excel workbook in the official layout, one A4 landscape sheet each. Equal tables give equal bytes.
 *
 * @throws RangeError without any table: a workbook needs a sheet.
 */
export async function tablesWorkbook(tables: readonly Table[], options: WorkbookOptions): Promise<Uint8Array> {
  if (tables.length === 0) throw new RangeError('a workbook without tables');
  const { title, language } = options;
  const names = sheetNames(tables, language);
  const sheets = tables.map((table) => tableSheet(table, title, language));
  const headings = sheets.map(({ headingRows }, index) => ({ sheet: names[index], firstRow: 1, lastRow: headingRows }));
  const archive = await writeXlsxFile(
    sheets.map(({ data, columns, headingRows, textColumns }, index) => ({
      data,
      columns,
      sheet: names[index],
      orientation: 'landscape' as const,
      showGridLines: false,
      stickyRowsCount: headingRows,
      stickyColumnsCount: textColumns,
    })),
    { fontFamily: fontFamilies[language], fontSize: 10, features: [printSetup(headings)] },
  ).toBuffer();
  return fixZipDates(new Uint8Array(archive));
}
