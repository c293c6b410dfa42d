import type { SampleFeature } from '../zones/polygons.ts';
import { encodeGbk } from './gbk.ts';

/** A column of a dBASE table: text, number or date; `width` in bytes. */
export interface DbfField {
  /** At most ten letters. */
  readonly name: string;
  readonly type: 'C' | 'N' | 'D';
  readonly width: number;
  readonly decimals?: number;
}

/** Language byte for GBK. */
const gbkLanguage = 0x4d;
/** The head wants a date of the last change; a fixed one keeps the bytes the same. */
const changed = [124, 12, 31] as const;

/**
 * Attributes as a dBASE III table in GBK. Dates are given as `YYYY-MM-DD`, an empty text where there is none.
 *
 * Raises a RangeError when a value does not fit its column.
 */
export function dbfTable(fields: readonly DbfField[], rows: readonly SampleFeature['properties'][]): Uint8Array {
  const headBytes = 32 + fields.length * 32 + 1;
  const rowBytes = 1 + fields.reduce((sum, field) => sum + field.width, 0);
  const bytes = new Uint8Array(headBytes + rows.length * rowBytes + 1).fill(0x20, headBytes);
  const view = new DataView(bytes.buffer);
  bytes.set([3, ...changed]);
  view.setUint32(4, rows.length, true);
  view.setUint16(8, headBytes, true);
  view.setUint16(10, rowBytes, true);
  bytes[29] = gbkLanguage;
  fields.forEach((field, n) => {
    const at = 32 + n * 32;
    bytes.set(encodeGbk(field.name), at);
    bytes[at + 11] = field.type.charCodeAt(0);
    bytes[at + 16] = field.width;
    bytes[at + 17] = field.decimals ?? 0;
  });
  bytes[headBytes - 1] = 0x0d;
  rows.forEach((row, n) => {
    let at = headBytes + n * rowBytes + 1;
    for (const field of fields) {
      const cell = encodeGbk(cellText(field, row[field.name] ?? ''));
      if (cell.length > field.width) throw new RangeError(`${field.name} needs ${cell.length} bytes`);
      bytes.set(cell, field.type === 'N' ? at + field.width - cell.length : at);
      at += field.width;
    }
  });
  bytes[bytes.length - 1] = 0x1a;
  return bytes;
}

function cellText(field: DbfField, value: string | number): string {
  if (field.type === 'D') return String(value).replaceAll('-', '');
  if (field.type === 'N' && typeof value === 'number') return value.toFixed(field.decimals ?? 0);
  return String(value);
}
