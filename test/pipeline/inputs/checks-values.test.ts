import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DeclaredOptions } from '../../../pipeline/inputs/declared-input.ts';
import type { LayerId } from '../../../pipeline/inputs/layer-spec.ts';
import type { RasterDraft } from './checker.ts';
import { bytes, Checker, floats, onRim } from './checker.ts';

let checker: Checker;
beforeAll(() => {
  checker = new Checker();
});
afterAll(() => checker.close());

const lowest = Math.fround(-3.4028234663852886e38);

describe('nodata in its spellings', () => {
  const rim =
    (mark: number) =>
    (cell: number): number =>
      onRim(cell) ? mark : 1500 + (cell % 7);
  test.each<[string, RasterDraft, DeclaredOptions, readonly string[]]>([
    ['declared as it is stored', { bands: rim(-9999), description: { nodata: -9999 } }, {}, []],
    ['NaN, declared', { bands: rim(Number.NaN), description: { nodata: Number.NaN } }, {}, []],
    ['NaN, not declared', { bands: rim(Number.NaN) }, {}, ['note nodata-nan']],
    ['the lowest float', { bands: rim(lowest), description: { nodata: lowest } }, {}, ['note nodata-lowest-float']],
    ['a rounded lowest float', { bands: rim(lowest), description: { nodata: -3.4e38 } }, {}, ['note nodata-rounded']],
    ['not declared: −9999', { bands: rim(-9999) }, {}, ['error nodata-undeclared']],
    ['not declared: −99999', { bands: rim(-99_999) }, {}, ['error nodata-undeclared']],
    ['not declared: 32767', { bands: rim(32_767) }, {}, ['error nodata-undeclared']],
    ['not declared: the lowest float', { bands: rim(lowest) }, {}, ['error nodata-undeclared']],
    ['not declared, but stated in the run file', { bands: rim(-9999) }, { nodata: -9999 }, []],
    ['zero, which is an elevation', { bands: rim(0), description: { nodata: 0 } }, {}, ['warning nodata-zero']],
    ['zero on the rim, not declared', { bands: rim(0) }, {}, ['warning nodata-undeclared']],
  ])('%s', async (_, draft, options, codes) => {
    const found = await checker.codesOf('elevation', await checker.raster('nodata.tif', draft), options);
    expect(found.filter((code) => !code.includes('unit-') && !code.includes('values-'))).toEqual(codes);
  });

  test('a value the cells cannot hold marks nothing', async () => {
    const file = await checker.raster('bytes.tif', { bands: [bytes((cell) => 20 + (cell % 50))] });
    expect(await checker.codesOf('understoreyCover', file, { nodata: -9999 })).toEqual(['warning nodata-outside-type']);
  });

  test('infinite values are refused', async () => {
    const file = await checker.raster('infinite.tif', {
      bands: (cell) => (cell === 99 ? Number.POSITIVE_INFINITY : 1500),
    });
    expect(await checker.codesOf('elevation', file)).toContain('error values-infinite');
  });
});

