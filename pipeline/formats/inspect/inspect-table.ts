import { statSync } from 'node:fs';
import { csvRows, guessDelimiter } from './csv-text.ts';
import { dayText, readDay } from './day-number.ts';
import type { DayCoverage, InspectionRequest, TableColumn, TableInspection } from './inspection.ts';
import { InspectionError } from './inspection-error.ts';
import { readBytes } from './read-bytes.ts';
import { decodeText, encodingLabel, encodingName, guessEncoding } from './text-encoding.ts';

/** A longer table is refused: it would be held in memory whole. */
export const maximumTableBytes = 200e6;
const maximumDistinct = 200;
/** 32700 trace, 32744 blank, 32766 missing (weather bureau); -9999 and such from models. */
const sentinels = new Set([32700, 32744, 32766, 999999, 999998, 999990, -9999, -999, -99, 9999, 99999]);

/** Describes a delimited text table: encoding, columns, rows, and the days it covers. */
export function inspectTable(request: InspectionRequest): TableInspection {
  const fileBytes = statSync(request.path).size;
  if (fileBytes === 0)
    throw new InspectionError('table-empty', { zh: '文件是空的（0 字节）', en: 'the file is empty (0 bytes)' });
  if (fileBytes > maximumTableBytes)
    throw new InspectionError('table-too-large', {
      zh: `表格为 ${Math.round(fileBytes / 1e6)} MB，超过上限 ${maximumTableBytes / 1e6} MB`,
      en: `the table has ${Math.round(fileBytes / 1e6)} MB, above the limit of ${maximumTableBytes / 1e6} MB`,
    });
  const bytes = readBytes(request.path);
  if (bytes.subarray(0, 4096).some((byte) => byte === 0) && !guessEncoding(bytes).startsWith('utf-16'))
    throw new InspectionError(
      'table-binary',
      { zh: '不是文本表格', en: 'not a text table' },
      { zh: '请另存为 CSV（UTF-8）', en: 'save it as CSV (UTF-8)' },
    );
  const declared = request.encoding ? encodingLabel(request.encoding) : undefined;
  const label = declared ?? guessEncoding(bytes);
  const decoded = decodeText(bytes, label);
  const byteOrderMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return describe(request, fileBytes, decoded.replace(/^\uFEFF/, ''), encodingName(label), byteOrderMark);
}

interface ColumnGathering {
  name: string;
  numbers: number;
  blanks: number;
  minimum: number;
  maximum: number;
  sum: number;
  sample?: string;
  distinct: Set<string>;
  sentinels: Map<number, number>;
  byYear: Map<string, number>;
}

