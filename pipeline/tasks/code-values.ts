/** Values by code as written in a table; a code that is missing has none. */
export type ValuesByCode = Readonly<Record<string, number>>;

/** Values of polygon codes by index: 0 (no polygon) has `none`, a code the table lacks NaN. */
export const valuesOfPolygons = (codes: readonly string[], values: ValuesByCode, none: number): Float32Array =>
  Float32Array.from([none, ...codes.map((code) => values[code] ?? Number.NaN)]);

const directCodes = 1 << 16;

/**
 * Values of class codes as a function of the stored number, by a table instead of a search for each cell.
 * @param nodata value where nothing is stored (NaN)
 * @param missing value of a code without an entry
 */
export function valuesOfClasses(
  entries: Iterable<readonly [code: number, value: number]>,
  nodata: number,
  missing: number,
): (stored: number) => number {
  const direct = new Map<number, number>();
  const other = new Map<number, number>();
  for (const [code, value] of entries)
    (Number.isInteger(code) && code >= 0 && code < directCodes ? direct : other).set(code, value);
  // No longer than the codes ask for: it is made for each tile.
  const table = new Float64Array(2 ** Math.ceil(Math.log2(1 + Math.max(0, ...direct.keys())))).fill(missing);
  for (const [code, value] of direct) table[code] = value;
  const mask = table.length - 1;
  return (stored) => {
    if (Number.isNaN(stored)) return nodata;
    const index = stored & mask;
    return index === stored ? table[index]! : (other.get(stored) ?? missing);
  };
}

/** Entries of a table whose codes are numbers however they are written (`01` is 1). */
export const numberedEntries = (values: ValuesByCode): [number, number][] =>
  Object.entries(values).map(([code, value]) => [Number(code), value]);

/** Entries of a table of measures that a class raster can hold: numbers in their shortest form, and 0 for no measure. */
export const measureEntries = (values: ValuesByCode, none: number): [number, number][] => [
  ...numberedEntries(values).filter(([code]) => String(code) in values),
  [0, none],
];
