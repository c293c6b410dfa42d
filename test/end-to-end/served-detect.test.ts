import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { openJournal } from '../../workers/open-journal.ts';
import { OwnerClient } from '../../workers/owner/api/client.ts';
import { RunLedger } from '../../workers/owner/run-ledger.ts';
import { ensureBuilt, root } from '../workers/support/engine.ts';
import {
  type RunningCommand,
  type SampleYear,
  sampleYear,
  says,
  shuibao,
  startShuibao,
} from './support/sample-year.ts';

// Two years compared while a workspace is served: the owner does the work, the command keeps the batch.

let year: SampleYear;
let workspace: string;
let serving: RunningCommand;
const years: string[] = [];

const serve = async () => {
  serving = startShuibao(['serve', '--workspace', workspace, '--workers', '2']);
  await says(serving, '就绪');
};

beforeAll(async () => {
  ensureBuilt();
  year = await sampleYear({ size: 240, tileSize: 128, plain: true });
  workspace = join(year.directory, 'work');
  for (const each of [2023, 2024]) {
    const document = parseDocument(readFileSync(join(root, 'data-samples', `${each}.yaml`), 'utf8'));
    document.set('workspace', 'work');
    document.set('results', `results-${each}`);
    document.setIn(['grid', 'tileSize'], 128);
    document.set('outputs', { map: false, chart: false });
    const path = join(year.directory, `${each}.yaml`);
    writeFileSync(path, String(document));
    years.push(path);
  }
  await serve();
}, 120_000);
afterAll(async () => {
  serving?.process.kill('SIGKILL');
  await serving?.finished;
  year?.remove();
});

const detecting = (...more: string[]): readonly string[] => [
  'detect',
  ...years,
  '--image-dates',
  '2023-09-05,2024-09-12',
  '--known-on',
  '2024-12-01',
  ...more,
];
const comparison = async () => (await new RunLedger(workspace).list()).find((entry) => entry.comparison);
const batches = async () =>
  (await openJournal(workspace).read()).map(({ body }) => (body as { batch?: string }).batch).filter(Boolean);

/** A rule file under which the smallest patches differ: another comparison of the same years. */
function rules(hectares: number): string {
  const path = join(year.directory, `rules-${hectares}.yaml`);
  const edition = `{ version: 1, validFrom: 2024-01-01, source: t, thresholds: { minimumSpoilHectares: ${hectares} } }`;
  writeFileSync(path, `shuibaoRules: 1\nid: t\neditions:\n  - ${edition}\n`);
  return path;
}

test('both years are looked at before anything is computed, by the command and by the owner', async () => {
  const [before, now] = years as [string, string];
  const landUse = join(year.directory, 'region', 'land-use-2023.tif');
  const whole = readFileSync(landUse);
  writeFileSync(landUse, whole.subarray(0, whole.length >> 1));
  try {
    const { code, stdout, stderr } = await shuibao(detecting('--batch', '2024-09'));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('land-use-2023.tif');
    expect(await comparison()).toBeUndefined();
    const owner = (await OwnerClient.find(workspace))!;
    const minimumAreas = { spoilHectares: 0.1, otherHectares: 1 };
    const { id } = await owner.submit({
      runFile: now,
      comparison: { previousRunFile: before, minimumAreas },
      user: 'u',
    });
    await expect.poll(async () => (await owner.status(id)).state, { timeout: 60_000 }).toBe('failed');
    const { problems = [], counts } = await owner.status(id);
    expect(counts).toBeUndefined();
    expect(problems.map(({ file }) => file)).toContainEqual(expect.stringContaining('land-use-2023.tif'));
  } finally {
    writeFileSync(landUse, whole);
  }
}, 120_000);

test('a command that is killed leaves the work to the owner; the next one finds it done and keeps the batch', async () => {
  const killed = startShuibao(detecting('--batch', '2024-09'));
  await says(killed, '交由进程', 'stderr');
  killed.process.kill('SIGKILL');
  await killed.finished;
  await expect.poll(async () => (await comparison())?.state, { timeout: 120_000 }).toBe('finished');
  expect(await batches()).toEqual([]);
  const { code, stdout, stderr } = await shuibao(detecting('--batch', '2024-09'));
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain(`成果目录：${join(year.directory, 'results-2024', 'change')}`);
  expect(stdout).toContain('批次 2024-09');
  expect(await batches()).toEqual(['2024-09']);
  // A run file means the run of its year; the comparison has a name and a number of its own.
  const shown = await shuibao(['status', years[1]!, '--workspace', workspace]);
  expect([shown.code, shown.stderr.trim().split('\n')]).toEqual([2, [expect.stringContaining('没有这个运行')]]);
}, 240_000);

test('gc leaves alone what a comparison has found, and an owner that is killed costs one line and no work', async () => {
  const swept = await shuibao(['gc', '--older-than', '0', '--workspace', workspace]);
  expect(swept.code).toBe(0);
  const client = startShuibao(detecting('--batch', '2024-10', '--rules', rules(0.3)));
  await says(client, '交由进程', 'stderr');
  serving.process.kill('SIGKILL');
  await serving.finished;
  const left = await client.finished;
  expect(left.code).toBe(1);
  expect(left.stderr.trim().split('\n').at(-1)).toMatch(/^服务进程已停止/);
  expect(left.stderr).not.toMatch(/程序出错| at /);
  // Nobody serves now: the command drives what is left itself.
  const again = await shuibao(detecting('--batch', '2024-10', '--rules', rules(0.3)));
  expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('批次 2024-10')]);
  expect(await batches()).toEqual(['2024-09', '2024-10']);
  expect(await comparison()).toMatchObject({ driver: 'command', state: 'finished' });
}, 240_000);
