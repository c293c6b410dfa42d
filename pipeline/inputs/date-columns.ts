import { readDay } from '../formats/inspect/day-number.ts';
import { requireColumn, type TextTable } from './read-table.ts';
import { dateNames } from './station-columns.ts';

/** Where a table keeps the day of a row. */
export interface DateColumns {
  /** Columns that hold the day or parts of it. */
  readonly columns: readonly number[];
  /** Days since 1970-01-01, or undefined where the row names no day. */
  read(row: readonly string[]): number | undefined;
}

const partNames = [/^(year|年|年份)$/i, /^(mon(th)?|月|月份)$/i, /^(day|日)$/i];

/**
 * The day of each row: from columns for year, month and day where all three are there, else from one date column.
 * @throws UserError when there is neither
 */
export function dateColumns(table: TextTable, shown: string): DateColumns {
  const parts = partNames.map((names) => table.columns.findIndex((column) => names.test(column.trim())));
  if (parts.every((column) => column >= 0))
    return {
      columns: parts,
      read: (row) => {
        const [year, month, day] = parts.map((column) => row[column]!.trim());
        return readDay(`${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`);
      },
    };
  const date = requireColumn(table, shown, { zh: '日期', en: 'date' }, dateNames);
  return { columns: [date], read: (row) => readDay(row[date]!) };
}
