import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gdal } from '../../pipeline/formats/gdal.ts';
import { sampleRegion, sampleRun } from '../supervision/sample-pair.ts';
import { shuibao } from './support/sample-year.ts';

let directory: string;
let workspace: string;

beforeAll(async () => {
  directory = await sampleRegion();
  workspace = join(directory, 'work');
}, 60_000);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const inRegion = (name: string): string => join(directory, 'region', name);

async function lines(...args: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await shuibao([...args, '--workspace', workspace]);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return stdout.trimEnd().split('\n');
}

test('from boundaries and issued patches to rule cards, trials and a file to hand in', async () => {
  const boundaries = inRegion('projects/project-boundaries.shp');
  const patches = inRegion('projects/disturbance-patches.geojson');
  expect((await lines('boundaries', 'import', boundaries, '--known-from', '2024-01-15'))[0]).toMatch(/新项目 1\d/);
  const batch = ['--batch', '2024-09', '--known-on', '2024-12-01'];
  const [read, summary, verdicts] = await lines('patches', 'import', patches, '--issuer', '部', ...batch);
  expect([read, summary]).toEqual([expect.stringContaining('26'), expect.stringContaining('2024-12-01')]);
  expect(verdicts).toContain('疑似未批先建 9');

  const list = await lines('patches', 'list');
  const scores = list.filter((line) => /^0\.\d{3}/.test(line)).map((line) => Number(line.slice(0, 5)));
  expect(scores).toHaveLength(26);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
  expect(list.find((line) => line.startsWith('优先分'))).toMatch(/图斑编号 +县 +面积 hm² +结论 +超出 hm² +风险/);
  const number = /\d{6}_\d{6}_\d{4}/.exec(list.find((line) => line.includes('疑似超出防治责任范围  '))!)![0];
  const card = (await lines('patches', 'show', number)).join('\n');
  expect(card).toContain('HG-04');
  expect(card).toContain('supervision-2024');
  expect(card).toContain('不作为处罚依据');

  const refused = await shuibao(['patches', 'decide', number, '--decision', '合规', '--workspace', workspace]);
  expect([refused.code, refused.stderr.trim().split('\n')]).toEqual([2, [expect.stringContaining('--reason')]]);
  const word = ['--decision', '超出防治责任范围', '--reason', '现场属实'];
  const early = await shuibao(['patches', 'decide', number, ...word, '--workspace', workspace]);
  expect([early.code, early.stderr]).toEqual([2, expect.stringContaining('须有现场复核')]);
  word[1] = 'Excess of the approved boundary';
  const told = await lines('patches', 'decide', number, ...word, '--field-review', '2024-10-20', '--by', '李');
  expect(told).toEqual([`${number}  疑似超出防治责任范围 → 超出防治责任范围`]);
  word[1] = '合理';
  const unknown = await shuibao(['patches', 'decide', number, ...word, '--lang', 'en', '--workspace', workspace]);
  expect([unknown.code, unknown.stderr.trim().split('\n')]).toEqual([
    2,
    [expect.stringMatching(/^--decision: “合理” is no decision; .* 合规 \(compliant\), /)],
  ]);
  const table = join(directory, 'decisions.csv');
  writeFileSync(table, `图斑编号,认定结论,理由\n${number},合规 (compliant),范围图已更新\n不存在,合规,无\n`);
  const half = await shuibao(['patches', 'decide', '--file', table, '--workspace', workspace]);
  const kept = join(workspace, 'quarantine', 'decisions.csv');
  expect([half.code, half.stdout]).toEqual([2, '认定 1 个，未变 0，隔离 1\n']);
  expect(half.stderr).toMatch(/^1 行未录入；.*decisions\.csv/);
  expect(half.stderr.trim().split('\n')[1]).toMatch(/^ {2}#2 不存在：/);
  expect(readFileSync(kept, 'utf8')).toContain('不存在,合规,无');
  // What is kept can be mended where it lies; its reasons do not pile up.
  const again = await shuibao(['patches', 'decide', '--file', kept, '--workspace', workspace]);
  expect([again.code, again.stdout]).toEqual([2, '认定 0 个，未变 0，隔离 1\n']);
  expect(readFileSync(kept, 'utf8').split('\r\n')[0]).toBe('\uFEFF图斑编号,认定结论,理由,隔离原因');
  const history = (await lines('patches', 'show', number)).filter((line) => line.startsWith('认定'));
  expect(history).toHaveLength(2);
  expect(history[0]).toMatch(/#3（已被 #4 取代）.*李.*超出防治责任范围；现场属实；现场复核 2024-10-20/);

  const projects = (await lines('patches', 'list', '--projects')).filter((line) => line.includes('SWC2024'));
  // The unstarted road is named by the patch beside it.
  expect(projects.some((line) => line.startsWith('中风险') && line.includes('疑似建设地点变更'))).toBe(true);
  expect(projects.some((line) => line.startsWith('无风险'))).toBe(true);
  const order = projects.map((line) => ['高风险', '中风险', '低风险', '无风险'].indexOf(line.slice(0, 3)));
  expect(order).toEqual([...order].sort((a, b) => a - b));

  const trial = await lines('replay', '--threshold', 'noPlanHectares=0');
  expect(trial[0]).toMatch(/结论改变 3 个/);
  const contradiction = await shuibao(['replay', '--threshold', 'noPlanHectares=80', '--workspace', workspace]);
  expect(contradiction).toMatchObject({ code: 2 });
  expect(contradiction.stderr).toMatch(/--threshold：.*noPlanHectares（80）大于 fullReportHectares（5）/);
  const file = join(directory, 'RDTB.geojson');
  await lines('patches', 'export', file);
  const { features } = JSON.parse(readFileSync(file, 'utf8'));
  expect(features).toHaveLength(26);
  expect(features.every(({ properties }: { properties: { BYD: string } }) => properties.BYD !== '')).toBe(true);
}, 120_000);

test('boundaries of a file are taken in though some are not, and the command ends with code 2', async () => {
  const ring = [
    [110, 37],
    [110.01, 37],
    [110.01, 37.01],
    [110, 37],
  ];
  const feature = (number: string, geometry: unknown) => ({
    type: 'Feature',
    properties: { SWC_P_ID: number, RP_TIME: '2023-05-01' },
    geometry,
  });
  const file = join(directory, 'half.geojson');
  const features = [feature('甲', { type: 'Polygon', coordinates: [ring] }), feature('乙', null)];
  writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', features }));
  const work = ['--workspace', join(directory, 'half')];
  const { code, stdout, stderr } = await shuibao(['boundaries', 'import', file, '--kind', '防治责任范围', ...work]);
  expect([code, stdout]).toEqual([2, expect.stringContaining('隔离 1')]);
  expect(stderr).toMatch(/^1 行未录入；.*half\.geojson\.geojson/);
  expect((await shuibao(['boundaries', 'list', ...work])).stdout).toContain('甲@1');
}, 60_000);

test('a file geodatabase, which is a folder, is taken in as any other file', async () => {
  const path = join(directory, '范围.gdb');
  const source = gdal.open(inRegion('projects/project-boundaries.shp'));
  gdal.vectorTranslate(path, source, ['-f', 'OpenFileGDB']).close();
  source.close();
  const work = ['--workspace', join(directory, 'geodatabase')];
  const { code, stdout, stderr } = await shuibao(['boundaries', 'import', path, ...work]);
  expect([code, stdout, stderr]).toEqual([0, expect.stringMatching(/^导入 15 个范围：新项目 15，.*隔离 0$/m), '']);
}, 60_000);

test('a file, a field, a batch and a threshold that are none end with code 2 and one line', async () => {
  const boundaries = inRegion('projects/project-boundaries.shp');
  for (const [args, said] of [
    [['boundaries', 'import', join(directory, 'nothing.shp')], /文件不存在/],
    [['boundaries', 'import', boundaries, '--field', 'SWC_PID=PRO_NAME'], /应为其中之一：SWC_P_ID、/],
    [['boundaries', 'import', boundaries, '--field', 'SWC_P_ID=PRO_NAM'], /是否应为“PRO_NAME”？/],
    [['overlay', '--batch', '2031-01'], /没有这个批次/],
    [['replay', '--threshold', 'height=3'], /应为其中之一：overlapEpsilon、/],
    [['replay', '--threshold', 'toleranceMetres=-3'], /应为 0 到 1000/],
  ] as const) {
    const { code, stderr } = await shuibao([...args, '--workspace', join(directory, 'empty')]);
    expect(code).toBe(2);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(said);
    expect(stderr).not.toMatch(/ at .*\.js:\d/);
  }
}, 60_000);

test('layers around patches are looked at before the comparison begins, not after it', async () => {
  const years = [await sampleRun(directory, 2023, 512), await sampleRun(directory, 2024, 512)];
  const days = ['--image-dates', '2023-09-05,2024-09-12', '--batch', '2024-11', '--no-check'];
  const detect = (...more: string[]) => shuibao(['detect', ...years.map(({ path }) => path), ...days, ...more]);
  const areas = ['--key-areas', inRegion('projects/project-boundaries.shp'), '--key-area-field', 'PRO_NAM'];
  for (const [more, said] of [
    [['--water', inRegion('projects/rivers.shp')], /rivers\.shp：文件不存在/],
    [['--water', years[0]!.path], /不是矢量文件/],
    [areas, /没有字段“PRO_NAM”.*是否应为“PRO_NAME”？/],
  ] as const) {
    const { code, stdout, stderr } = await detect(...more);
    expect([code, stdout, stderr.trim().split('\n')]).toEqual([2, '', [expect.stringMatching(said)]]);
  }
}, 60_000);
