import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeQuarantine } from '../../pipeline/exchange/quarantine.ts';
import { readBoundaries } from '../../pipeline/exchange/read-boundaries.ts';
import type { Geometry } from '../../pipeline/formats/geometry.ts';
import { placedIn } from '../../pipeline/formats/placed-in.ts';
import { writeVector } from '../../pipeline/formats/vector-write.ts';
import { boxOf } from '../../pipeline/overlay/box-index.ts';
import { crs as boxCrs, boxGeometry } from './boxes.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shuibao-quarantine-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A system that no registry has, as of a city's own plane. */
const own = '+proj=tmerc +lat_0=0 +lon_0=105.5 +k=1 +x_0=50000 +y_0=-3000000 +ellps=GRS80 +units=m +no_defs';

test.each([
  ['degrees', 'EPSG:4490'],
  ['a numbered plane', boxCrs],
  ['a plane of its own', own],
])('rows refused from a file in %s lie where they lay when they are mended and taken in again', async (_, crs) => {
  const geometry: Geometry = placedIn(boxGeometry([0, 0, 200, 100]), boxCrs, crs);
  const path = join(folder, 'rows.shp');
  const fields = ['SWC_P_ID', 'RP_TIME', 'PRO_NAME'].map((name) => ({ name, type: 'text' }) as const);
  const properties = { SWC_P_ID: '甲', RP_TIME: '2023-05-32', PRO_NAME: '县道' };
  writeVector(path, { crs, fields, features: [{ geometry, properties }] });
  const options = { kind: '防治责任范围' } as const;
  const first = await readBoundaries(path, 'rows.shp', options);
  expect(first.rows).toEqual([]);
  const kept = join(folder, 'quarantine', 'rows.shp.geojson');
  await writeQuarantine(kept, first.crs, first.quarantine);
  writeFileSync(kept, readFileSync(kept, 'utf8').replace('2023-05-32', '2023-05-31'));
  const { rows, quarantine } = await readBoundaries(kept, 'rows.shp.geojson', options);
  expect(quarantine).toEqual([]);
  const [row] = rows;
  expect(row).toMatchObject({ project: '甲', approved: '2023-05-31', name: '县道' });
  expect(row!.attributes).toEqual({});
  expect(row!.areaSquareMetres).toBeGreaterThan(19_000);
  const [was, now] = [boxGeometry([0, 0, 200, 100]), placedIn(row!.geometry, row!.crs, boxCrs)].map(boxOf);
  for (const [at, place] of now!.entries()) expect(place).toBeCloseTo(was![at]!, 2);
});
