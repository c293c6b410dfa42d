import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { gdal } from '../../../../pipeline/formats/gdal.ts';
import { polygonsOf } from '../../../../pipeline/formats/geometry.ts';
import { eachShpRecord, type ShpRecord } from '../../../../pipeline/formats/inspect/shp-file.ts';
import { readVector } from '../../../../pipeline/formats/vector-read.ts';

const count = 40;
let directory: string;
let path: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'shuibao-shp-'));
  path = join(directory, 'polygons.shp');
  const dataset = gdal.open(path, 'w', 'ESRI Shapefile');
  const layer = dataset.layers.create('polygons', gdal.SpatialReference.fromEPSG(4544), gdal.wkbPolygon);
  for (let index = 0; index < count; index++) {
    const feature = new gdal.Feature(layer);
    // Records of 0.1 to 3 kB, some with a hole, one without a shape.
    const rings = index % 3 === 0 ? [ring(4 + 5 * index, 10), ring(7, 2)] : [ring(4 + 5 * index, 10)];
    if (index !== 5) feature.setGeometry(gdal.Geometry.fromWKT(`POLYGON (${rings.join(', ')})`));
    layer.features.add(feature);
  }
  dataset.close();
});

afterAll(() => rmSync(directory, { recursive: true }));

it('reads the vertices that GDAL reads, whatever part of the file is in memory', async () => {
  const expected = (await readVector(path, { repair: false })).features.map(({ geometry }) =>
    geometry === null ? [] : polygonsOf(geometry).flatMap((rings) => rings.map((positions) => positions.flat())),
  );
  for (const windowBytes of [1, 100, 1009, 4096, undefined]) {
    const { records, damagedAt } = read(path, windowBytes);
    expect(damagedAt).toBeUndefined();
    expect(records.map(({ parts }) => parts.map((points) => [...points]))).toEqual(expected);
  }
});

it('reads up to the record in which the file ends, wherever that is', () => {
  const bytes = readFileSync(path);
  const whole = read(path).records;
  const ends = recordEnds(bytes);
  expect(ends).toHaveLength(count);
  const cut = join(directory, 'cut.shp');
  const sizes = [0, 3, 20, count - 2].flatMap((index) => [-1, 0, 3, 8, 9, 50].map((beside) => ends[index]! + beside));
  for (const size of [100, 107, ...sizes]) {
    writeFileSync(cut, bytes.subarray(0, size));
    const complete = ends.filter((end) => end <= size).length;
    const { records, damagedAt } = read(cut, 512);
    expect(records).toEqual(whole.slice(0, complete));
    expect(damagedAt).toBe(size === 100 || ends.includes(size) ? undefined : complete);
  }
});

it('refuses a file that ends in its head, or is another', () => {
  const bytes = readFileSync(path);
  const short = join(directory, 'short.shp');
  for (const head of [bytes.subarray(0, 99), bytes.subarray(1, 201)]) {
    writeFileSync(short, head);
    expect(() => read(short)).toThrow(expect.objectContaining({ code: 'shp-damaged' }));
  }
});

it('stops at a record that claims to be longer than the file, or to have more points than it holds', () => {
  const bytes = readFileSync(path);
  const third = recordEnds(bytes)[1]!;
  const damaged = join(directory, 'damaged.shp');
  const mistakes: ((view: DataView) => void)[] = [
    (view) => view.setInt32(third + 4, 0x7fffffff),
    (view) => view.setInt32(third + 4, -1),
    (view) => view.setInt32(third + 8 + 40, 0x7fffffff, true),
  ];
  for (const mistake of mistakes) {
    const copy = Uint8Array.from(bytes);
    mistake(new DataView(copy.buffer));
    writeFileSync(damaged, copy);
    expect(read(damaged)).toMatchObject({ records: { length: 2 }, damagedAt: 2 });
  }
});

it('stops at a record that would fill the memory, though the file is as long', () => {
  const endless = join(directory, 'endless.shp');
  const head = Uint8Array.from(readFileSync(path).subarray(0, 112));
  const words = 2 ** 27;
  new DataView(head.buffer).setInt32(104, words);
  new DataView(head.buffer).setInt32(108, 0);
  writeFileSync(endless, head);
  // A hole, which takes no room on the disk.
  truncateSync(endless, 108 + 2 * words);
  expect(read(endless)).toEqual({ records: [], damagedAt: 0 });
});

function read(file: string, windowBytes?: number): { records: ShpRecord[]; damagedAt: number | undefined } {
  const records: ShpRecord[] = [];
  const damagedAt = eachShpRecord(file, (record) => records.push(record), windowBytes);
  return { records, damagedAt };
}

/** Where each record ends, by the lengths in their heads. */
function recordEnds(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ends: number[] = [];
  for (let at = 100; at < bytes.length; at = ends.at(-1)!) ends.push(at + 8 + view.getInt32(at + 4) * 2);
  return ends;
}

function ring(positions: number, radius: number): string {
  const points = Array.from({ length: positions }, (_, index) => {
    const angle = (-2 * Math.PI * (index % (positions - 1))) / (positions - 1);
    return `${500_000 + radius * Math.cos(angle)} ${4_000_000 + radius * Math.sin(angle)}`;
  });
  return `(${points.join(', ')})`;
}
