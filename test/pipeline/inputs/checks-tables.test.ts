import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gdal } from '../../../pipeline/formats/gdal.ts';
import type { CheckContext, DeclaredOptions } from '../../../pipeline/inputs/declared-input.ts';
import { Checker } from './checker.ts';

let checker: Checker;
beforeAll(() => {
  checker = new Checker();
});
afterAll(() => checker.close());

interface Zone {
  readonly code: string | null;
  readonly name: string | null;
}

const ring = (at: number): number[][] => [
  [450_000 + at * 100, 3_937_600],
  [450_100 + at * 100, 3_937_600],
  [450_100 + at * 100, 3_937_900],
  [450_000 + at * 100, 3_937_900],
  [450_000 + at * 100, 3_937_600],
];

function geojson(
  zones: readonly Zone[],
  geometry = (at: number): object | null => ({ type: 'Polygon', coordinates: [ring(at)] }),
) {
  return JSON.stringify({
    type: 'FeatureCollection',
    crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4544' } },
    features: zones.map((properties, at) => ({ type: 'Feature', properties, geometry: geometry(at) })),
  });
}

const fields: DeclaredOptions = { codeField: 'code', nameField: 'name' };
const anding: Zone = { code: '621102', name: '安定区' };
const tongwei: Zone = { code: '621121', name: '通渭县' };

async function zoneCodes(zones: readonly Zone[], context: CheckContext = {}, options = fields): Promise<string[]> {
  return checker.codesOf('county', checker.text('zones.geojson', geojson(zones)), options, context);
}

describe('counties', () => {
  const both = new Set(['621102', '621121']);
  const officialCounties = { landAreas: both, targets: both };
  test.each<[string, readonly Zone[], CheckContext, readonly string[]]>([
    ['in order', [anding, tongwei], { officialCounties }, []],
    ['one code under two names', [anding, { ...tongwei, code: '621102' }], {}, ['error zone-code-duplicate']],
    ['an enclave', [anding, anding, tongwei], {}, ['warning zone-code-repeated']],
    ['without a code', [anding, { code: null, name: '通渭县' }], {}, ['error zone-code-missing']],
    ['a code that lost its form', [anding, { ...tongwei, code: '621121.0' }], {}, ['warning county-code-form']],
    ['one missing', [anding], { officialCounties }, ['warning county-missing']],
    [
      'one too many',
      [anding, tongwei, { code: '621122', name: '陇西县' }],
      { officialCounties },
      ['warning county-without-area', 'note county-without-target'],
    ],
    [
      'one without an area, though it has a target',
      [anding, tongwei],
      { officialCounties: { landAreas: new Set(['621102']), targets: both } },
      ['warning county-without-area'],
    ],
    ['tables of other figures', [anding, tongwei], { officialCounties: { targets: both } }, []],
    ['garbled names', [anding, { ...tongwei, name: '????' }], {}, ['warning zone-name-garbled']],
    ['without a name', [anding, { ...tongwei, name: null }], {}, ['note zone-name-missing']],
  ])('%s', async (_, zones, context, codes) => {
    expect(await zoneCodes(zones, context)).toEqual(codes);
  });

  test('a field that is not there is named with the nearest', async () => {
    const file = checker.text('zones.geojson', geojson([anding]));
    const [found] = await checker.findings([checker.declare('county', file, { ...fields, codeField: 'cod' })]);
    expect(found).toMatchObject({ code: 'field-missing', cure: { en: 'did you mean “code”?' } });
  });
});

