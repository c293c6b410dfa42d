import { closeSync, fstatSync, openSync } from 'node:fs';
import { ForwardReader } from './forward-reader.ts';
import { InspectionError } from './inspection-error.ts';

const headBytes = 100;

/** A record of ten million vertices; one that claims more would fill the memory, and a file of holes can hold one. */
const longestRecordBytes = 160e6;

export interface ShpRecord {
  readonly type: number;
  /** Parts of lines and polygons, or the points: x, y, x, y, … */
  readonly parts: readonly Float64Array[];
}

/**
 * Calls back for every readable record of the geometry file of a shapefile, from front to back, without its index; returns
 * the number of the record that is damaged, if one is. What follows a damaged record is not read.
 */
export function eachShpRecord(
  path: string,
  visit: (record: ShpRecord) => void,
  windowBytes?: number,
): number | undefined {
  const descriptor = openSync(path, 'r');
  try {
    const size = fstatSync(descriptor).size;
    const reader = new ForwardReader(descriptor, windowBytes);
    if (reader.view(0, headBytes)?.getInt32(0) !== 9994)
      throw new InspectionError(
        'shp-damaged',
        { zh: '不是有效的 Shapefile（.shp 文件头损坏）', en: 'not a shapefile (the head of the .shp is damaged)' },
        { zh: '请重新导出', en: 'export it again' },
      );
    let at = headBytes;
    for (let index = 0; at < size; index++) {
      // The length counts words of two bytes; a record has a type of four bytes at the least.
      const length = (reader.view(at, 8)?.getInt32(4) ?? 0) * 2;
      at += 8;
      if (length < 4 || length > longestRecordBytes || at + length > size) return index;
      const content = reader.view(at, length);
      const record = content && readRecord(content);
      if (!record) return index;
      visit(record);
      at += length;
    }
    return undefined;
  } finally {
    closeSync(descriptor);
  }
}

function readRecord(view: DataView): ShpRecord | undefined {
  const length = view.byteLength;
  const type = view.getInt32(0, true);
  const flat = type % 10;
  if (type === 0) return { type, parts: [] };
  if (type < 0 || type > 31 || ![1, 3, 5, 8].includes(flat)) return undefined;
  if (flat === 1) return length >= 20 ? { type, parts: [points(view, 4, 1)] } : undefined;
  if (flat === 8) {
    const count = length >= 40 ? view.getInt32(36, true) : -1;
    return count >= 0 && 40 + count * 16 <= length ? { type, parts: [points(view, 40, count)] } : undefined;
  }
  if (length < 44) return undefined;
  const partCount = view.getInt32(36, true);
  const pointCount = view.getInt32(40, true);
  if (partCount < 0 || pointCount < 0 || 44 + partCount * 4 + pointCount * 16 > length) return undefined;
  const parts: Float64Array[] = [];
  for (let part = 0; part < partCount; part++) {
    const from = view.getInt32(44 + part * 4, true);
    const to = part + 1 < partCount ? view.getInt32(48 + part * 4, true) : pointCount;
    if (from < 0 || to < from || to > pointCount) return undefined;
    parts.push(points(view, 44 + partCount * 4 + from * 16, to - from));
  }
  return { type, parts };
}

function points(view: DataView, at: number, count: number): Float64Array {
  const out = new Float64Array(count * 2);
  for (let index = 0; index < out.length; index++) out[index] = view.getFloat64(at + index * 8, true);
  return out;
}
