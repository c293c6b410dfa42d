import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unusableFile } from '../../../pipeline/formats/unusable-file.ts';
import { readVector } from '../../../pipeline/formats/vector-read.ts';
import { writeVector } from '../../../pipeline/formats/vector-write.ts';
import type { Text } from '../../../pipeline/messages/text.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shuibao-unusable-'));
  for (const name of ['folder.shp', 'folder.gpkg', 'layers.gdb']) mkdirSync(join(folder, name));
  for (const name of ['empty.shp', 'empty.geojson']) writeFileSync(join(folder, name), '');
  execFileSync('mkfifo', [join(folder, 'pipe.geojson')]);
  writeFileSync(join(folder, 'text.geojson'), 'x');
  const geometry = {
    type: 'MultiPolygon',
    coordinates: [
      [
        [
          [0, 0],
          [0, 1],
          [1, 1],
          [0, 0],
        ],
      ],
    ],
  } as const;
  writeVector(join(folder, 'own.shp'), { crs: 'EPSG:4544', fields: [], features: [{ geometry, properties: {} }] });
});
afterAll(() => rmSync(folder, { recursive: true }));

const codeOf = (name: string) => unusableFile(join(folder, name))?.code;
const refusal = async (name: string, options = {}): Promise<Text> => {
  const error = await readVector(join(folder, name), options).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: 'UserError' });
  return (error as { finding: { found: Text } }).finding.found;
};

describe('what is of no use as a file', () => {
  test('is told before any of it is read', () => {
    expect(['folder.shp', 'folder.gpkg'].map(codeOf)).toEqual(['file-is-folder', 'file-is-folder']);
    expect(['empty.shp', 'empty.geojson'].map(codeOf)).toEqual(['file-empty', 'file-empty']);
    expect(codeOf('pipe.geojson')).toBe('file-not-plain');
    expect(unusableFile('/dev/zero')?.code).toBe('file-not-plain');
    expect(codeOf('none.geojson')).toBe('file-missing');
    expect(['layers.gdb', 'text.geojson'].map(codeOf)).toEqual([undefined, undefined]);
  });

  test('is refused as a vector file in these words, and nothing waits for a pipe', async () => {
    expect(await refusal('folder.shp')).toEqual({ zh: '这是文件夹', en: 'this is a folder' });
    expect((await refusal('empty.geojson')).zh).toBe('文件是空的（0 字节）');
    expect((await refusal('pipe.geojson')).zh).toBe('不是普通文件');
    expect((await refusal('text.geojson')).zh).toBe('不是矢量文件，或文件已损坏');
  });

  test('so is a file that only names others, whatever it is called', async () => {
    const path = join(folder, 'own.shp');
    const layer = `<OGRVRTLayer name="own"><SrcDataSource>${path}</SrcDataSource></OGRVRTLayer>`;
    writeFileSync(join(folder, 'naming.geojson'), `<OGRVRTDataSource>${layer}</OGRVRTDataSource>`);
    expect((await readVector(path)).features).toHaveLength(1);
    expect((await refusal('naming.geojson')).zh).toBe('不是矢量文件，或文件已损坏');
  });

  test('damaged parts of a Shapefile are told in the reader’s language', async () => {
    for (const [part, said] of [
      ['dbf', /属性表/],
      ['shx', /\.shx（索引）已损坏/],
    ] as const) {
      const name = `damaged-${part}`;
      for (const each of ['shp', 'dbf', 'shx'])
        copyFileSync(join(folder, `own.${each}`), join(folder, `${name}.${each}`));
      writeFileSync(join(folder, `${name}.${part}`), Buffer.alloc(60, 0x5a));
      const { zh, en } = await refusal(`${name}.shp`);
      expect(zh).toMatch(said);
      expect(zh).not.toMatch(/[a-z]{4}/i);
      expect(en).not.toMatch(/[\u4e00-\u9fff]/);
    }
  });

  test('so is an encoding that is none, in place of a guess', async () => {
    expect((await refusal('text.geojson', { encoding: 'klingon' })).en).toBe('no encoding is called “klingon”');
  });
});
