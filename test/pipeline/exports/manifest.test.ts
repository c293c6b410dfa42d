import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { manifestText, type RunManifest } from '../../../pipeline/exports/manifest.ts';
import { sortedJson } from '../../../pipeline/exports/sorted-json.ts';

const manifest: RunManifest = {
  shuibaoVersion: '0.1.0',
  run: {
    name: 'anlan-2023',
    year: 2023,
    model: 'CSLE',
    region: { code: '621100', name: { zh: '安澜市', en: 'Anlan City' } },
  },
  grid: { crs: 'EPSG:4544', cellSizeMetres: 10, originX: 420000, originY: 3980000, width: 2000, height: 2000 },
  methods: [
    { factor: 'soilErodibility', id: 'epic', version: 1, citation: 'Williams 1990', unit: 't·hm²·h·hm⁻²·MJ⁻¹·mm⁻¹' },
    {
      factor: 'rainfallErosivity',
      id: 'xie2016-daily',
      version: 1,
      citation: 'Xie et al. 2016',
      unit: 'MJ·mm·hm⁻²·h⁻¹·a⁻¹',
    },
  ],
  parameters: [
    { id: 'b/2', name: { zh: '乙', en: 'b' }, value: 0.3, unit: '1', source: '甲表', confidence: 'uncertain' },
    {
      id: 'a/1',
      name: { zh: '甲', en: 'a' },
      value: 1000,
      unit: 't/(km²·a)',
      source: 'SL 190-2007',
      confidence: 'seen',
    },
    { id: 'c/3', name: { zh: '丙', en: 'c' }, value: null, unit: '1', source: '年度指南', confidence: 'recalled' },
  ],
  scenarios: [
    {
      id: 'terraces',
      name: { zh: '坡改梯', en: 'terraces' },
      inputs: { engineeringMeasures: '/home/somebody/terraces.geojson' },
      parameters: [
        { id: 'E/b', name: { zh: '乙', en: 'b' }, value: 0.1, unit: '1', source: '甲表', confidence: 'design' },
        { id: 'E/a', name: { zh: '甲', en: 'a' }, value: 0.2, unit: '1', source: '甲表', confidence: 'design' },
      ],
    },
  ],
  inputs: [
    { layer: 'landUse', file: 'data/land-use.tif', bytes: 12, digest: 'sha256:ab' },
    { layer: 'elevation', file: '/home/somebody/dem.tif', bytes: 34, digest: 'sha256:cd' },
    { layer: 'rain', file: 'D:\\rain\\2023.tif', bytes: 56, digest: 'sha256:ef' },
  ],
  warnings: [
    {
      code: 'crs-guessed',
      severity: 'warning',
      file: '/home/somebody/dem.tif',
      found: { zh: '甲', en: 'a' },
      expected: { zh: '乙', en: 'b' },
      cure: { zh: '丙', en: 'c' },
    },
  ],
  edgeContamination: { cells: 1000, accumulationCells: 3, slopeLengthCells: 70 },
  taskCount: 321,
  outputs: [
    { file: 'QD_2023.tif', bytes: 5, sha256: '00', mediaType: 'image/tiff' },
    { file: 'A_2023.tif', bytes: 7, sha256: '11', mediaType: 'image/tiff' },
  ],
};

const read = (changes: Partial<RunManifest> = {}) => JSON.parse(manifestText({ ...manifest, ...changes }));

describe('the manifest of a run', () => {
  it('does not depend on the order in which anything was gathered', () => {
    const reversed = Object.fromEntries(
      Object.entries(manifest)
        .reverse()
        .map(([key, value]) => [key, Array.isArray(value) ? [...value].reverse() : value]),
    ) as unknown as RunManifest;
    expect(manifestText(reversed)).toBe(manifestText(manifest));
  });

  it('lists the values that have to be verified: doubtful ones and missing ones', () => {
    expect(read().unverified).toEqual({
      remark: { zh: '参数待核', en: 'parameter to be verified' },
      parameters: ['b/2', 'c/3'],
    });
  });

  it('keeps every fact, in a fixed order', () => {
    const written = read();
    expect(written.grid).toEqual(manifest.grid);
    expect(written.taskCount).toBe(321);
    expect(written.outputs.map(({ file }: { file: string }) => file)).toEqual(['A_2023.tif', 'QD_2023.tif']);
    expect(written.methods[0]).toEqual(manifest.methods[1]);
    expect(manifestText(manifest).endsWith('}\n')).toBe(true);
  });

  it('names no folder of the machine it ran on, and no output outside the results', () => {
    const text = manifestText(manifest);
    expect(text).not.toContain('somebody');
    expect(read().inputs.map(({ file }: { file: string }) => file)).toEqual([
      'dem.tif',
      'data/land-use.tif',
      '2023.tif',
    ]);
    expect(read().warnings[0].file).toBe('dem.tif');
    for (const file of ['/tmp/a.tif', '../a.tif', 'C:\\a.tif', 'maps/../../a.tif'])
      expect(() => read({ outputs: [{ ...manifest.outputs[0]!, file }] })).toThrow(RangeError);
  });
});

describe('JSON with sorted keys', () => {
  it('reads back as the same value, and equal values give equal text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(sortedJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
        const keys = value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : [];
        if (keys.length > 0) expect(sortedJson(Object.fromEntries(keys.reverse()))).toBe(sortedJson(value));
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('refuses what JSON would falsify, naming the place', () => {
    expect(() => sortedJson({ a: [1, Number.NaN] })).toThrow('$.a[1] is NaN');
    expect(() => sortedJson({ a: new Map() })).toThrow(RangeError);
    expect(() => sortedJson({ a: 10n })).toThrow(RangeError);
    expect(sortedJson({ b: undefined, a: 1 })).toBe('{\n  "a": 1\n}\n');
  });
});