describe('geometries', () => {
  const shape = async (geometry: object | null): Promise<string[]> =>
    checker.codesOf(
      'county',
      checker.text(
        'shape.geojson',
        geojson([anding, tongwei], (at) => (at === 0 ? geometry : { type: 'Polygon', coordinates: [ring(at)] })),
      ),
      fields,
    );

  test('a bow-tie, none at all, and none that is a polygon', async () => {
    const [a, b, c, d] = ring(0) as [number[], number[], number[], number[]];
    expect(await shape({ type: 'Polygon', coordinates: [[a, c, b, d, a]] })).toEqual([
      'warning vector-invalid-geometry',
    ]);
    expect(await shape(null)).toEqual(['warning vector-null-geometry']);
    const points = geojson([anding], () => ({ type: 'Point', coordinates: a }));
    expect(await checker.codesOf('county', checker.text('points.geojson', points), fields)).toContain(
      'error vector-not-polygons',
    );
    expect(await checker.codesOf('county', checker.text('none.geojson', geojson([])), fields)).toContain(
      'error vector-no-features',
    );
  });

  test('what is no JSON is one line', async () => {
    const [found] = await checker.findings([
      checker.declare('county', checker.text('cut.geojson', geojson([anding]).slice(0, -30))),
    ]);
    expect(found).toMatchObject({ severity: 'error' });
  });
});

describe('attribute tables', () => {
  /** A shapefile of two counties whose names are written in an encoding, with or without a .cpg. */
  function shapefile(name: string, encoding: 'gbk' | 'utf-8', cpg?: string): string {
    const path = checker.path(`${name}.shp`);
    const dataset = gdal.drivers.get('ESRI Shapefile').create(path, 0, 0, 0, 'Byte');
    const layer = dataset.layers.create(name, gdal.SpatialReference.fromEPSG(4544), gdal.wkbPolygon);
    for (const field of ['code', 'name']) {
      const definition = new gdal.FieldDefn(field, gdal.OFTString);
      definition.width = 12;
      layer.fields.add(definition);
    }
    [0, 1].forEach((at) => {
      const feature = new gdal.Feature(layer);
      feature.fields.set('code', [anding, tongwei][at]!.code);
      feature.fields.set('name', 'X'.repeat(12));
      feature.setGeometry(gdal.Geometry.fromGeoJson({ type: 'Polygon', coordinates: [ring(at)] }));
      layer.features.add(feature);
    });
    dataset.close();
    const names = { gbk: ['b0b2b6a8c7f8', 'cda8ced6cfd8'], 'utf-8': ['e5ae89e5ae9ae58cba', 'e9809ae6b8ade58ebf'] };
    const dbf = readFileSync(checker.path(`${name}.dbf`));
    let from = 0;
    for (const bytes of names[encoding]) {
      const place = dbf.indexOf('X'.repeat(12), from, 'latin1');
      dbf.fill(' ', place, place + 12, 'latin1');
      Buffer.from(bytes, 'hex').copy(dbf, place);
      from = place + 12;
    }
    // Byte 29 names the code page; 0 says nothing.
    dbf[29] = 0;
    writeFileSync(checker.path(`${name}.dbf`), dbf);
    rmSync(checker.path(`${name}.cpg`), { force: true });
    if (cpg) writeFileSync(checker.path(`${name}.cpg`), cpg);
    return `${name}.shp`;
  }

  test.each<[string, 'gbk' | 'utf-8', string | undefined, DeclaredOptions, readonly string[], string]>([
    ['UTF-8 as its .cpg says', 'utf-8', 'UTF-8', {}, [], '安定区'],
    ['GBK as its .cpg says', 'gbk', 'GBK', {}, [], '安定区'],
    ['GBK without a .cpg', 'gbk', undefined, {}, ['note encoding-guessed'], '安定区'],
    ['UTF-8 without a .cpg', 'utf-8', undefined, {}, ['note encoding-guessed'], '安定区'],
    ['GBK under a .cpg of UTF-8', 'gbk', 'UTF-8', {}, ['warning encoding-doubtful'], ''],
    ['GBK under a wrong .cpg, stated', 'gbk', 'UTF-8', { encoding: 'gbk' }, [], '安定区'],
  ])('%s', async (_, encoding, cpg, options, codes, shown) => {
    const file = shapefile(`e${encoding}${cpg ?? ''}`.toLowerCase().replaceAll('-', ''), encoding, cpg);
    const findings = await checker.findings([checker.declare('county', file, { ...fields, ...options })]);
    const about = findings.filter(({ code }) => code.startsWith('encoding'));
    expect(about.map(({ severity, code }) => `${severity} ${code}`)).toEqual(codes);
    if (about.length > 0 && shown !== '') expect(about[0]!.found.zh).toContain(shown);
  });

  test('parts of a shapefile that are missing', async () => {
    const file = shapefile('parts', 'gbk', 'GBK');
    rmSync(checker.path('parts.dbf'));
    expect(await checker.codesOf('county', file, fields)).toContain('error shapefile-no-dbf');
  });
});

