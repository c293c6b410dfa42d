import { hugeFloat } from '../../models/kernels/keep-floats.ts';

/** Pixel types of raster files and their typed arrays. */

export type PixelArray = Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;

export type PixelType = 'Byte' | 'Int16' | 'UInt16' | 'Int32' | 'UInt32' | 'Float32' | 'Float64';

const constructors: Record<PixelType, new (length: number) => PixelArray> = {
  Byte: Uint8Array,
  Int16: Int16Array,
  UInt16: Uint16Array,
  Int32: Int32Array,
  UInt32: Uint32Array,
  Float32: Float32Array,
  Float64: Float64Array,
};

export const isPixelType = (name: string): name is PixelType => Object.hasOwn(constructors, name);

/** New array for a pixel type; types without an array of their own (64-bit integers) are read as doubles. */
export const pixelArray = (type: string, length: number): PixelArray =>
  new constructors[isPixelType(type) ? type : 'Float64'](length);

/** Bytes of a pixel of a type. */
export const pixelBytes = (type: string): number => (type === 'Int8' ? 1 : pixelArray(type, 0).BYTES_PER_ELEMENT);

/** Pixel type of an array; `Uint8ClampedArray` and big integers have none. */
export function pixelTypeOf(data: ArrayBufferView): PixelType {
  const found = (Object.keys(constructors) as PixelType[]).find((type) => data instanceof constructors[type]);
  if (found === undefined) throw new TypeError('rasters hold 8-, 16- and 32-bit integers and floats only');
  return found;
}

/** Tells the stored numbers that stand for "no data". */
export type NodataTest = (value: number) => boolean;

/**
 * Test for a band's nodata values.
 *
 * Float bands: NaN, infinities and magnitudes above 1e37 are always nodata, whatever is declared, and declared values
 * are compared after rounding to the band's precision. Integer bands: a declared value that the type cannot hold never
 * matches.
 */
export function nodataTest(type: string, declared: readonly number[]): NodataTest {
  const isFloat = type === 'Float32' || type === 'Float64';
  if (isFloat) {
    const values = declared.filter(Number.isFinite).map((value) => (type === 'Float32' ? Math.fround(value) : value));
    const [first] = values;
    const isHuge = (value: number): boolean => !(Math.abs(value) < hugeFloat);
    if (first === undefined) return isHuge;
    if (values.length === 1) return (value) => value === first || isHuge(value);
    return (value) => values.includes(value) || isHuge(value);
  }
  const values = declared.filter(Number.isInteger);
  const [first] = values;
  if (first === undefined) return () => false;
  return values.length === 1 ? (value) => value === first : (value) => values.includes(value);
}
