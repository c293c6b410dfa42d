import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gdal } from '../../../pipeline/formats/gdal.ts';
import type { Geometry } from '../../../pipeline/formats/geometry.ts';
import { readVector, visitVector } from '../../../pipeline/formats/vector-read.ts';
import { writeVector } from '../../../pipeline/formats/vector-write.ts';

const triangleAt = (x: number): Geometry => ({
  type: 'MultiPolygon',
  coordinates: [
    [
      [
        [x, 0],
        [x, 1],
        [x + 1, 1],
        [x, 0],
      ],
    ],
  ],
});

describe('a Shapefile that has lost its .shx', () => {
  let folder: string;
  const inFolder = (name: string): string => join(folder, name);
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'shuibao-lost-'));
    const features = [0, 5, 9].map((x) => ({ geometry: triangleAt(x), properties: { name: `图斑${x}` } }));
    writeVector(inFolder('whole.shp'), { crs: 'EPSG:4544', fields: [{ name: 'name', type: 'text' }], features });
    for (const ending of ['shp', 'dbf', 'prj', 'cpg'])
      for (const name of ['lost', 'other']) copyFileSync(inFolder(`whole.${ending}`), inFolder(`${name}.${ending}`));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is read as it was with it, and nothing is written beside it', async () => {
    const before = readdirSync(folder);
    const [whole, lost] = [await readVector(inFolder('whole.shp')), await readVector(inFolder('lost.shp'))];
    expect(lost.features).toHaveLength(3);
    expect(lost).toEqual({ ...whole, path: inFolder('lost.shp'), layer: 'lost', layers: ['lost'] });
    expect(readdirSync(folder)).toEqual(before);
  });

  test('has no other file mended while it is read, nor after', async () => {
    const setting = () => gdal.config.get('SHAPE_RESTORE_SHX');
    gdal.config.set('SHAPE_RESTORE_SHX', null);
    const before = readdirSync(folder);
    const openOther = () => gdal.open(inFolder('other.shp'), 'r').close();
    let seen = 0;
    await visitVector(inFolder('lost.shp'), {}, () => {
      seen++;
      expect(openOther).toThrow();
    });
    expect(seen).toBe(3);
    expect(openOther).toThrow();
    expect(setting()).toBeNull();
    expect(readdirSync(folder)).toEqual(before);
  });
});
