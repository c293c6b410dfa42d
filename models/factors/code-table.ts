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

/**
 * Spreads values over class codes for rasters of at most 16 bits: position = code, NaN = no value for this code.
 * @param codes numeric raster code of each text code; text codes that are numbers need no entry
 */
export function codeLookup(values: CodeValues, codes: Readonly<Record<string, number>> = {}): Float64Array {
  const entries = Object.entries(values).map(([code, value]) => [codes[code] ?? Number(code), value] as const);
  const lookup = new Float64Array(Math.max(256, ...entries.map(([code]) => code + 1))).fill(Number.NaN);
  for (const [code, value] of entries) {
    if (!Number.isInteger(code) || code < 0)
      throw new ErosionError('parameter-value', `a raster code must be a whole number ≥ 0, got ${code}`, { code });
    lookup[code] = value;
  }
  return lookup;
}
