import { rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UserError, userError } from '../../../pipeline/messages/user-error.ts';
import type { Plan } from '../../../pipeline/tasks/task.ts';
import type { Engine } from '../../../workers/engine.ts';
import { DirectRuns } from '../../../workers/owner/direct-runs.ts';
import type { Owner } from '../../../workers/owner/owner.ts';
import { readRunLog } from '../../../workers/owner/run-log.ts';
import { YearProblems } from '../../../workers/owner/year-process.ts';
import { ensureBuilt, from, joinTask, planOf, source, type TestWorkspace, testWorkspace } from '../support/engine.ts';
import { ended, fakeYears, ledgerOf, startOwner, until, workspaceDirectory, writeRunFile } from './support/owner.ts';

beforeAll(ensureBuilt);

const tasks = (name: string, count: number, milliseconds: number): Plan =>
  planOf(
    ...Array.from({ length: count }, (_, n) => joinTask(`${name}/${n}`, { in: source(`${name}${n}`) }, milliseconds)),
  );

/** Run files called `quick…` have two tasks, all others thirty that take a while. */
const planByName = (runFile: string): Plan => {
  const name = basename(runFile, '.yaml');
  return name.startsWith('quick') ? tasks(name, 2, 0) : tasks(name, 30, 25);
};

describe('an owner', () => {
  let workspace: TestWorkspace;
  let engine: Engine;
  let owner: Owner;
  const years = fakeYears(planByName);
  beforeAll(async () => {
    workspace = testWorkspace();
    engine = await workspace.open();
  });
  beforeEach(async () => {
    owner = await startOwner(workspace, engine, years);
  });
  afterEach(() => owner?.stop());
  afterAll(async () => {
    await engine?.close();
    workspace?.remove();
  });
  const executionsOf = (name: string) => workspace.executions().filter((line) => line.startsWith(`${name}/`));
  const wish = (name: string, user = 'u') => ({ runFile: writeRunFile(workspace, name), user });

  it('runs what is asked for, hands it over and keeps a log that outlives it', async () => {
    const { id } = await owner.submit(wish('quick'));
    const run = await ended(owner, id);
    expect(run).toMatchObject({ state: 'finished', name: 'quick', counts: { total: 2, done: 2 } });
    expect(run.results).toBe(`${run.runFile}-results`);
    expect(await ledgerOf(workspace).read(id)).toMatchObject({ state: 'finished', counts: { done: 2 } });
    const log = await readRunLog(ledgerOf(workspace).logFile(id));
    expect(log.map(({ text }) => text.en)).toEqual(
      expect.arrayContaining(['queued', 'running', 'finished, 2 tasks in all']),
    );
  });

  it('cancels a going run, says what is kept, and continues from there', async () => {
    const { id } = await owner.submit(wish('long-a'));
    await until(owner, () => ((owner.status(id)?.live?.progress.counts.done ?? 0) >= 5 ? true : undefined));
    const cancelled = await owner.cancel(id);
    expect(cancelled.state).toBe('cancelled');
    expect(cancelled.counts!.done).toBeGreaterThanOrEqual(5);
    expect(cancelled.counts!.done).toBeLessThan(30);
    await owner.resume(id);
    const resumed = await ended(owner, id);
    expect(resumed.state).toBe('finished');
    expect(resumed.counts!.skipped).toBe(cancelled.counts!.done);
    expect(executionsOf('long-a')).toHaveLength(30);
  });

  it('cancels a waiting run without starting it', async () => {
    const going = await owner.submit(wish('long-b'));
    const waiting = await owner.submit(wish('quick-later'));
    expect(waiting.state).toBe('queued');
    expect((await owner.cancel(waiting.id)).state).toBe('cancelled');
    await owner.cancel(going.id);
    expect(executionsOf('quick-later')).toEqual([]);
  });

  it('gives the urgent county of the same user precedence over the one that is going', async () => {
    const going = await owner.submit(wish('long-c'));
    const urgent = await owner.submit(wish('quick-urgent'));
    await until(owner, () => ((owner.status(going.id)?.live?.progress.counts.done ?? 0) >= 2 ? true : undefined));
    expect(owner.status(urgent.id)?.state).toBe('queued');
    await owner.setPriority(urgent.id, 1);
    expect((await ended(owner, urgent.id)).state).toBe('finished');
    expect(owner.status(going.id)?.state).toBe('running');
    await owner.cancel(going.id);
  });

  it('goes on with what was queued and going after it was stopped, though the queue’s database is lost', async () => {
    const [first, second] = [await owner.submit(wish('long-d')), await owner.submit(wish('quick-next'))];
    await until(owner, () => ((owner.status(first.id)?.live?.progress.counts.done ?? 0) >= 3 ? true : undefined));
    await owner.stop();
    await engine.close();
    const before = executionsOf('long-d').length;
    for (const { id } of [first, second]) expect((await ledgerOf(workspace).read(id))?.state).toBe('queued');
    rmSync(join(workspaceDirectory(workspace), 'database'), { recursive: true });
    engine = await workspace.open();
    owner = await startOwner(workspace, engine, years);
    expect(await ended(owner, first.id)).toMatchObject({ state: 'finished', counts: { total: 30, skipped: before } });
    expect(await ended(owner, second.id)).toMatchObject({ state: 'finished' });
  });

  it('loses neither of two changes at once', async () => {
    const wanted = wish('quick-both');
    const raising = {
      ...fakeYears(planByName),
      async prepare(...request: Parameters<typeof years.prepare>) {
        const prepared = await years.prepare(...request);
        // On its way while the plan of the run is noted.
        void owner.setPriority(owner.list().find(({ name }) => name === 'quick-both')!.id, 2);
        return prepared;
      },
    };
    await owner.stop();
    owner = await startOwner(workspace, engine, raising);
    const { id } = await owner.submit(wanted);
    const run = await ended(owner, id);
    expect(run).toMatchObject({ state: 'finished', priority: 2 });
    expect(run.planDigest).toBeDefined();
  });

  it('notes how far a run has come, for whoever asks after a power cut', async () => {
    const { id } = await owner.submit(wish('long-e'));
    await until(owner, () => ((owner.status(id)?.live?.progress.counts.done ?? 0) >= 2 ? true : undefined));
    await expect.poll(async () => (await ledgerOf(workspace).read(id))?.counts).toMatchObject({ total: 30 });
    await owner.stop();
    const left = await ledgerOf(workspace).read(id);
    expect(left).toMatchObject({ state: 'queued', counts: { total: 30 } });
    owner = await startOwner(workspace, engine, years);
    await owner.cancel(id);
  });

  it('takes up what was queued while nobody served', async () => {
    await owner.stop();
    const { id } = await new DirectRuns(workspaceDirectory(workspace)).submit(wish('quick-night'));
    owner = await startOwner(workspace, engine, years);
    expect((await ended(owner, id)).state).toBe('finished');
  });

  it('names tile and layer, and a retry redoes only that and what needs it', async () => {
    const sheet = join(workspace.directory, 'sheet');
    const brittle = {
      id: 'elevation/x001_y002',
      kind: 'test-needs-file',
      parameters: { path: sheet },
      inputs: { in: source('e') },
    };
    const good = tasks('other', 5, 0).tasks;
    const plan = planOf(brittle, joinTask('needs-it', { in: from(brittle.id) }), ...good);
    const owner = await startOwner(
      workspace,
      engine,
      fakeYears(() => plan),
    );
    const { id } = await owner.submit({ runFile: writeRunFile(workspace, 'brittle'), user: 'u' });
    const failed = await ended(owner, id);
    expect(failed).toMatchObject({ state: 'failed', counts: { total: 7, done: 5, failed: 1 } });
    expect(failed.failures).toMatchObject([{ task: 'elevation/x001_y002', finding: { code: 'test-missing' } }]);
    writeFileSync(sheet, '');
    await owner.resume(id);
    expect(await ended(owner, id)).toMatchObject({ state: 'finished', counts: { total: 7, done: 2, skipped: 5 } });
    expect(workspace.executions().filter((line) => line.startsWith('other'))).toHaveLength(5);
  });

  it('tells what is wrong with the files when the check refuses them, and of a fault otherwise', async () => {
    const findings = ['a.tif', 'b.tif'].map((file) => userError('bad', file, { zh: '坏', en: 'bad' }).finding);
    const refusing = { ...fakeYears(planByName), prepare: () => Promise.reject(new YearProblems(findings)) };
    await owner.stop();
    owner = await startOwner(workspace, engine, refusing);
    const wish = { runFile: writeRunFile(workspace, 'refused'), user: 'u' };
    const { id } = await owner.submit(wish);
    expect(await ended(owner, id)).toMatchObject({ state: 'failed', problems: findings });
    await owner.stop();
    const dying = { ...fakeYears(planByName), prepare: () => Promise.reject(new Error('it died')) };
    owner = await startOwner(workspace, engine, dying);
    await owner.resume(id);
    const fault = await ended(owner, id);
    expect(fault).toMatchObject({ state: 'failed', fault: 'it died' });
    expect(fault.problems).toBeUndefined();
    await expect(owner.cancel('2024-nothing')).rejects.toBeInstanceOf(UserError);
  });
});
