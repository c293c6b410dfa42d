import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

describe('JSON that is not in UTF-8', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'shuibao-json-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const text = (names: readonly string[]): string => {
    const features = names.map((name, at) => ({ type: 'Feature', properties: { name }, geometry: triangleAt(at) }));
    return JSON.stringify({ type: 'FeatureCollection', features });
  };
  /** As editors of a Chinese Windows write it. */
  const gbk = (json: string): Buffer =>
    execFileSync('iconv', ['-f', 'utf-8', '-t', 'gbk'], { input: json, maxBuffer: 1 << 26 });
  const namesIn = async (content: Buffer, encoding?: string): Promise<unknown[]> => {
    const path = join(folder, 'names.geojson');
    writeFileSync(path, content);
    const { features, layer } = await readVector(path, encoding === undefined ? {} : { encoding });
    expect(layer).toBe('names');
    expect(readdirSync(folder)).toEqual(['names.geojson']);
    expect(readFileSync(path).equals(content)).toBe(true);
    return features.map(({ properties }) => properties.name);
  };

  test('is read in the encoding of its bytes, or the one that is stated', async () => {
    const names = ['甲项目', '双塬县道改建工程', 'plain'];
    expect(await namesIn(gbk(text(names)))).toEqual(names);
    expect(await namesIn(Buffer.from(`\uFEFF${text(names)}`, 'utf16le'))).toEqual(names);
    expect(await namesIn(Buffer.from(`\uFEFF${text(names)}`))).toEqual(names);
    // ¤¤ in Big5, which are characters of GBK too.
    const big5 = Buffer.from(text(['@']).replace('@', '\xa4\xa4'), 'latin1');
    expect(await namesIn(big5, 'big5')).toEqual(['中']);
  });

  test('is read so whatever lies where a piece of the file ends', async () => {
    for (const before of ['', 'x', 'xx']) {
      const names = [before + '扰'.repeat(2.5e6)];
      expect((await namesIn(gbk(text(names)))).join() === names.join()).toBe(true);
      expect((await namesIn(Buffer.from(text(names)))).join() === names.join()).toBe(true);
    }
  });

  test('but for stray bytes, which lose no more than themselves', async () => {
    const damaged = Buffer.from(text(['甲项目', '乙项']));
    damaged[damaged.indexOf('乙')] = 0xff;
    expect((await namesIn(damaged))[0]).toBe('甲项目');
  });
});
