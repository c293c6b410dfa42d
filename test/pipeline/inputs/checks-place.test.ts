import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gdal } from '../../../pipeline/formats/gdal.ts';
import { checkInputs } from '../../../pipeline/inputs/check-inputs.ts';
import { describeInspection } from '../../../pipeline/inputs/describe-files.ts';
import type { RasterDraft } from './checker.ts';
import { bytes, Checker, cgcs2000 } from './checker.ts';

let checker: Checker;
beforeAll(() => {
  checker = new Checker();
});
afterAll(() => checker.close());

const gauss = (meridian: number, easting: number, ellipsoid: string): string =>
  `+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=1 +x_0=${easting} +y_0=0 ${ellipsoid} +units=m +no_defs`;
const krassovsky = '+ellps=krass';
const xian = '+a=6378140 +rf=298.257';

const at = (x: number, y = 3_938_000, size = 30): RasterDraft['geotransform'] => [x, size, 0, y, 0, -size];

describe('coordinate systems', () => {
  test.each<[string, RasterDraft, string, readonly string[]]>([
    ['CGCS2000, 3-degree zone by meridian', {}, 'EPSG:4544', []],
    [
      'CGCS2000 with zone prefix',
      { crs: 'EPSG:4523', geotransform: at(35_450_000) },
      'CGCS2000 3-degree Gauss–Krüger, zone 35, eastings with zone prefix (EPSG:4523)',
      [],
    ],
    [
      'Xian 1980 without prefix',
      { crs: 'EPSG:2380', geotransform: at(450_000) },
      'Xian 1980 3-degree Gauss–Krüger, central meridian 105°E, eastings without zone prefix (EPSG:2380)',
      ['warning crs-old-datum'],
    ],
    [
      'Xian 1980 with prefix, user defined',
      { crs: gauss(105, 35_500_000, xian), geotransform: at(35_450_000) },
      'Xian 1980 3-degree Gauss–Krüger, zone 35, eastings with zone prefix (EPSG:2359)',
      ['warning crs-old-datum', 'note crs-user-defined'],
    ],
    [
      'Beijing 1954 with prefix, user defined',
      { crs: gauss(117, 39_500_000, krassovsky), geotransform: at(39_444_000, 2_842_000) },
      'Beijing 1954 3-degree Gauss–Krüger, zone 39, eastings with zone prefix (EPSG:2415)',
      ['warning crs-old-datum', 'note crs-user-defined'],
    ],
    [
      'Beijing 1954, 6-degree zone without prefix',
      { crs: 'EPSG:21458', geotransform: at(450_000) },
      'Beijing 1954 6-degree Gauss–Krüger, central meridian 105°E, eastings without zone prefix (EPSG:21458)',
      ['warning crs-old-datum'],
    ],
  ])('%s is named and taken', async (_, draft, said, codes) => {
    const file = await checker.raster('crs.tif', draft);
    const { inspections, findings } = await checkInputs([checker.declare('elevation', file)], {}, checker.inspector);
    expect(describeInspection(inspections[0]!.inspection, 'en')).toContain(said);
    expect(findings.map(({ severity, code }) => `${severity} ${code}`)).toEqual(codes);
  });

  test.each<[string, RasterDraft, string]>([
    ['no system', { crs: null }, 'error crs-missing'],
    [
      'degrees in a projected system',
      { geotransform: [104.6, 0.0003, 0, 35.5, 0, -0.0003] },
      'error crs-degrees-in-projected',
    ],
    ['metres in a geographic system', { crs: 'EPSG:4490' }, 'error crs-metres-in-geographic'],
    ['a prefix the system does not have', { geotransform: at(35_450_000) }, 'error crs-zone-prefix'],
    ['no prefix where the system has one', { crs: 'EPSG:4523' }, 'error crs-zone-prefix'],
    ['the prefix of another zone', { crs: 'EPSG:4523', geotransform: at(36_450_000) }, 'error crs-zone-prefix'],
    ['another planet', { crs: '+proj=eqc +R=3396190 +units=m +no_defs' }, 'error crs-not-earth'],
    ['far from its meridian', { geotransform: at(1_100_000) }, 'warning crs-far-from-meridian'],
    [
      'kilometres',
      { crs: '+proj=tmerc +lon_0=105 +x_0=500000 +ellps=GRS80 +units=km +no_defs', geotransform: at(450, 3938, 0.03) },
      'warning crs-unit',
    ],
    [
      'degrees',
      { crs: 'EPSG:4490', geotransform: [104.6, 0.0003, 0, 35.5, 0, -0.0003] },
      'error crs-geographic-elevation',
    ],
  ])('%s is told', async (_, draft, code) => {
    expect(await checker.codesOf('elevation', await checker.raster('odd.tif', draft))).toContain(code);
  });

  test('a local engineering system is no place on Earth', async () => {
    const file = checker.edit(await checker.raster('local.tif', { crs: null }), (dataset) => {
      dataset.srs = gdal.SpatialReference.fromWKT('LOCAL_CS["site grid",UNIT["metre",1]]');
    });
    expect(await checker.codesOf('elevation', file)).toContain('error crs-engineering');
  });

  test('a system stated in the run file takes the place of a missing one', async () => {
    const file = await checker.raster('stated.tif', { crs: null });
    expect(await checker.codesOf('elevation', file, { crs: cgcs2000 })).toEqual([]);
  });

  test('elevation in degrees passes once the grid is stated', async () => {
    const file = await checker.raster('degrees.tif', {
      crs: 'EPSG:4490',
      geotransform: [104.6, 0.0003, 0, 35.5, 0, -0.0003],
    });
    const extent = { west: 463_000, south: 3_930_000, east: 464_000, north: 3_931_000 };
    const grid = { crs: cgcs2000, cellSizeMetres: 30, extent };
    const codes = await checker.codesOf('elevation', file, {}, { grid });
    expect(codes.filter((code) => code.startsWith('error'))).toEqual([]);
    expect(await checker.codesOf('elevation', file, {}, { grid: { ...grid, crs: 'EPSG:4326' } })).toContain(
      'error crs-geographic-elevation',
    );
  });

  test('datums are not mixed in silence', async () => {
    const dem = await checker.raster('dem.tif');
    const old = await checker.raster('old.tif', { crs: 'EPSG:2380', bands: [bytes((cell) => (cell % 2 ? 11 : 31))] });
    const inputs = [checker.declare('elevation', dem), checker.declare('landUse', old)];
    expect(await checker.codes(inputs, {}, old)).toContain('error crs-datum-mixed');
  });
});

