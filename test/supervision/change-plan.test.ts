import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { detectionRules2024 } from '../../models/disturbance/rules/detection-2024.ts';
import { type LoadedRun, loadRunFile } from '../../pipeline/inputs/run-file.ts';
import { planChangeRun } from '../../pipeline/plan/change-run.ts';
import { sampleRegion, sampleRun } from './sample-pair.ts';

let directory: string;
let before: LoadedRun;

beforeAll(async () => {
  directory = await sampleRegion(240);
  before = await sampleRun(directory, 2023, 128);
}, 60_000);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** The later year with other settings, `a.b` = value. */
async function laterYear(settings: Readonly<Record<string, unknown>>): Promise<LoadedRun> {
  const { path } = await sampleRun(directory, 2024, 128);
  const document = parseDocument(readFileSync(path, 'utf8'));
  for (const [name, value] of Object.entries(settings)) document.setIn(name.split('.'), value);
  const changed = join(directory, 'changed.yaml');
  writeFileSync(changed, String(document));
  return loadRunFile(changed);
}

const planWith = async (settings: Readonly<Record<string, unknown>>) =>
  planChangeRun([before, await laterYear(settings)], detectionRules2024, join(directory, 'digests'));

test('the same settings are comparable; others are named', async () => {
  expect((await planWith({})).incomparable).toEqual([]);
  const reasons = async (settings: Readonly<Record<string, unknown>>) =>
    (await planWith(settings)).incomparable.map(({ fact }) => fact);
  expect(await reasons({ 'classes.tolerance': 500 })).toEqual(['parameters']);
  expect(await reasons({ 'methods.soilErodibility': 'epic-williams1990' })).toEqual(['parameters']);
  expect(await reasons({ 'inputs.elevation.unit': 'decimetre' })).toEqual(['elevation']);
});

test('factors are decomposed only where both years have all of them', async () => {
  expect((await planWith({})).factors).toEqual(['R', 'K', 'L', 'S', 'B', 'E', 'T']);
  const { factors, plan } = await planWith({ 'outputs.factors': ['R', 'K'] });
  expect(factors).toEqual([]);
  const tile = plan.tasks.find(({ kind }) => kind === 'change-tile')!;
  expect(Object.keys(tile.inputs).filter((name) => name.includes('factor'))).toEqual([
    'previous-factor-R',
    'current-factor-R',
  ]);
});

test('every task comes after those it needs, and none is there that is not needed', async () => {
  const { plan } = await planWith({});
  const seen = new Set<string>();
  const used = new Set<string>();
  for (const { id, inputs } of plan.tasks) {
    for (const input of Object.values(inputs))
      if ('task' in input) {
        expect(seen).toContain(input.task);
        used.add(input.task);
      }
    expect(seen).not.toContain(id);
    seen.add(id);
  }
  expect([...seen].filter((id) => !used.has(id)).sort()).toEqual(['changes', 'patches']);
});

test('years in the wrong order or on other tiles are refused by name', async () => {
  const refused = (settings: Readonly<Record<string, unknown>>, code: string) =>
    expect(planWith(settings)).rejects.toMatchObject({ finding: { code } });
  const turned = planChangeRun([await laterYear({}), before], detectionRules2024, join(directory, 'digests'));
  await expect(turned).rejects.toMatchObject({ finding: { code: 'years-out-of-order' } });
  await refused({ 'grid.tileSize': 256 }, 'grids-differ');
});
