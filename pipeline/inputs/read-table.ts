import { readFile, stat } from 'node:fs/promises';
import { csvRows, guessDelimiter } from '../formats/inspect/csv-text.ts';
import { maximumTableBytes } from '../formats/inspect/inspect-table.ts';
import { decodeText, encodingLabel, guessEncoding } from '../formats/inspect/text-encoding.ts';
import { requireFile } from '../formats/unusable-file.ts';
import type { Text } from '../messages/text.ts';
import { userError } from '../messages/user-error.ts';

/** A delimited table as text; every row has as many cells as the heading. */
export interface TextTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const expected: Text = { zh: '应为 CSV（逗号或制表符分隔）', en: 'expected CSV, divided by commas or tabs' };

/**
 * Reads a delimited table: byte-order mark, GBK or UTF-8, comment lines that begin with `#`.
 * @param encoding name of an encoding, or `auto`
 * @throws UserError for what is no file, no text or too long, and for a table without heading
 */
export async function readTable(path: string, shown: string, encoding = 'auto'): Promise<TextTable> {
  requireFile(path, shown, expected);
  const { size } = await stat(path);
  if (size > maximumTableBytes)
    throw userError('table-too-large', shown, {
      zh: `表格为 ${Math.round(size / 1e6)} MB，超过上限 ${maximumTableBytes / 1e6} MB`,
      en: `the table has ${Math.round(size / 1e6)} MB, above the limit of ${maximumTableBytes / 1e6} MB`,
    });
  const bytes = await readFile(path);
  const label = encoding === 'auto' ? undefined : encodingLabel(encoding);
  const text = decodeText(bytes, label ?? guessEncoding(bytes)).replace(/^\uFEFF/, '');
  if (text.includes('\0'))
    throw userError('table-not-text', shown, { zh: '不是文本表格', en: 'is no text table' }, expected, {
      zh: 'Excel 文件请另存为 CSV',
      en: 'save a workbook of Excel as CSV',
    });
  const heading = text.split(/\r?\n/, 200).find((line) => line.trim() !== '' && !line.startsWith('#'));
  if (heading === undefined)
    throw userError('table-no-heading', shown, { zh: '表格没有标题行', en: 'the table has no heading line' }, expected);
  let columns: string[] | undefined;
  const rows: string[][] = [];
  for (const { cells } of csvRows(text, guessDelimiter(heading))) {
    if ((cells.length === 1 && cells[0] === '') || cells[0]!.startsWith('#')) continue;
    if (columns === undefined) columns = cells;
    else rows.push(Array.from({ length: columns.length }, (_, index) => cells[index] ?? ''));
  }
  return { columns: columns!, rows };
}

/**
 * Place of the first column that goes by one of the names.
 * @throws UserError listing the columns there are
 */
export function requireColumn(
  table: TextTable,
  shown: string,
  meaning: { zh: string; en: string },
  names: RegExp,
): number {
  const at = table.columns.findIndex((column) => names.test(column.trim()));
  if (at >= 0) return at;
  const present = table.columns.slice(0, 12).join(', ');
  throw userError(
    'column-missing',
    shown,
    { zh: `没有“${meaning.zh}”列`, en: `no column for the ${meaning.en}` },
    { zh: `现有列：${present}`, en: `columns present: ${present}` },
    { zh: '请改正标题行', en: 'correct the heading' },
  );
}
