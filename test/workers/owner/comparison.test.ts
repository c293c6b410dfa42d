import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Engine } from '../../../workers/engine.ts';
import { DirectRuns } from '../../../workers/owner/direct-runs.ts';
import type { Owner } from '../../../workers/owner/owner.ts';
import { type RunEntry, runsCalled } from '../../../workers/owner/run-entry.ts';
import type { Years } from '../../../workers/owner/year-process.ts';
import { ensureBuilt, joinTask, planOf, source, type TestWorkspace, testWorkspace } from '../support/engine.ts';
import { ended, fakeYears, ledgerOf, startOwner, until, workspaceDirectory, writeRunFile } from './support/owner.ts';

beforeAll(ensureBuilt);

const areas = { spoilHectares: 0.1, otherHectares: 1 };

describe('an owner asked to compare two years', () => {
  let workspace: TestWorkspace;
  let engine: Engine;
  let owner: Owner;
  let heard: Parameters<Years['prepare']>[0][];
  beforeAll(async () => {
    workspace = testWorkspace();
    engine = await workspace.open();
  });
  beforeEach(() => start());
  afterEach(() => owner?.stop());
  afterAll(async () => {
    await engine?.close();
    workspace?.remove();
  });

  async function start(): Promise<void> {
    heard = [];
    const years = fakeYears((runFile) =>
      planOf(
        ...Array.from({ length: 20 }, (_, n) => joinTask(`${basename(runFile)}/${n}`, { in: source(`${n}`) }, 20)),
      ),
    );
    const listening: Years = {
      ...years,
      prepare(request, signal) {
        heard.push(request);
        return years.prepare(request, signal);
      },
    };
    owner = await startOwner(workspace, engine, listening);
  }

  const wish = (minimumAreas = areas, earlier = 'before') => ({
    runFile: writeRunFile(workspace, 'now'),
    comparison: { previousRunFile: writeRunFile(workspace, earlier), minimumAreas },
    user: 'u',
  });

  it('takes it for a run of its own, and lets another owner go on with it', async () => {
    const { id } = await owner.submit(wish());
    const alone = await owner.submit({ runFile: writeRunFile(workspace, 'now'), user: 'other' });
    const others = await owner.submit(wish(areas, 'long-before'));
    expect(new Set([id, alone.id, others.id]).size).toBe(3);
    await owner.cancel(alone.id);
    await owner.cancel(others.id);
    await until(owner, () => ((owner.status(id)?.live?.progress.counts.done ?? 0) >= 2 ? true : undefined));
    await owner.stop();
    const { comparison } = wish();
    expect(await ledgerOf(workspace).read(id)).toMatchObject({ state: 'queued', comparison });
    await start();
    expect(await ended(owner, id)).toMatchObject({ state: 'finished', name: 'before → now', comparison });
    expect(heard).toMatchObject([{ comparison }]);
  });

  it('joins who asks for the same, and refuses who asks for other patches of the same years meanwhile', async () => {
    const { id } = await owner.submit(wish());
    expect((await owner.submit(wish())).id).toBe(id);
    const smaller = { ...areas, spoilHectares: 0.05 };
    await expect(owner.submit(wish(smaller))).rejects.toThrow(/other minimum areas/);
    await owner.cancel(id);
    expect((await owner.submit(wish(smaller))).comparison?.minimumAreas).toEqual(smaller);
    await owner.cancel(id);
    await owner.stop();
    const direct = new DirectRuns(workspaceDirectory(workspace));
    expect((await direct.submit(wish())).comparison?.minimumAreas).toEqual(areas);
    await expect(direct.submit(wish(smaller))).rejects.toThrow(/other minimum areas/);
    await direct.cancel(id);
  });
});

it('means the run of a year when somebody gives its run file or a part of its name', () => {
  const common = { check: true, user: 'u', priority: 5, driver: 'queue', state: 'queued', submitted: '' } as const;
  const runFile = join('/p', '2024.yaml');
  const year: RunEntry = { ...common, id: '2024-aa', name: '甲县 2024', runFile };
  const comparison = { previousRunFile: '/p/2023.yaml', minimumAreas: areas };
  const compared: RunEntry = { ...common, id: 'detect-2024-bb', name: '甲县 2023 → 甲县 2024', runFile, comparison };
  for (const text of [runFile, '甲县 2024', '2024', '2024-', '甲'])
    expect(runsCalled(text, [compared, year])).toEqual([year]);
  for (const text of ['detect', compared.id, compared.name, '→'])
    expect(runsCalled(text, [compared, year])).toEqual([compared]);
  expect(runsCalled('2024', [compared])).toEqual([compared]);
});
