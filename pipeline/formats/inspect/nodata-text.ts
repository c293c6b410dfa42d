import type { CellType, NodataInspection } from './inspection.ts';

const ranges: Partial<Record<CellType, readonly [number, number]>> = {
  uint8: [0, 255],
  int8: [-128, 127],
  uint16: [0, 65535],
  int16: [-32768, 32767],
  uint32: [0, 4294967295],
  int32: [-2147483648, 2147483647],
};

/** The largest finite float32; its negative is the commonest nodata of float rasters. */
export const float32Maximum = 3.4028234663852886e38;

/**
 * Nodata as a file spells it, read as a value that cells of the type can hold.
 *
 * `-3.4e+38` is meant as the lowest float32 but is another number; `rounded` says so. A text no cell of the type can
 * equal, such as -9999 in unsigned bytes, is `outside-type`.
 */
export function readNodataText(text: string | undefined, cellType: CellType): NodataInspection {
  if (text === undefined || text.trim() === '') return { spelling: 'none' };
  const trimmed = text.trim();
  if (/^[-+]?(1\.#)?q?nan(\(.*\))?$/i.test(trimmed))
    return cellType.startsWith('float') || cellType === 'complex'
      ? { spelling: 'nan', text: trimmed }
      : { spelling: 'outside-type', text: trimmed };
  const value = /^[-+]?inf(inity)?$/i.test(trimmed)
    ? Number.POSITIVE_INFINITY * (trimmed.startsWith('-') ? -1 : 1)
    : Number(trimmed);
  if (Number.isNaN(value)) return { spelling: 'unreadable', text: trimmed };
  const range = ranges[cellType];
  if (range)
    return value >= range[0] && value <= range[1] && Number.isInteger(value)
      ? { spelling: 'exact', text: trimmed, value }
      : { spelling: 'outside-type', text: trimmed };
  if (cellType === 'float32' || cellType === 'float16') {
    if (Number.isFinite(value) && Math.abs(value) > 3.40282357e38) {
      // -1.797e308 in a float32 raster: no cell can hold it.
      return { spelling: 'outside-type', text: trimmed };
    }
    const held = Math.fround(value);
    const lowest = Math.abs(held) === float32Maximum;
    const rounded = Math.abs(value) > 3.3e38 && !lowest;
    return { spelling: rounded ? 'rounded' : 'exact', text: trimmed, value: held };
  }
  return { spelling: 'exact', text: trimmed, value };
}
