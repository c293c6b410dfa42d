import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readBoundaries } from '../../pipeline/exchange/read-boundaries.ts';
import { readPatches } from '../../pipeline/exchange/read-patches.ts';
import { polygonsOf } from '../../pipeline/formats/geometry.ts';
import { placedIn } from '../../pipeline/formats/placed-in.ts';
import { writeVector } from '../../pipeline/formats/vector-write.ts';
import { boxGeometry, crs } from './boxes.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'shuibao-exchange-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const patch = {
  QDNM: '00123456789012345678',
  QTYPE: '弃渣场',
  QDTYPE: '新增',
  XZQDM: '011602',
  IMG_DATE: '2024-09-12',
  ISSUER: '部',
  MEMO: '安定区弃渣',
};
const project = {
  SWC_P_ID: '00987',
  PRO_NAME: '安定区供水工程',
  VEC_TYPE: '防治责任范围',
  RP_NUM: '省水保函〔2022〕7号',
  RP_TIME: '2022-05-01',
};

/** Bytes of text in GBK, by asking the decoder about every pair of bytes. */
const gbkOf = (() => {
  const bytes = new Map<string, Buffer>();
  const decoder = new TextDecoder('gbk');
  for (let high = 0x81; high <= 0xfe; high++)
    for (let low = 0x40; low <= 0xfe; low++) {
      const pair = Buffer.from([high, low]);
      bytes.set(decoder.decode(pair), pair);
    }
  return (text: string) => Buffer.concat([...text].map((each) => bytes.get(each) ?? Buffer.from(each, 'ascii')));
})();

/** Rewrites the text of a DBF from UTF-8 into GBK. */
function dbfInGbk(path: string): void {
  const file = readFileSync(path);
  const [rows, head, length] = [file.readUInt32LE(4), file.readUInt16LE(8), file.readUInt16LE(10)];
  for (let row = 0; row < rows; row++) {
    let at = head + row * length + 1;
    for (let field = 32; file[field] !== 0x0d; field += 32) {
      const width = file[field + 16]!;
      const text = file
        .subarray(at, at + width)
        .toString('utf8')
        .trimEnd();
      file.subarray(at, at + width).fill(0x20);
      gbkOf(text).copy(file, at, 0, width);
      at += width;
    }
  }
  writeFileSync(path, file);
}

/** A file of one feature, as others hand it in. */
function handedIn(name: string, kind: string, properties: Readonly<Record<string, string>>): string {
  const path = join(directory, name);
  const geometry = placedIn(boxGeometry([0, 0, 200, 100]), crs, 'EPSG:4326');
  if (kind === 'kml') {
    const ring = polygonsOf(geometry)[0]![0]!
      .map((point) => point.join(','))
      .join(' ');
    const data = Object.entries(properties).map(([key, value]) => `<Data name="${key}"><value>${value}</value></Data>`);
    writeFileSync(
      path,
      `<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark>` +
        `<ExtendedData>${data.join('')}</ExtendedData><Polygon><outerBoundaryIs><LinearRing><coordinates>${ring}` +
        `</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Document></kml>`,
    );
    return path;
  }
  const fields = Object.keys(properties).map((field) => ({ name: field, type: 'text' as const, width: 60 }));
  writeVector(path, { crs: 'EPSG:4490', fields, features: [{ geometry, properties }] });
  if (kind === 'gbk') {
    dbfInGbk(path.replace(/shp$/, 'dbf'));
    writeFileSync(path.replace(/shp$/, 'cpg'), 'GBK');
  }
  return path;
}

describe.each([
  ['utf8', 'shp'],
  ['gbk', 'shp'],
  ['gpkg', 'gpkg'],
  ['geojson', 'geojson'],
  ['kml', 'kml'],
])('as %s (.%s)', (kind, ending) => {
  test('patches come in with numbers and codes as text', async () => {
    const { drafts, quarantine } = await readPatches(handedIn(`p-${kind}.${ending}`, kind, patch), { issuer: '' });
    expect(quarantine).toEqual([]);
    expect(drafts).toHaveLength(1);
    expect(drafts[0]).toMatchObject({
      source: { kind: 'imported', issuer: '部', number: patch.QDNM, attributes: { MEMO: patch.MEMO } },
      ...{ type: '弃土(渣)场', imageDate: patch.IMG_DATE, change: '新增', counties: [{ code: '011602', share: 1 }] },
    });
    expect(drafts[0]!.areaSquareMetres / 20_000).toBeCloseTo(1, 4);
  });

  test('boundaries come in with their names', async () => {
    const { rows, quarantine } = await readBoundaries(handedIn(`b-${kind}.${ending}`, kind, project), 'b');
    expect(quarantine).toEqual([]);
    expect(rows).toMatchObject([
      {
        ...{ project: '00987', name: project.PRO_NAME, kind: '防治责任范围', approved: '2022-05-01' },
        approvalNumber: project.RP_NUM,
      },
    ]);
  });
});
