import type { CellObject, Row } from 'write-excel-file/node';
import { printedCell, type Table, type TableColumn, type TableRow } from '../../models/statistics/tables/table.ts';
import type { Language } from '../messages/text.ts';
import { columnUnit, headingGroups, numberedTitle } from './table-headings.ts';
import { columnsWide } from './text-width.ts';

/** One table laid out as a sheet. */
export interface TableSheet {
  readonly data: Row[];
  readonly columns: { width: number }[];
  /** Rows of title, unit and headings. */
  readonly headingRows: number;
  /** Leading text columns (code, name). */
  readonly textColumns: number;
}

const lineHeight = 15;
const heading = {
  align: 'center',
  alignVertical: 'center',
  borderStyle: 'thin',
  fontWeight: 'bold',
  wrap: true,
} as const;
const headingColour = '#e8efe4';
const sumColour = '#f5f5f0';

/**
 * Lays a table out as it is handed in: title, caption and unit, headings in two levels, bordered rows with sums in bold and
 * parts indented, notes. Numbers are the printed ones, so that sums close in the sheet too; text is never a formula.
 *
 * @param caption said on the left over the table, such as region and year
 */
export function tableSheet(table: Table, caption: string, language: Language): TableSheet {
  const widths = columnWidths(table, language);
  const total = widths.reduce((sum, width) => sum + width, 0);
  const headingCells = headingRows(table, widths, language);
  const deepest = table.rows.reduce((level, row) => Math.max(level, row.level), 0);
  const data: Row[] = [
    spanned(
      { value: numberedTitle(table, language), fontSize: 16, fontWeight: 'bold', align: 'center', height: 30 },
      widths,
    ),
    captionRow(caption, table.unit[language], widths),
    ...headingCells,
    ...table.rows.map((row) => bodyRow(table, row, deepest, language)),
    ...table.notes.map((note, index) => {
      const value = language === 'zh' ? `注${index + 1}：${note.zh}` : `Note ${index + 1}: ${note.en}`;
      const lines = Math.ceil((columnsWide(value) * 1.05) / total);
      return spanned({ value, align: 'left', alignVertical: 'top', wrap: true, height: lines * lineHeight }, widths);
    }),
  ];
  return {
    data,
    columns: widths.map((width) => ({ width })),
    headingRows: 2 + headingCells.length,
    textColumns: leadingTextColumns(table),
  };
}

const isText = (column: TableColumn): boolean => column.decimals === undefined;

function leadingTextColumns(table: Table): number {
  const number = table.columns.findIndex((column) => !isText(column));
  return number === -1 ? table.columns.length : number;
}

/** Column that is indented by level: the last text column before the numbers, the name of the row. */
const nameColumn = (table: Table): number => leadingTextColumns(table) - 1;

/** Lower heading of a column; the unit stands on a line of its own. */
function columnHeading(column: TableColumn, language: Language): string {
  const unit = columnUnit(column, language);
  return unit === '' ? column.header[language] : `${column.header[language]}\n(${unit})`;
}

function columnWidths(table: Table, language: Language): number[] {
  return table.columns.map((column, index) => {
    const content = table.rows.map(
      (row) => columnsWide(printedCell(row, index, language)) + (index === nameColumn(table) ? 2 * row.level : 0),
    );
    const unit = columnsWide(columnUnit(column, language)) + 2;
    // Headings wrap; half of their length, but no less than four characters, has to fit.
    const header = Math.max(8, Math.ceil(columnsWide(column.header[language]) / 2));
    return Math.min(40, Math.max(unit, header, ...content) + 2);
  });
}

function captionRow(caption: string, unit: string, widths: readonly number[]): Row {
  const left = Math.max(1, Math.ceil(widths.length / 2));
  const row: Row = widths.map(() => null);
  row[0] = { ...textCell(caption), align: 'left', columnSpan: left, height: 18 };
  if (left < widths.length) row[left] = { ...textCell(unit), align: 'right', columnSpan: widths.length - left };
  return row;
}

function headingRows(table: Table, widths: readonly number[], language: Language): Row[] {
  const style = { ...heading, backgroundColor: headingColour };
  const lines = table.columns.map((column, index) =>
    columnHeading(column, language)
      .split('\n')
      .reduce((sum, line) => sum + Math.ceil(columnsWide(line) / (widths[index] - 1)), 0),
  );
  const lower: CellObject[] = table.columns.map((column) => ({
    ...style,
    ...textCell(columnHeading(column, language)),
  }));
  const groups = headingGroups(table, language);
  const isAlone = table.columns.map((column) => column.group === undefined);
  if (isAlone.every(Boolean)) return [lower.map((cell) => ({ ...cell, height: linesHeight(Math.max(...lines)) }))];
  const upper: Row = table.columns.map(() => null);
  for (const { first, count, group } of groups)
    upper[first] =
      group === undefined
        ? { ...lower[first], rowSpan: 2, height: linesHeight(1) }
        : { ...style, ...textCell(group), columnSpan: count, height: linesHeight(1) };
  // Headings without a group reach over both lines.
  const height = linesHeight(Math.max(...lines.map((count, index) => (isAlone[index] ? count - 1 : count))));
  return [upper, lower.map((cell, index) => (isAlone[index] ? null : { ...cell, height }))];
}

const linesHeight = (lines: number): number => lines * lineHeight + 4;

function bodyRow(table: Table, row: TableRow, deepest: number, language: Language): Row {
  const isSum = row.level < deepest;
  return table.columns.map((column, index): CellObject => {
    const printed = printedCell(row, index, language);
    const style: CellObject = {
      borderStyle: 'thin',
      alignVertical: 'center',
      ...(isSum ? { fontWeight: 'bold' as const } : {}),
      ...(row.level === 0 ? { backgroundColor: sumColour } : {}),
      ...(index === 0 ? { height: 18 } : {}),
    };
    const indent = index === nameColumn(table) && row.level > 0 ? { indent: row.level } : {};
    if (isText(column))
      return { ...style, ...textCell(printed), align: indent.indent ? 'left' : textAlign(table, index), ...indent };
    const value = Number(printed);
    // A dash stands where there is no number.
    if (printed === '' || !Number.isFinite(value)) return { ...style, ...textCell(printed), align: 'center' };
    return { ...style, value, type: Number, format: numberFormat(column.decimals!), align: 'right' };
  });
}

const textAlign = (table: Table, index: number): 'left' | 'center' => (index === nameColumn(table) ? 'left' : 'center');

const numberFormat = (decimals: number): string => (decimals === 0 ? '0' : `0.${'0'.repeat(decimals)}`);

/** A cell whose content is text whatever it begins with; empty text leaves the cell empty. */
const textCell = (value: string): CellObject => (value === '' ? {} : { value, type: String });

function spanned(cell: CellObject & { value: string }, widths: readonly number[]): Row {
  const row: Row = widths.map(() => null);
  row[0] = { ...cell, type: String, columnSpan: widths.length };
  return row;
}