describe('place and lattice', () => {
  const cosine = 30 * Math.cos(Math.PI / 12);
  const sine = 30 * Math.sin(Math.PI / 12);
  test.each<[string, RasterDraft, readonly string[]]>([
    ['north-up', {}, []],
    ['rotated', { geotransform: [450_000, cosine, sine, 3_938_000, sine, -cosine] }, ['warning georeference-rotated']],
    ['south-up', { geotransform: [450_000, 30, 0, 3_937_000, 0, 30] }, ['warning georeference-south-up']],
    ['mirrored', { geotransform: [450_000, -30, 0, 3_938_000, 0, -30] }, ['warning georeference-mirrored']],
    ['oblong cells', { geotransform: [450_000, 30, 0, 3_938_000, 0, -25] }, ['note cells-not-square']],
    ['PixelIsPoint', { metadata: { AREA_OR_POINT: 'Point' } }, ['note pixel-is-point']],
  ])('%s', async (_, draft, codes) => {
    expect(await checker.codesOf('elevation', await checker.raster('place.tif', draft))).toEqual(codes);
  });

  test('ground control points alone are no position', async () => {
    const file = 'gcp.tif';
    const dataset = gdal.drivers.get('GTiff').create(checker.path(file), 20, 16, 1, 'Float32');
    const point = (pixel: number, line: number) => ({
      dfGCPPixel: pixel,
      dfGCPLine: line,
      dfGCPX: 450_000 + pixel * 30,
      dfGCPY: 3_938_000 - line * 30,
      dfGCPZ: 0,
      pszId: `${pixel}-${line}`,
      pszInfo: '',
    });
    dataset.setGCPs(
      [point(0, 0), point(20, 0), point(0, 16), point(20, 16)],
      gdal.SpatialReference.fromEPSG(4544).toWKT(),
    );
    dataset.bands.get(1).fill(1500);
    dataset.close();
    expect(await checker.codesOf('elevation', file)).toContain('error georeference-gcp-only');
  });

  test('no position at all', async () => {
    const file = 'nowhere.tif';
    gdal.drivers.get('GTiff').create(checker.path(file), 20, 16, 1, 'Float32').close();
    expect(await checker.codesOf('elevation', file)).toEqual(
      expect.arrayContaining(['error crs-missing', 'error georeference-missing']),
    );
  });

  test.each<[string, number, number, number, string[]]>([
    ['the same lattice, whole cells away', 60, -90, 30, []],
    ['half a cell off, as when centres are taken for corners', 15, 15, 30, ['warning lattice-half-cell']],
    ['a third of a cell off', 10, 0, 30, ['note lattice-offset']],
    ['other cells', 0, 0, 20, ['note cell-size-differs']],
    ['much coarser cells', 0, 0, 500, ['warning cell-size-differs']],
  ])('%s', async (_, dx, dy, size, codes) => {
    const dem = await checker.raster('base.tif', { width: 40, height: 40 });
    const file = await checker.raster('beside.tif', {
      geotransform: at(450_000 + dx, 3_938_000 + dy, size),
      bands: [bytes((cell) => (cell % 2 ? 11 : 31))],
    });
    const inputs = [checker.declare('elevation', dem), checker.declare('landUse', file)];
    const lattice = (await checker.codes(inputs, {}, file)).filter((code) => /lattice|cell-size/.test(code));
    expect(lattice).toEqual(codes);
  });

  test('elevation coarser than the grid of the run', async () => {
    const file = await checker.raster('coarse.tif');
    const codes = await checker.codesOf('elevation', file, {}, { grid: { cellSizeMetres: 10 } });
    expect(codes).toEqual(['warning elevation-coarser-than-grid']);
  });
});

