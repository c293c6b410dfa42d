import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { hasSharedData, sharedData } from '../support/shared-data.ts';
import { ensureBuilt } from '../workers/support/engine.ts';
import { shuibao } from './support/sample-year.ts';

const at = (path: string) => join(sharedData(), 'youwuzhen', path);

/** RUSLE from six years of station rain, K by soil class in US units, and hillslope units as zones. */
const runFile = () => ({
  shuibao: 1,
  name: '游屋圳流域水土流失',
  year: 2017,
  model: 'RUSLE',
  inputs: {
    elevation: { file: at('spatial/ywzdem30m.tif') },
    landUse: {
      file: at('spatial/ywzlanduse30m_upd.tif'),
      crosswalk: { 4: 31, 6: 21, 8: 32, 18: 53, 33: 11, 104: 62, 106: 51 },
    },
    rain: {
      kind: 'daily-stations',
      file: at('climate/pcp_daily.csv'),
      stations: at('climate/Sites_P.csv'),
      years: [2012, 2013, 2014, 2015, 2016, 2017],
    },
    soil: {
      kind: 'erodibility-by-class',
      file: at('spatial/ywzsoil30m.tif'),
      unit: 'US',
      values: { 201: 0.21, 202: 0.23, 203: 0.29, 204: 0.19, 205: 0.19 },
    },
  },
  methods: { erosivityMode: 'multiYearMean' },
  parameters: { coverManagement: { 11: 0.1, 21: 0.12, 31: 0.02, 32: 0.06, 51: 0.01, 53: 0.3, 62: 0.9 } },
  classes: { toleranceRegion: 'nanfang-hongrang' },
  statistics: { zones: [{ id: 'zones', kind: 'raster', name: '坡位单元', file: at('spatial/slppos_units.tif') }] },
  outputs: { factors: ['R', 'K', 'L', 'S', 'C', 'P'] },
});

describe.skipIf(!hasSharedData)('the Youwuzhen catchment', () => {
  const directory = mkdtempSync(join(tmpdir(), 'shuibao-ywz-'));
  const path = join(directory, 'run.yaml');
  beforeAll(() => {
    ensureBuilt();
    writeFileSync(path, stringify(runFile()));
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it('runs to statistics of its sub-areas, which add up', async () => {
    expect(await shuibao(['run', path])).toMatchObject({ code: 0 });
    const table = readFileSync(join(directory, 'results/2017/table-1-administrative-areas_2017.csv'), 'utf8');
    const [heading, total, ...zones] = table
      .replace('\ufeff', '')
      .trim()
      .split('\r\n')
      .map((line) => line.split(','));
    expect(zones.length).toBeGreaterThan(100);
    for (const column of ['土地总面积(km²)', '微度面积(km²)', '水土流失面积(km²)', '剧烈面积(km²)']) {
      const index = heading!.indexOf(column);
      const hundredths = (row: readonly string[]) => Math.round(Number(row[index]) * 100);
      expect(
        zones.reduce((sum, row) => sum + hundredths(row), 0),
        column,
      ).toBe(hundredths(total!));
    }
  }, 120_000);

  it('explains a cell whose printed factors give the stored modulus', async () => {
    const { stdout, code } = await shuibao(['explain', path, '--at', '39445500,2841600']);
    expect(code).toBe(0);
    const values = [...stdout.matchAll(/^ {2}([RKLSCP]) = (\S+)/gm)].map(([, , value]) => Number(value));
    expect(values.length).toBe(6);
    const product = values.reduce((left, right) => Math.fround(left * Math.fround(right)));
    const printed = /A = 100·R·K·L·S·C·P = (\S+)/.exec(stdout)!;
    expect(Math.fround(Number(printed[1]))).toBe(Math.fround(product * 100));
    expect(stdout).toContain('与成果栅格中的数值完全一致');
  }, 60_000);
});
