import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { checkRun } from '../../../pipeline/inputs/check-run.ts';
import { loadRunFile } from '../../../pipeline/inputs/run-file.ts';
import { commonRun, nested, type Settings } from './knobs.ts';
import { writeTinyRegion } from './tiny-region.ts';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shuibao-check-run-'));
  await writeTinyRegion(folder);
  writeFileSync(join(folder, 'targets.csv'), '代码,水土保持率目标(%)\n621101,60\n621102,65\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** `layer severity code` of what is found about the zones and their tables. */
async function aboutZones(areas: string, settings: Settings = {}): Promise<string[]> {
  writeFileSync(join(folder, 'areas.csv'), areas);
  writeFileSync(join(folder, 'run.yaml'), stringify(nested(commonRun, settings)));
  const { findings } = await checkRun(await loadRunFile(join(folder, 'run.yaml')));
  return findings
    .filter(({ layer }) => ['landAreas', 'targets', 'county'].includes(layer!))
    .map(({ layer, severity, code }) => `${layer} ${severity} ${code}`);
}

describe('official areas against the counties of the map', () => {
  test.each<[string, string, readonly string[]]>([
    ['the same counties', '行政区代码,控制面积(km²)\n621101,3638.7\n621102,2908.5\n', []],
    ['a sum for the region', 'code,landAreaKm2\n621101,1\n621102,1\n合计,2\n', []],
    ['a county the map lacks', 'code,landAreaKm2\n621101,1\n621102,1\n621103,1\n', ['county warning county-missing']],
    ['no column of areas', 'code,name\n621101,a\n621102,b\n', ['landAreas error column-missing']],
    ['an area that is none', 'code,landAreaKm2\n621101,many\n621102,1\n', ['landAreas error zone-figure-wrong']],
    ['a county listed twice', 'code,landAreaKm2\n621101,1\n621101,1\n', ['landAreas error zone-listed-twice']],
  ])('%s', async (_, areas, codes) => {
    expect(await aboutZones(areas)).toEqual(codes);
  });

  test('a county that no table lists is told', async () => {
    const settings = { 'statistics.targets': undefined };
    expect(await aboutZones('code,landAreaKm2\n621101,1\n', settings)).toEqual(['county warning county-without-area']);
  });
});