describe('units', () => {
  const wave = (low: number, high: number) => floats((cell) => low + ((high - low) * (cell % 37)) / 36);
  const days = (millimetres: number) =>
    Array.from({ length: 365 }, (_, day) => floats(() => (day % 10 === 0 ? millimetres : 0)));
  const halfMonths = (low: number, high: number) => Array.from({ length: 24 }, () => wave(low, high));

  test.each<[string, LayerId, readonly Float32Array[], DeclaredOptions, string | undefined]>([
    ['K in SI units', 'soilErodibility', [wave(0.01, 0.06)], {}, undefined],
    ['K in US units', 'soilErodibility', [wave(0.1, 0.4)], {}, 'error unit-k-us'],
    ['K in US units, stated', 'soilErodibility', [wave(0.1, 0.4)], { unit: 'US' }, undefined],
    ['K in an unknown unit', 'soilErodibility', [wave(0.01, 0.06)], { unit: 'metric' }, 'error unit-unknown'],
    ['daily rain in mm', 'dailyRain', days(12), { year: 2023 }, undefined],
    ['daily rain in 0.1 mm', 'dailyRain', days(400), { year: 2023 }, 'error unit-rain-tenths'],
    ['daily rain in 0.1 mm, stated', 'dailyRain', days(120), { year: 2023, unit: 'tenth-millimetre' }, undefined],
    ['daily rain in m', 'dailyRain', days(0.012), { year: 2023 }, 'error unit-rain-small'],
    ['daily rain of a leap year', 'dailyRain', days(12), { year: 2024 }, 'error band-count-days'],
    ['elevation in m', 'elevation', [wave(1200, 2100)], {}, undefined],
    ['elevation in dm', 'elevation', [wave(12_000, 21_000)], {}, 'error unit-elevation'],
    ['elevation in dm, stated', 'elevation', [wave(12_000, 21_000)], { unit: 'decimetre' }, undefined],
    ['slope in degrees', 'slope', [wave(0, 60)], {}, undefined],
    ['slope in percent', 'slope', [wave(0, 140)], {}, 'error unit-slope-percent'],
    ['cover in percent', 'vegetationCover', halfMonths(5, 90), {}, undefined],
    ['cover as fraction', 'vegetationCover', halfMonths(0.05, 0.9), {}, 'error unit-cover-fraction'],
    ['cover as fraction, stated', 'vegetationCover', halfMonths(0.05, 0.9), { unit: 'cover-fraction' }, undefined],
    [
      'percent stated as fraction',
      'vegetationCover',
      halfMonths(5, 90),
      { unit: 'cover-fraction' },
      'error unit-cover-percent',
    ],
    ['NDVI for cover', 'vegetationCover', halfMonths(-0.2, 0.8), { unit: 'cover-fraction' }, 'error unit-cover-ndvi'],
    ['NDVI times 10000', 'vegetationCover', halfMonths(-2000, 9000), { unit: 'ndvi' }, 'error unit-ndvi-scaled'],
    [
      'NDVI times 10000, scaled',
      'vegetationCover',
      halfMonths(-2000, 9000),
      { unit: 'ndvi', scale: 0.0001 },
      undefined,
    ],
    ['23 composites', 'vegetationCover', halfMonths(5, 90).slice(1), {}, 'error band-count'],
    ['sand in percent', 'sand', [wave(10, 60)], {}, undefined],
    ['sand as fraction', 'sand', [wave(0.1, 0.6)], {}, 'error unit-fraction'],
    ['sand in g/kg', 'sand', [wave(100, 600)], {}, 'error unit-per-mille'],
    ['P above 1', 'supportPractice', [wave(0.5, 5)], {}, 'error values-impossible'],
    ['a median that does not occur', 'organicCarbon', [wave(30, 50)], {}, 'warning values-unusual'],
    ['a band that is not there', 'tolerance', [wave(500, 1000)], { bands: [2] }, 'error band-missing'],
  ])('%s', async (_, layer, bands, options, code) => {
    const found = await checker.codesOf(layer, await checker.raster('unit.tif', { bands }), options);
    expect(found).toEqual(code === undefined ? [] : [code]);
  });

  test('sand, silt and clay that do not add up', async () => {
    const part = async (layer: LayerId, value: number) =>
      checker.declare(layer, await checker.raster(`${layer}.tif`, { bands: (cell) => value + (cell % 3) }));
    const inputs = [await part('sand', 30), await part('silt', 40), await part('clay', 20)];
    expect(await checker.codes(inputs)).toEqual(['warning texture-sum']);
    inputs[2] = await part('clay', 27);
    expect(await checker.codes(inputs)).toEqual([]);
  });
});

describe('codes', () => {
  const landUse = { codes: new Set([11, 31, 41]), tableName: { zh: '地类表', en: 'the classes' } };

  test('each unmapped code is told with its area, the largest first', async () => {
    // 320 cells of 900 m²: 32 of code 77, 64 of code 99.
    const file = await checker.raster('lu.tif', {
      bands: [bytes((cell) => (cell % 10 === 0 ? 77 : cell % 5 === 1 ? 99 : 31))],
    });
    const [found] = await checker.findings([checker.declare('landUse', file)], { landUse });
    expect(found).toMatchObject({ code: 'codes-unmapped', severity: 'error' });
    expect(found!.found.zh).toBe('2 个代码不在地类表中，占有效面积的 30 %：99（5.76 hm²）、77（2.88 hm²）');
    expect(found!.cure.en).toContain('crosswalk');
  });

  test('a crosswalk maps them', async () => {
    const file = await checker.raster('lu.tif', { bands: [bytes((cell) => (cell % 2 ? 77 : 99))] });
    const crosswalk = new Map([
      [77, 11],
      [99, 41],
    ]);
    expect(await checker.codesOf('landUse', file, {}, { landUse: { ...landUse, crosswalk } })).toEqual([]);
    crosswalk.set(99, 12);
    expect(await checker.codesOf('landUse', file, {}, { landUse: { ...landUse, crosswalk } })).toEqual([
      'error codes-unmapped',
    ]);
  });

  test('zeros are no class, and are told', async () => {
    const file = await checker.raster('zero.tif', { bands: [bytes((cell) => (onRim(cell) ? 0 : 31))] });
    expect(await checker.codesOf('landUse', file, {}, { landUse })).toEqual(['warning codes-zero']);
    expect(await checker.codesOf('landUse', file, { nodata: 0 }, { landUse })).toEqual([]);
  });

  test('codes blurred by resampling are refused', async () => {
    const file = await checker.raster('blurred.tif', { bands: (cell) => 11 + (cell % 40) / 2 });
    expect(await checker.codesOf('landUse', file, {}, { landUse })).toEqual(['error codes-not-whole']);
  });

  test('codes of soil classes are held against the values of the run file', async () => {
    const file = await checker.raster('soil.tif', { bands: [bytes((cell) => 1 + (cell % 4))] });
    const [found] = await checker.findings([checker.declare('soilClass', file, { codes: ['1', '2', '3'] })], {
      landUse,
    });
    expect(found!.found.en).toBe('1 code missing from the table, 25 % of the area with values: 4 (7.2 ha)');
    expect(found!.cure.en).toBe('add their K to inputs.soil.values');
  });
});