function describe(
  request: InspectionRequest,
  fileBytes: number,
  text: string,
  encoding: string,
  byteOrderMark: boolean,
): TableInspection {
  const comments: string[] = [];
  const raggedLines: number[] = [];
  const wanted = new Map<string, { at: number; out: string[] }>();
  const firstLine = text.split(/\r?\n/, 200).find((line) => line.trim() !== '' && !line.startsWith('#')) ?? '';
  const delimiter = guessDelimiter(firstLine);
  let columns: ColumnGathering[] | undefined;
  let days: DayGathering | undefined;
  let rowCount = 0;
  for (const { line, cells } of csvRows(text, delimiter)) {
    if (cells.length === 1 && cells[0] === '') continue;
    if (cells[0]!.startsWith('#')) {
      if (comments.length < 20)
        comments.push(
          cells
            .join(delimiter)
            .replace(/^#+\s*/, '')
            .slice(0, 80),
        );
      continue;
    }
    if (!columns) {
      columns = cells.map(newColumn);
      for (const field of request.fields ?? []) {
        const at = cells.indexOf(field);
        if (at >= 0) wanted.set(field, { at, out: [] });
      }
      const dateColumn = cells.findIndex((name) =>
        /^(date(time)?|day|日期|时间|观测日期|年月日|localtime|utctime)$/i.test(name),
      );
      const ymd = [/^(year|年|年份)$/i, /^(mon(th)?|月|月份)$/i, /^(day|日)$/i].map((pattern) =>
        cells.findIndex((name) => pattern.test(name)),
      );
      if (ymd.every((index) => index >= 0)) days = new DayGathering(cells[ymd[0]!]!, ymd as [number, number, number]);
      else if (dateColumn >= 0) days = new DayGathering(cells[dateColumn]!, [dateColumn]);
      continue;
    }
    rowCount++;
    if (cells.length !== columns.length && raggedLines.length < 20) raggedLines.push(line);
    const year = days?.add(cells);
    for (let index = 0; index < columns.length; index++) addCell(columns[index]!, cells[index] ?? '', year);
    for (const { at, out } of wanted.values()) if (out.length < 20000) out.push(cells[at] ?? '');
  }
  if (!columns)
    throw new InspectionError('table-no-heading', { zh: '表格没有标题行', en: 'the table has no heading line' });
  const coverage = days?.finish();
  return {
    kind: 'table',
    path: request.path,
    fileBytes,
    format: 'csv',
    encoding,
    byteOrderMark,
    delimiter,
    comments,
    columns: columns.map(finishColumn),
    rowCount,
    raggedLines,
    ...(coverage ? { days: coverage } : {}),
    values: Object.fromEntries([...wanted].map(([name, { out }]) => [name, out])),
  };
}

const newColumn = (name: string): ColumnGathering => ({
  name,
  numbers: 0,
  blanks: 0,
  minimum: Infinity,
  maximum: -Infinity,
  sum: 0,
  distinct: new Set(),
  sentinels: new Map(),
  byYear: new Map(),
});

function addCell(column: ColumnGathering, cell: string, year: string | undefined): void {
  if (cell === '') {
    column.blanks++;
    return;
  }
  column.sample ??= cell.slice(0, 40);
  if (column.distinct.size <= maximumDistinct) column.distinct.add(cell);
  const value = Number(cell);
  if (!Number.isFinite(value)) return;
  column.numbers++;
  if (sentinels.has(value)) {
    column.sentinels.set(value, (column.sentinels.get(value) ?? 0) + 1);
    return;
  }
  column.minimum = Math.min(column.minimum, value);
  column.maximum = Math.max(column.maximum, value);
  column.sum += value;
  if (year !== undefined) column.byYear.set(year, (column.byYear.get(year) ?? 0) + value);
}

function finishColumn(column: ColumnGathering): TableColumn {
  return {
    name: column.name,
    numbers: column.numbers,
    blanks: column.blanks,
    ...(column.minimum <= column.maximum ? { minimum: column.minimum, maximum: column.maximum, sum: column.sum } : {}),
    ...(column.sample === undefined ? {} : { sample: column.sample }),
    ...(column.distinct.size <= maximumDistinct ? { distinct: [...column.distinct] } : {}),
    sentinels: [...column.sentinels],
    ...(column.byYear.size > 0 ? { sumByYear: Object.fromEntries(column.byYear) } : {}),
  };
}

/** Days met in a table, from one date column or from year, month and day. */
class DayGathering {
  readonly #column: string;
  readonly #at: readonly number[];
  readonly #days = new Map<number, number>();
  #unreadable = 0;

  constructor(column: string, at: readonly [number] | readonly [number, number, number]) {
    this.#column = column;
    this.#at = at;
  }

  /** Takes a row; returns its year. */
  add(cells: readonly string[]): string | undefined {
    const text = this.#at.map((index) => cells[index] ?? '').join('-');
    const day = readDay(text);
    if (day === undefined) {
      this.#unreadable++;
      return undefined;
    }
    this.#days.set(day, (this.#days.get(day) ?? 0) + 1);
    return dayText(day).slice(0, 4);
  }

  finish(): DayCoverage | undefined {
    if (this.#days.size === 0) return undefined;
    const sorted = [...this.#days.keys()].sort((a, b) => a - b);
    const first = sorted[0]!;
    const last = sorted.at(-1)!;
    let firstMissing: string | undefined;
    for (let index = 1; index < sorted.length && firstMissing === undefined; index++)
      if (sorted[index]! !== sorted[index - 1]! + 1) firstMissing = dayText(sorted[index - 1]! + 1);
    return {
      column: this.#column,
      first: dayText(first),
      last: dayText(last),
      days: sorted.length,
      duplicates: [...this.#days.values()].filter((count) => count > 1).length,
      missing: last - first + 1 - sorted.length,
      ...(firstMissing ? { firstMissing } : {}),
      unreadable: this.#unreadable,
    };
  }
}
