import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { missingFile } from '../../../pipeline/formats/missing-file.ts';
import { nearestFile } from '../../../pipeline/formats/nearest-file.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shuibao-missing-'));
  for (const name of ['elevation.tif', 'land-use-2024.tif', 'elevation.csv']) writeFileSync(join(folder, name), '');
  // 土地利用.tif as a Chinese Windows writes it.
  const gbk = Buffer.from([0xcd, 0xc1, 0xb5, 0xd8, 0xc0, 0xfb, 0xd3, 0xc3, 0x2e, 0x74, 0x69, 0x66]);
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), gbk]), '');
});
afterAll(() => rmSync(folder, { recursive: true }));

const told = (name: string) => missingFile(join(folder, name));

describe('a file that is not there', () => {
  test('none is told of one that is', () => {
    expect(told('elevation.tif')).toBeUndefined();
    expect(missingFile('/vsimem/any.tif')).toBeUndefined();
  });

  test('the nearest name of its kind is offered', () => {
    expect(told('elevatoin.tif')).toMatchObject({
      code: 'file-missing',
      reason: { zh: '文件不存在' },
      cure: { zh: '是否应为“elevation.tif”？' },
    });
    expect(told('rotation-zones.tif')).toMatchObject({ cure: { zh: '请检查路径' } });
    expect(told('land-use-2024.csv')).toMatchObject({ cure: { zh: '请检查路径' } });
  });

  test.each([
    ['the same name in other case', 'dem.tif', ['DEM.TIF', 'dem1.tif'], 'DEM.TIF'],
    ['other case and another ending', 'dem.tif', ['DEM.Tiff'], 'DEM.Tiff'],
    ['another ending of rasters', 'landuse.tif', ['landuse.img', 'landuse2.tif'], 'landuse.img'],
    ['an ending of its own kind first', 'zones.shp', ['zones.tif', 'zones.gpkg', 'zones.dbf'], 'zones.gpkg'],
    ['polygons in place of a raster', 'measures.tif', ['measures.geojson', 'measures.csv'], 'measures.geojson'],
    ['another ending of tables', 'rain.csv', ['rain.tif', 'rain.txt'], 'rain.txt'],
    ['another ending of run files', '2024.yaml', ['2024.yml', '2024.tif'], '2024.yml'],
    ['an ending that was hidden', '2024.yaml', ['2024.yaml.txt'], '2024.yaml.txt'],
    ['an ending that was left out', 'dem', ['dem.tif', 'dem.prj'], 'dem.tif'],
    ['an ending spelt otherwise', 'dem.tfi', ['dem.tif'], 'dem.tif'],
    ['the same ending, spelt otherwise', 'elevatoin.tif', ['elevation.img', 'elevation.tif'], 'elevation.tif'],
    ['no companion and no picture', 'dem.tif', ['dem.tfw', 'dem.tif.ovr', 'dem.tif.aux.xml', 'dem.png'], undefined],
    ['no short name for its ending alone', 'no.yaml', ['f.yaml', 'g.yaml'], undefined],
    ['no table in place of a raster', 'dem.tif', ['dem.csv', 'dem.yaml'], undefined],
  ])('%s is offered', (_, name, present, near) => {
    expect(nearestFile(name, present)).toBe(near);
    expect(nearestFile(name, present.toReversed())).toBe(near);
  });

  test('a name with another ending is offered in one line', () => {
    expect(told('Elevation.tiff')).toMatchObject({
      reason: { zh: '文件不存在' },
      cure: { zh: '是否应为“elevation.tif”？', en: 'did you mean “elevation.tif”?' },
    });
  });

  test('a name in GBK is told', () => {
    expect(told('土地利用.tif')).toMatchObject({ code: 'file-missing', reason: { zh: '文件名是 GBK 编码' } });
    expect(told('土地覆被.tif')).toMatchObject({ reason: { zh: '文件不存在' } });
    expect(told('\ufffd\ufffd.tif')).toMatchObject({ reason: { zh: '文件名不是 UTF-8 编码' } });
  });

  test('a link to a file that is gone is told', () => {
    symlinkSync(join(folder, 'moved.tif'), join(folder, 'link.tif'));
    expect(told('link.tif')).toMatchObject({ code: 'file-missing', reason: { zh: '链接所指的文件不存在' } });
  });

  test('a folder that does not exist is told', () => {
    expect(told('region/elevation.tif')).toMatchObject({ reason: { zh: '所在文件夹不存在' } });
    expect(told('elevation.tif/elevation.tif')).toMatchObject({ reason: { zh: '所在文件夹不存在' } });
  });

  test.skipIf(process.getuid?.() === 0)('a file that may not be read is told', () => {
    chmodSync(join(folder, 'land-use-2024.tif'), 0o000);
    expect(told('land-use-2024.tif')).toMatchObject({ code: 'file-denied' });
    chmodSync(join(folder, 'land-use-2024.tif'), 0o600);
  });
});
