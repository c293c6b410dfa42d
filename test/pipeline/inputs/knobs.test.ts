import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { resultsOf, workspaceOf } from '../../../cli/workspace.ts';
import { type LoadedRun, loadRunFile } from '../../../pipeline/inputs/run-file.ts';
import { settingNames } from '../../../pipeline/inputs/run-file-shape.ts';
import { UserError } from '../../../pipeline/messages/user-error.ts';
import { planAnnualRun } from '../../../pipeline/plan/annual-run.ts';
import { commonRun, knobs, nested, type Settings } from './knobs.ts';
import { writeTinyRegion } from './tiny-region.ts';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shuibao-knobs-'));
  await writeTinyRegion(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function load(...layers: readonly Settings[]): Promise<LoadedRun> {
  const path = join(folder, 'run.yaml');
  writeFileSync(path, stringify(nested(...layers)));
  return loadRunFile(path);
}

/** The planned work: what the tasks are, on what content; not where that content lies. */
async function workOf(loaded: LoadedRun): Promise<string> {
  const { plan, grid } = await planAnnualRun(loaded, join(folder, 'cache'));
  return JSON.stringify([grid, plan.tasks], (name, value) => (name === 'source' ? undefined : value));
}

const known = new Map<string, Promise<string>>();

/** The work before a turn; many knobs start from the same run file. */
function workBefore(on: Settings): Promise<string> {
  const key = JSON.stringify(on);
  const work = known.get(key) ?? planOf(commonRun, on);
  known.set(key, work);
  return work;
}

const planOf = async (...layers: readonly Settings[]): Promise<string> => workOf(await load(...layers));

test('every setting of the run file has a knob, and every knob a setting', () => {
  const turned = [...new Set(knobs.map(({ at }) => at))];
  expect(turned.sort()).toEqual(settingNames().sort());
});

test('the same run file plans the same work', async () => {
  expect(await planOf(commonRun)).toBe(await planOf(commonRun));
});

describe('turning a knob', () => {
  test.each(
    knobs.map((knob) => ({ ...knob, gives: knob.gives ?? 'plan', turn: JSON.stringify(knob.to).slice(0, 90) })),
  )('$at $turn → $gives', async ({ on = {}, to, gives }) => {
    const planned = await workBefore(on);
    const before = await load(commonRun, on);
    const turned = load(commonRun, on, to);
    if (gives === 'plan') expect(await workOf(await turned)).not.toBe(planned);
    else if (gives === 'place') {
      const places = (run: LoadedRun): string[] => [workspaceOf(run), resultsOf(run)];
      expect(await workOf(await turned)).toBe(planned);
      expect(places(await turned)).not.toEqual(places(before));
    } else {
      const error = await turned.then(workOf).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(UserError);
      expect((error as UserError).finding.code).toBe(gives);
    }
  });
});