describe('extent, holes and size', () => {
  const square = (west: number, south: number, side: number): string =>
    JSON.stringify({
      type: 'FeatureCollection',
      crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4544' } },
      features: [
        {
          type: 'Feature',
          properties: { code: '621102', name: '安定区' },
          geometry: {
            type: 'Polygon',
            coordinates: [
              [
                [west, south],
                [west + side, south],
                [west + side, south + side],
                [west, south + side],
                [west, south],
              ],
            ],
          },
        },
      ],
    });
  const county = (west: number, south: number, side: number) =>
    checker.declare('county', checker.text('county.geojson', square(west, south, side)), {
      codeField: 'code',
      nameField: 'name',
    });

  test('a layer that covers the area and has no holes passes', async () => {
    const dem = checker.declare('elevation', await checker.raster('whole.tif'));
    expect(await checker.codes([dem, county(450_100, 3_937_600, 300)])).toEqual([]);
  });

  test('what is missing inside the area is measured', async () => {
    // The eastern half of 10 × 10 cells of the area is nodata.
    const file = await checker.raster('half.tif', {
      bands: (cell) => (cell % 20 >= 10 ? Number.NaN : 1500 + cell),
      description: { nodata: Number.NaN },
    });
    const findings = await checker.findings([checker.declare('elevation', file), county(450_150, 3_937_560, 300)]);
    const found = findings.find(({ code }) => code === 'extent-incomplete')!;
    expect(found.severity).toBe('warning');
    expect(found.found.zh).toBe('在统计范围内有 50 % 没有值（4.5 hm²）');
  });

  test('layers of different regions are told apart', async () => {
    const dem = checker.declare('elevation', await checker.raster('here.tif'));
    const away = await checker.raster('away.tif', { geotransform: at(550_000), bands: [bytes(() => 31)] });
    expect(await checker.codes([dem, checker.declare('landUse', away)], {}, away)).toContain('error extent-disjoint');
    expect(await checker.codes([dem, county(550_100, 3_937_600, 300)], {}, 'county.geojson')).toContain(
      'error extent-disjoint',
    );
  });

  test('a layer smaller than the elevation leaves a rim', async () => {
    const dem = checker.declare('elevation', await checker.raster('large.tif', { width: 40, height: 32 }));
    const small = await checker.raster('small.tif', { bands: [bytes((cell) => (cell % 2 ? 11 : 31))] });
    const [found] = (await checker.findings([dem, checker.declare('landUse', small)])).filter(
      ({ file }) => file === small,
    );
    expect(found).toMatchObject({ code: 'extent-differs', severity: 'warning' });
    expect(found!.found.en).toContain('(20 × 16 against 40 × 32 cells); it covers 25 % of it');
  });

  test('holes inside the elevation are counted, nodata around it is not a hole', async () => {
    const hole = new Set([105, 106, 125, 230]);
    const file = await checker.raster('holes.tif', {
      bands: (cell) => (hole.has(cell) || cell % 20 === 0 ? -9999 : 1500 + cell),
      description: { nodata: -9999 },
    });
    const findings = await checker.findings([checker.declare('elevation', file)]);
    expect(findings.map(({ code }) => code)).toEqual(['elevation-holes']);
    expect(findings[0]!.found.en).toBe('has 2 holes inside, 4 cells in all (3600 m²)'.replace('3600 m²', '0.36 ha'));
  });

  test('an elevation of nothing', async () => {
    const file = await checker.raster('nothing.tif', { bands: () => -9999, description: { nodata: -9999 } });
    expect(await checker.codesOf('elevation', file)).toContain('error raster-all-nodata');
  });

  test('a header that claims what the file cannot hold is refused before reading', async () => {
    const entries = [
      [256, 4, 4_000_000_000],
      [257, 4, 4_000_000_000],
      [258, 3, 8],
      [259, 3, 1],
      [262, 3, 1],
      [273, 4, 8],
      [277, 3, 1],
      [278, 4, 4_000_000_000],
      [279, 4, 4],
    ] as const;
    const tiff = Buffer.alloc(12 + 2 + entries.length * 12 + 4);
    tiff.write('II*\0', 'latin1');
    tiff.writeUInt32LE(12, 4);
    tiff.writeUInt16LE(entries.length, 12);
    entries.forEach(([tag, type, value], index) => {
      const place = 14 + index * 12;
      tiff.writeUInt16LE(tag, place);
      tiff.writeUInt16LE(type, place + 2);
      tiff.writeUInt32LE(1, place + 4);
      tiff.writeUInt32LE(value, place + 8);
    });
    const file = checker.text('absurd.tif', tiff);
    expect(await checker.codesOf('elevation', file)).toEqual(['error raster-absurd-size']);
  });

  test.each([
    ['a missing file', 'no-such.tif', undefined, 'error file-missing'],
    ['an empty file', 'empty.tif', '', 'error file-empty'],
    ['text under the name of a raster', 'text.tif', 'not a raster', 'error tiff-header-damaged'],
    ['an archive', 'dem.zip', 'PK\u0003\u0004', 'error file-archive'],
    ['a table for an elevation', 'dem.csv', 'x,y,z\n1,2,3\n', 'error file-wrong-kind'],
  ])('%s is one line', async (_, name, content, code) => {
    if (content !== undefined) checker.text(name, content);
    expect(await checker.codesOf('elevation', name)).toContain(code);
  });
});
