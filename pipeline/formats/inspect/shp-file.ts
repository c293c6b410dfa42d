import { readFileSync, statSync } from 'node:fs';
import type { ExtentInspection } from './inspection.ts';
import { InspectionError } from './inspection-error.ts';

/** Shapefiles above this are not walked record by record. */
const maximumBytes = 160e6;

export interface ShpRecord {
  readonly type: number;
  /** Parts of lines and polygons, or the points: x, y, x, y, … */
  readonly parts: readonly Float64Array[];
}

export interface ShpFile {
  readonly shapeType: number;
  readonly extent: ExtentInspection;
  /** Calls back for every readable record; returns what was met at a damaged one. */
  readonly forEach: (visit: (record: ShpRecord, index: number) => void) => { records: number; damagedAt?: number };
  readonly tooLarge: boolean;
}

/** Opens the geometry file of a shapefile without its index; the index is not needed to walk the records. */
export function openShp(path: string): ShpFile {
  const size = statSync(path).size;
  const tooLarge = size > maximumBytes;
  const bytes = tooLarge ? new Uint8Array(0) : readFileSync(path);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (size < 100 || (!tooLarge && view.getInt32(0) !== 9994))
    throw new InspectionError(
      'shp-damaged',
      { zh: '不是有效的 Shapefile（.shp 文件头损坏）', en: 'not a shapefile (the head of the .shp is damaged)' },
      { zh: '请重新导出', en: 'export it again' },
    );
  if (tooLarge)
    throw new InspectionError(
      'shp-too-large',
      {
        zh: `Shapefile 为 ${Math.round(size / 1e6)} MB，超过上限 ${maximumBytes / 1e6} MB`,
        en: `the shapefile has ${Math.round(size / 1e6)} MB, above the limit of ${maximumBytes / 1e6} MB`,
      },
      { zh: '请转换为 GeoPackage', en: 'convert it to GeoPackage' },
    );
  const [west, south, east, north] = [36, 44, 52, 60].map((at) => view.getFloat64(at, true));
  return {
    shapeType: view.getInt32(32, true),
    extent: { west: west!, south: south!, east: east!, north: north! },
    tooLarge,
    forEach: (visit) => walk(view, visit),
  };
}

function walk(
  view: DataView,
  visit: (record: ShpRecord, index: number) => void,
): { records: number; damagedAt?: number } {
  let at = 100;
  let records = 0;
  while (at + 12 <= view.byteLength) {
    const length = view.getInt32(at + 4) * 2;
    const start = at + 8;
    if (length < 4 || start + length > view.byteLength) return { records, damagedAt: records };
    const record = readRecord(view, start, length);
    if (!record) return { records, damagedAt: records };
    visit(record, records);
    records++;
    at = start + length;
  }
  return at === view.byteLength ? { records } : { records, damagedAt: records };
}

function readRecord(view: DataView, start: number, length: number): ShpRecord | undefined {
  const type = view.getInt32(start, true);
  const flat = type % 10;
  if (type === 0) return { type, parts: [] };
  if (type < 0 || type > 31 || ![1, 3, 5, 8].includes(flat)) return undefined;
  if (flat === 1) return length >= 20 ? { type, parts: [points(view, start + 4, 1)] } : undefined;
  if (flat === 8) {
    const count = length >= 40 ? view.getInt32(start + 36, true) : -1;
    return count >= 0 && 40 + count * 16 <= length ? { type, parts: [points(view, start + 40, count)] } : undefined;
  }
  if (length < 44) return undefined;
  const partCount = view.getInt32(start + 36, true);
  const pointCount = view.getInt32(start + 40, true);
  if (partCount < 0 || pointCount < 0 || 44 + partCount * 4 + pointCount * 16 > length) return undefined;
  const parts: Float64Array[] = [];
  for (let part = 0; part < partCount; part++) {
    const from = view.getInt32(start + 44 + part * 4, true);
    const to = part + 1 < partCount ? view.getInt32(start + 48 + part * 4, true) : pointCount;
    if (from < 0 || to < from || to > pointCount) return undefined;
    parts.push(points(view, start + 44 + partCount * 4 + from * 16, to - from));
  }
  return { type, parts };
}

function points(view: DataView, at: number, count: number): Float64Array {
  const out = new Float64Array(count * 2);
  for (let index = 0; index < out.length; index++) out[index] = view.getFloat64(at + index * 8, true);
  return out;
}
