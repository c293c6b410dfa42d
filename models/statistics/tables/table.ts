import type { Bilingual } from '../../parameters/confidence.ts';

export type { Bilingual } from '../../parameters/confidence.ts';

/** What is printed where a number does not exist: no eroded area, a refused rate. */
export const dash = '—';

export interface TableColumn {
  readonly id: string;
  readonly header: Bilingual;
  /** Heading over several neighbouring columns of the same text, such as 轻度 over 面积 and 比例. */
  readonly group?: Bilingual;
  /** Such as km², %; empty for text and pure numbers. */
  readonly unit: string;
  /** Printed decimals of a number; undefined for text. */
  readonly decimals?: number;
}

/** Unrounded content of a cell; null where there is no number. */
export type RawValue = string | number | null;

export interface TableRow {
  /** 0 for the sum of the table, 1 for its parts, 2 for parts of those. */
  readonly level: number;
  readonly raw: readonly RawValue[];
  /** As handed in: sums close in these digits. Text is Chinese. */
  readonly printed: readonly string[];
  /** English text of the cells that have one, by column; a hole elsewhere. */
  readonly english?: readonly (string | undefined)[];
}

/** Printed content of a cell in a language. */
export const printedCell = (row: TableRow, column: number, language: 'zh' | 'en'): string =>
  (language === 'en' ? row.english?.[column] : undefined) ?? row.printed[column];

/** A table as data, ready for any export. */
export interface Table {
  /** Stable kebab-case name, also the file name. */
  readonly id: string;
  /** Number among the report tables, such as `1`; undefined for tables outside the official set. */
  readonly number?: string;
  readonly title: Bilingual;
  /** Unit line over the table, such as 单位：km². */
  readonly unit: Bilingual;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
  readonly notes: readonly Bilingual[];
}

/** A number in plain digits, or a dash. Percentages and means are rounded half away from zero, one by one. */
export function printNumber(value: number | null | undefined, decimals: number): string {
  if (value === null || value === undefined || Number.isNaN(value)) return dash;
  const printed = value.toFixed(decimals);
  return /^-0(\.0*)?$/.test(printed) ? printed.slice(1) : printed;
}
