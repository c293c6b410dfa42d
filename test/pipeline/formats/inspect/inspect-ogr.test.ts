import { copyFileSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { gdal } from '../../../../pipeline/formats/gdal.ts';
import { inspectOgr } from '../../../../pipeline/formats/inspect/inspect-ogr.ts';
import { writeVector } from '../../../../pipeline/formats/vector-write.ts';

const count = 300;
let directory: string;
let path: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'shuibao-ogr-'));
  path = join(directory, 'squares.gpkg');
  writeVector(path, {
    crs: 'EPSG:4544',
    fields: [{ name: 'MJ', type: 'number' }],
    features: Array.from({ length: count }, (_, index) => ({
      geometry: { type: 'MultiPolygon', coordinates: [[square(500_000 + 10 * index, 4_000_000)]] },
      properties: { MJ: index },
    })),
  });
});

afterAll(() => rmSync(directory, { recursive: true }));

it('reads every feature of a layer in the time it is given', async () => {
  const found = await inspectOgr({ path, readMilliseconds: 60_000, fields: ['MJ'], rings: true });
  expect(found.damage).toBeUndefined();
  expect(found).toMatchObject({ featureCount: count, geometryTypes: { MultiPolygon: count }, nullGeometries: 0 });
  expect(found.extent).toEqual({ west: 500_000, south: 4_000_000, east: 500_010 + 10 * (count - 1), north: 4_000_010 });
  expect(found.values['MJ']).toEqual(Array.from({ length: count }, (_, index) => String(index)));
  const { coordinates, ends } = found.rings!;
  expect(ends).toEqual(Array.from({ length: count }, (_, index) => 10 * (index + 1)));
  expect([...coordinates.subarray(10, 20)]).toEqual(square(500_010, 4_000_000).flat());
});

it('says what it looked at when the time is over', async () => {
  const found = await inspectOgr({ path, readMilliseconds: 0 });
  expect(found.featureCount).toBe(64);
  expect(found.damage?.en).toMatch(/could not be read within 0 s; only the first 64 features/);
});

it('lets the loop of events turn every few megabytes, which frees what it has read', async () => {
  const large = join(directory, 'large.gpkg');
  const geometry = { type: 'Polygon', coordinates: [circle(25_000)] } as const;
  const features = Array.from({ length: 24 }, () => ({ geometry, properties: {} }));
  writeVector(large, { crs: 'EPSG:4544', fields: [], features });
  let turns = 0;
  const turning = setInterval(() => turns++, 0);
  const found = await inspectOgr({ path: large, readMilliseconds: 60_000 });
  clearInterval(turning);
  expect(found).toMatchObject({ featureCount: 24, invalidGeometries: { count: 0 } });
  expect(turns).toBeGreaterThan(0);
});

it('asks for time by the length of the file', async () => {
  const asked: number[] = [];
  await inspectOgr({ path, readMilliseconds: 1, extendTime: (milliseconds) => asked.push(milliseconds) });
  expect(asked).toEqual([statSync(path).size / 5000 - 1]);
  // Ten minutes at the most: the file is long, though there is nothing in most of it.
  const long = join(directory, 'long.gpkg');
  copyFileSync(path, long);
  truncateSync(long, 4e9);
  await inspectOgr({ path: long, readMilliseconds: 1, extendTime: (milliseconds) => asked.push(milliseconds) });
  expect(asked.slice(1)).toEqual([600_000 - 1]);
});

it('takes points with heights, and names the first feature that is a curve', async () => {
  const mixed = join(directory, 'mixed.gpkg');
  const dataset = gdal.open(mixed, 'w', 'GPKG');
  const layer = dataset.layers.create('mixed', gdal.SpatialReference.fromEPSG(4544), gdal.wkbUnknown);
  for (const text of ['POINT Z (1 2 3)', 'POINT EMPTY', 'CIRCULARSTRING (0 0, 2 2, 4 0)']) {
    const feature = new gdal.Feature(layer);
    feature.setGeometry(gdal.Geometry.fromWKT(text));
    layer.features.add(feature);
  }
  dataset.close();
  const found = await inspectOgr({ path: mixed, readMilliseconds: 60_000 });
  expect(found).toMatchObject({ geometryTypes: { Point: 2 }, emptyGeometries: 1, invalidGeometries: { count: 0 } });
  expect(found.extent).toEqual({ west: 1, south: 2, east: 1, north: 2 });
  expect(found.damage?.en).toMatch(/^fails at feature 3: geometry type 8 /);
  expect(found.damage?.zh).toMatch(/^读到第 3 个要素时出错：/);
});

/** A closed ring of so many positions. */
const circle = (positions: number): [number, number][] =>
  Array.from({ length: positions }, (_, index) => {
    const angle = (2 * Math.PI * (index % (positions - 1))) / (positions - 1);
    return [500_000 + 1000 * Math.cos(angle), 4_000_000 + 1000 * Math.sin(angle)];
  });

const square = (x: number, y: number): [number, number][] => [
  [x, y],
  [x, y + 10],
  [x + 10, y + 10],
  [x + 10, y],
  [x, y],
];
