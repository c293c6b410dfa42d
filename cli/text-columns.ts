import { columnsWide } from '../pipeline/exports/text-width.ts';
import { oneLine } from '../pipeline/messages/one-line.ts';

const gap = '  ';

/** Rows as lines with their columns under each other on a terminal, where a Chinese character takes two places. */
export function padded(texts: readonly (readonly string[])[]): string {
  const rows = texts.map((row) => row.map(oneLine));
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, columnsWide(cell));
    });
  }
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell + ' '.repeat(widths[column]! - columnsWide(cell)))
        .join(gap)
        .trimEnd(),
    )
    .join('\n');
}