describe('rain of stations', () => {
  const wholeYear = (year: number, value: (day: number) => number | string): string[] =>
    Array.from({ length: year % 4 === 0 ? 366 : 365 }, (_, day) => {
      const date = new Date(Date.UTC(year, 0, day + 1)).toISOString().slice(0, 10);
      return `${date},${value(day)}`;
    });
  const rain = (lines: readonly string[], options: DeclaredOptions = { years: [2023] }) =>
    checker.declare('stationRain', checker.text('rain.csv', `date,52995\n${lines.join('\n')}\n`), options);
  const places = (text: string) => checker.declare('stationPlaces', checker.text('places.csv', text));
  const wet = (day: number): number => (day % 10 === 0 ? 12 : 0);

  test.each<[string, readonly string[], DeclaredOptions | undefined, string | undefined]>([
    ['a whole year', wholeYear(2023, wet), undefined, undefined],
    ['a year that ends in November', wholeYear(2023, wet).slice(0, 330), undefined, 'error rain-year-missing'],
    ['one of two years', wholeYear(2023, wet), { years: [2022, 2023] }, 'error rain-year-missing'],
    ['days left out', wholeYear(2023, wet).filter((_, day) => day !== 100), undefined, 'warning rain-days-missing'],
    [
      'codes of the weather service',
      wholeYear(2023, (day) => (day === 7 ? 32_766 : wet(day))),
      undefined,
      'note rain-sentinels',
    ],
    ['tenths of a millimetre', wholeYear(2023, (day) => wet(day) * 20), undefined, 'error unit-rain-tenths'],
    ['a heading alone', [], undefined, 'error table-no-rows'],
    [
      'dates that are none',
      wholeYear(2023, wet).map((line, day) => (day === 9 ? line.replace(/^[^,]*/, '十日') : line)),
      undefined,
      'warning table-dates-unreadable',
    ],
  ])('%s', async (_, lines, options, code) => {
    const found = await checker.codes([rain(lines, options)]);
    if (code === undefined) expect(found).toEqual([]);
    else expect(found).toContain(code);
  });

  test('a table in GBK is read and told', async () => {
    const gbk = Buffer.concat([
      Buffer.from([0xc8, 0xd5, 0xc6, 0xda]),
      Buffer.from(`,52995\n${wholeYear(2023, wet).join('\n')}\n`),
    ]);
    const file = checker.text('gbk.csv', gbk);
    const [found, ...others] = await checker.findings([checker.declare('stationRain', file, { years: [2023] })]);
    expect(found).toMatchObject({ code: 'encoding-guessed', severity: 'note' });
    expect(found!.found.zh).toContain('日期');
    expect(others).toEqual([]);
  });

  test.each<[string, string, readonly string[]]>([
    ['a place for every station', 'station,lon,lat\n52995,104.45,35.57\n', []],
    ['Chinese headings', '站号,经度,纬度\n52995,104.45,35.57\n', []],
    ['a station without a place', 'station,lon,lat\n52996,104.45,35.57\n', ['error station-unplaced']],
    ['no column of latitude', 'station,lon,y\n52995,104.45,35.57\n', ['error column-missing']],
    ['metres for degrees', 'station,lon,lat\n52995,450000,3938000\n', ['error station-not-degrees']],
    ['a station beside the region', 'station,lon,lat\n52995,104.6,35.57\n', ['note stations-outside']],
    ['a station far away', 'station,lon,lat\n52995,110.6,35.57\n', ['warning stations-outside']],
  ])('%s', async (_, text, codes) => {
    const dem = checker.declare('elevation', await checker.raster('dem.tif'));
    expect(await checker.codes([dem, rain(wholeYear(2023, wet)), places(text)], {}, 'places.csv')).toEqual(codes);
  });
});
