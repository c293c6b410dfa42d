import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { CheckResult } from '../../../pipeline/inputs/check-inputs.ts';
import { checkInputs } from '../../../pipeline/inputs/check-inputs.ts';
import { renderCheckPage } from '../../../pipeline/inputs/check-page.ts';
import { declaredInputs } from '../../../pipeline/inputs/declared-inputs.ts';
import { loadRunFile } from '../../../pipeline/inputs/run-file.ts';
import { hasSharedData, sharedData } from '../../support/shared-data.ts';

const file = (...parts: string[]): string => sharedData('youwuzhen', ...parts);

/** A run file for the catchment: K in US units by soil class, six years of rain, C by land use. */
const runFile = (changes: { soil?: object; landUse?: object; zones?: object } = {}) => ({
  shuibao: 1,
  name: '游屋圳小流域',
  year: 2017,
  model: 'RUSLE',
  inputs: {
    elevation: { file: file('spatial', 'ywzdem30m.tif') },
    landUse: {
      file: file('spatial', 'ywzlanduse30m_upd.tif'),
      crosswalk: { 4: 31, 6: 21, 8: 32, 18: 53, 33: 11, 104: 62, 106: 51 },
      ...changes.landUse,
    },
    rain: {
      kind: 'daily-stations',
      file: file('climate', 'pcp_daily.csv'),
      stations: file('climate', 'Sites_P.csv'),
      years: [2012, 2013, 2014, 2015, 2016, 2017],
    },
    soil: {
      kind: 'erodibility-by-class',
      file: file('spatial', 'ywzsoil30m.tif'),
      unit: 'US',
      values: { 201: 0.21, 202: 0.23, 203: 0.29, 204: 0.19, 205: 0.19 },
      ...changes.soil,
    },
  },
  parameters: { coverManagement: { 11: 0.1, 21: 0.12, 31: 0.02, 32: 0.06, 51: 0.01, 53: 0.3, 62: 0.9 } },
  classes: { tolerance: 500 },
  statistics: {
    zones: [{ id: 'zones', file: file('spatial', 'thiessen_pcp.shp'), codeField: 'ID', ...changes.zones }],
  },
});

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shuibao-youwuzhen-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function check(content: object): Promise<CheckResult> {
  const path = join(folder, 'run.yaml');
  writeFileSync(path, stringify(content));
  const { inputs, context } = declaredInputs(await loadRunFile(path));
  return checkInputs(inputs, context);
}

/** Severity and code of the findings of each layer. */
function byLayer({ findings }: CheckResult): Record<string, string[]> {
  const grouped: Record<string, string[]> = {};
  for (const { layer, severity, code } of findings) (grouped[layer!] ??= []).push(`${severity} ${code}`);
  return grouped;
}

describe.skipIf(!hasSharedData)('the check page of Youwuzhen', () => {
  test('names what is odd about the inputs, and lets the run start', async () => {
    const result = await check(runFile());
    expect(byLayer(result)).toEqual({
      elevation: [
        'warning crs-old-datum',
        'warning extent-incomplete',
        'note crs-user-defined',
        'note nodata-lowest-float',
      ],
      landUse: ['warning extent-incomplete', 'warning extent-differs', 'note crs-user-defined'],
      soilClass: ['warning extent-incomplete', 'warning extent-differs', 'note crs-user-defined'],
      stationRain: ['note table-comments', 'note table-utc-days'],
      stationPlaces: ['note stations-outside'],
    });
    const pages = { zh: renderCheckPage(result.inspections, result.findings, 'zh'), en: '' };
    pages.en = renderCheckPage(result.inspections, result.findings, 'en');
    expect(pages.zh).toContain('1954 北京坐标系 高斯-克吕格 3 度带第 39 带（坐标含带号）（EPSG:2415）');
    expect(pages.zh).toMatch(/范围与“.*ywzdem30m\.tif”不同（125 × 85，高程 127 × 98）/);
    expect(pages.zh).toContain('日期 2012-01-01 至 2017-12-31');
    expect(pages.zh).toContain('可以运行');
    expect(pages.en).toContain('eastings with zone prefix (EPSG:2415)');
    expect(pages.en).toContain('The run can start');
    // The page is for people: one screen, no trace of the program's own words.
    for (const page of Object.values(pages)) {
      expect(page).not.toMatch(/undefined|\[object|NaN/);
      expect(page.split('\n').length).toBeLessThan(60);
    }
  });

  test('codes without a value are listed with their areas', async () => {
    const { crosswalk: _, ...landUse } = runFile().inputs.landUse;
    const result = await check({
      ...runFile({ soil: { values: { 201: 0.21 } } }),
      inputs: { ...runFile({ soil: { values: { 201: 0.21 } } }).inputs, landUse },
    });
    const unmapped = result.findings.filter(({ code }) => code === 'codes-unmapped');
    expect(unmapped.map(({ layer, severity }) => [layer, severity])).toEqual([
      ['landUse', 'error'],
      ['soilClass', 'error'],
    ]);
    // The file's 33, paddy, is a code of the table too, for other woodland: only a person can tell.
    expect(unmapped[0]!.found.zh).toMatch(
      /^6 个代码不在土地利用分类“monitoring”中，占有效面积的 81\.8 %：8（2\.8413 km²）、.*106（11\.52 hm²）/,
    );
    expect(unmapped[1]!.found.zh).toMatch(/204（3\.3669 km²）/);
    expect(unmapped[1]!.cure.zh).toContain('inputs.soil.values');
  });

  test('years without rain and a misspelt field stop the run', async () => {
    const content = runFile({ zones: { codeField: 'IDS' } });
    content.inputs.rain.years.push(2018);
    const { findings } = await check(content);
    const errors = findings.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ code }) => code)).toEqual(['rain-year-missing', 'field-missing']);
    expect(errors[0]!.expected.zh).toBe('应覆盖 2018 年全年');
    expect(errors[1]!.cure.zh).toBe('是否应为“ID”？');
  });
});
