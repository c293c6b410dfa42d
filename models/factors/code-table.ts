import { ErosionError } from '../errors.ts';
import type { CodedRow } from '../parameters/confidence.ts';

/** Values by code. A code of a measure or zone is text; a land-use code is a number written as text. */
export type CodeValues = Readonly<Record<string, number>>;

/** Values of a table with a user's own values laid over it; rows without a value are left out unless supplied. */
export function codeValues(rows: readonly CodedRow<number, string | number>[], own: CodeValues = {}): CodeValues {
  const values: Record<string, number> = {};
  for (const { code, value } of rows) if (value !== null) values[code] = value;
  for (const [code, value] of Object.entries(own)) {
    if (!(value >= 0 && value <= 1))
      throw new ErosionError('parameter-value', `factor of code ${code} must be 0–1, got ${value}`, { code, value });
    values[code] = value;
  }
  return values;
}
