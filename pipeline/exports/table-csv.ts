import { printedCell, type Table } from '../../models/statistics/tables/table.ts';
import type { Language } from '../messages/text.ts';
import { flatHeading } from './table-headings.ts';

/** Beginnings that spreadsheet programs take for a formula, full-width forms included. */
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/;

/** Text that a spreadsheet program shows and never evaluates: an apostrophe goes before what could be a formula. */
export const inertText = (text: string): string => (formulaStart.test(text) ? `'${text}` : text);

const quoted = (field: string): string => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);

/**
 * A table as CSV: one line of headings, then the rows with their printed digits; no title and no notes, so that programs can
 * read it. UTF-8 with a byte-order mark, without which Excel garbles Chinese; lines end with CR LF (RFC 4180).
 */
export function tableCsv(table: Table, language: Language = 'zh'): Uint8Array {
  const lines = [
    table.columns.map((column) => flatHeading(column, language)),
    ...table.rows.map((row) =>
      // Printed numbers may begin with a minus sign; only text can be mistaken for a formula.
      table.columns.map(({ decimals }, index) => {
        const cell = printedCell(row, index, language);
        return decimals === undefined ? inertText(cell) : cell;
      }),
    ),
  ];
  return csvText(lines);
}

/** Lines of fields as CSV, with a byte-order mark and CR LF. */
export const csvText = (lines: readonly (readonly string[])[]): Uint8Array =>
  new TextEncoder().encode(`\ufeff${lines.map((fields) => `${fields.map(quoted).join(',')}\r\n`).join('')}`);
