import type { Table, TableColumn } from '../../models/statistics/tables/table.ts';
import type { Language } from '../messages/text.ts';

/** Units whose name differs between the languages; all others are written alike. */
const englishUnits: Readonly<Record<string, string>> = { 个百分点: 'percentage points' };

/** Unit of a column in the reader's language; empty for text and pure numbers. */
export function columnUnit(column: TableColumn, language: Language): string {
  return language === 'en' ? (englishUnits[column.unit] ?? column.unit) : column.unit;
}

/** Heading of a column in one line, group and unit included, such as 轻度面积(km²). */
export function flatHeading(column: TableColumn, language: Language): string {
  const header = column.header[language];
  const group = column.group?.[language];
  const unit = columnUnit(column, language);
  // 水土流失面积 over 面积 would read 水土流失面积面积.
  const text =
    group === undefined ? header : group.endsWith(header) ? group : `${group}${language === 'zh' ? '' : ' '}${header}`;
  if (unit === '') return text;
  return language === 'zh' ? `${text}(${unit})` : `${text} (${unit})`;
}

/** Title with the number of the report table, such as 表1 行政区水土流失面积与强度. */
export function numberedTitle(table: Table, language: Language): string {
  const title = table.title[language];
  if (table.number === undefined) return title;
  return language === 'zh' ? `表${table.number} ${title}` : `Table ${table.number} ${title}`;
}

/** A run of neighbouring columns under one heading; columns without a group stand alone. */
export interface HeadingGroup {
  readonly first: number;
  readonly count: number;
  readonly group: string | undefined;
}

/** Columns gathered under their upper headings, in order. */
export function headingGroups(table: Table, language: Language): HeadingGroup[] {
  const groups: { first: number; count: number; group: string | undefined }[] = [];
  table.columns.forEach((column, index) => {
    const group = column.group?.[language];
    const last = groups.at(-1);
    if (last !== undefined && group !== undefined && last.group === group) last.count++;
    else groups.push({ first: index, count: 1, group });
  });
  return groups;
}
