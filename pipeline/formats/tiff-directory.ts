import { TiffReader } from './inspect/tiff-tags.ts';

/** A tag as it stands in a directory, its values as little-endian bytes. */
export interface TiffTag {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly bytes: Uint8Array;
}

const typeBytes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];

/** All tags of the first directory of a little-endian TIFF that GDAL wrote. */
export function readTags(path: string): TiffTag[] {
  const reader = TiffReader.open(path);
  try {
    return [...reader.directories[0]!.entries.values()].map(({ tag, type, count, offset }) => {
      const view = reader.bytes(offset, count * typeBytes[type]!);
      return { tag, type, count, bytes: new Uint8Array(view.buffer, view.byteOffset, view.byteLength) };
    });
  } finally {
    reader.close();
  }
}

/** Field types of TIFF that are written here. */
export const tiffType = { short: 3, long: 4, long8: 16 } as const;

/** A tag of whole numbers. */
export function numberTag(tag: number, type: 3 | 4 | 16, values: readonly number[] | Float64Array): TiffTag {
  const size = typeBytes[type]!;
  const bytes = new Uint8Array(values.length * size);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (type === 3) view.setUint16(index * size, value, true);
    else if (type === 4) view.setUint32(index * size, value, true);
    else view.setBigUint64(index * size, BigInt(value), true);
  }
  return { tag, type, count: values.length, bytes };
}

/** Bytes a directory takes, with the values that do not fit into its entries. */
export function directoryBytes(tags: readonly TiffTag[], big: boolean): number {
  const inline = big ? 8 : 4;
  const values = tags.reduce((sum, { bytes }) => sum + (bytes.length > inline ? even(bytes.length) : 0), 0);
  return even((big ? 8 : 2) + tags.length * (big ? 20 : 12) + inline) + values;
}

/** A directory for the place `offset` in the file, its values after it; `next` is the offset of the next one, 0 for none. */
export function encodeDirectory(tags: readonly TiffTag[], offset: number, next: number, big: boolean): Uint8Array {
  const inline = big ? 8 : 4;
  const out = new Uint8Array(directoryBytes(tags, big));
  const view = new DataView(out.buffer);
  const setOffset = (at: number, value: number) =>
    big ? view.setBigUint64(at, BigInt(value), true) : view.setUint32(at, value, true);
  if (big) view.setBigUint64(0, BigInt(tags.length), true);
  else view.setUint16(0, tags.length, true);
  let entry = big ? 8 : 2;
  const entrySize = big ? 20 : 12;
  let values = even(entry + tags.length * entrySize + inline);
  for (const { tag, type, count, bytes } of [...tags].sort((a, b) => a.tag - b.tag)) {
    view.setUint16(entry, tag, true);
    view.setUint16(entry + 2, type, true);
    if (big) view.setBigUint64(entry + 4, BigInt(count), true);
    else view.setUint32(entry + 4, count, true);
    const valueAt = entry + (big ? 12 : 8);
    if (bytes.length <= inline) out.set(bytes, valueAt);
    else {
      setOffset(valueAt, offset + values);
      out.set(bytes, values);
      values += even(bytes.length);
    }
    entry += entrySize;
  }
  setOffset(entry, next);
  return out;
}

const even = (length: number): number => length + (length & 1);
