import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openJournal } from '../../../workers/open-journal.ts';
import { serveApi } from '../../../workers/owner/api/server.ts';
import { rebuildCatalog, withCatalog } from '../../../workers/owner/catalog-access.ts';
import { DirectRuns } from '../../../workers/owner/direct-runs.ts';
import { followJournal } from '../../../workers/owner/follow-journal.ts';
import type { Owner } from '../../../workers/owner/owner.ts';
import { reconcileRuns } from '../../../workers/owner/reconcile-catalog.ts';
import { RegisterFollower } from '../../../workers/owner/register-follower.ts';
import { openServerPool } from '../../../workers/queue-backend.ts';
import { openWorkspaceStore } from '../../../workers/store-location.ts';
import { hasPostgres, startPostgres, type TestServer } from '../../support/servers.ts';
import { madeUpHistory } from '../../support/supervision-records.ts';
import { wovenPlan } from '../../support/woven-plan.ts';
import { ensureBuilt, type TestWorkspace, testWorkspace } from '../support/engine.ts';
import { ended, fakeYears, ledgerOf, startOwner, until, workspaceDirectory, writeRunFile } from './support/owner.ts';

beforeAll(ensureBuilt);

type Environment = Readonly<Record<string, string>>;

/** A workspace in which one run has finished and another was broken off, with supervision in its journal. */
async function usedWorkspace(workspace: TestWorkspace, environment: Environment) {
  const years = fakeYears((file) => wovenPlan(file.includes('first') ? 10 : 40, file.includes('first') ? 0 : 20));
  const engine = await workspace.open({ environment });
  const owner = await startOwner(workspace, engine, years);
  const first = await owner.submit({ runFile: writeRunFile(workspace, 'first'), user: 'u', check: false });
  await ended(owner, first.id);
  await ledgerOf(workspace).writeFigures(first.id, [{ zoneSet: 'z', zoneCode: '1', measure: 'm', value: 0.3 }]);
  const second = await owner.submit({ runFile: writeRunFile(workspace, 'second'), user: 'u', check: false });
  await until(owner, () => ((owner.status(second.id)?.live?.progress.counts.done ?? 0) > 5 ? true : undefined));
  await owner.stop();
  await engine.close();
  const directory = workspaceDirectory(workspace);
  await madeUpHistory(openJournal(directory, environment), openWorkspaceStore(directory, environment), 20);
  return { years, first: first.id, second: second.id };
}

/** The run that was broken off goes on where it was; nothing done before is done again. */
async function goesOn(workspace: TestWorkspace, owner: Owner, id: string): Promise<void> {
  expect(await ended(owner, id)).toMatchObject({ state: 'finished', counts: { total: 40, failed: 0 } });
  // Ten of the first run and forty of this one.
  expect(workspace.executions()).toHaveLength(50);
}

const found = (workspace: TestWorkspace, environment: Environment, run: string) =>
  withCatalog(workspaceDirectory(workspace), environment, async (catalog) => ({
    state: (await catalog.findRun(run))?.state,
    figures: await catalog.readStatistics(run),
    patches: (await catalog.supervision.listPatches({ batch: '2024-09' })).rows.length,
    boundaries: (await catalog.supervision.listBoundaries()).rows.length,
  }));

const whole = {
  state: 'finished',
  figures: [{ zoneSet: 'z', zoneCode: '1', measure: 'm', value: 0.3 }],
  patches: 20,
  boundaries: 4,
};

describe('what was lost is made anew from store, ledger and journal', () => {
  it('when the directory of the embedded database is deleted', async () => {
    const workspace = testWorkspace();
    try {
      const { years, first, second } = await usedWorkspace(workspace, {});
      const database = join(workspaceDirectory(workspace), 'database');
      expect(existsSync(database)).toBe(true);
      rmSync(database, { recursive: true });
      expect(await rebuildCatalog(workspaceDirectory(workspace), {})).toMatchObject({ entries: 10, isAnew: true });
      expect(await found(workspace, {}, first)).toEqual(whole);
      const direct = new DirectRuns(workspaceDirectory(workspace));
      const third = await direct.submit({ runFile: writeRunFile(workspace, 'third'), user: 'u' });
      await expect(direct.forget(third.id)).rejects.toThrow(/has not ended/);
      await direct.forget(first);
      await expect(direct.status(first)).rejects.toThrow(/no such run/);
      await direct.cancel(third.id);
      await direct.forget(third.id);
      expect(await ledgerOf(workspace).forgotten()).toEqual(expect.arrayContaining([first, third.id]));
      const again = await direct.submit({ runFile: writeRunFile(workspace, 'third'), user: 'u' });
      expect(again.id).toBe(third.id);
      expect(readdirSync(ledgerOf(workspace).directoryOf(third.id))).toEqual(['entry.json']);
      expect(await ledgerOf(workspace).forgotten()).toEqual([first]);
      await direct.cancel(again.id);
      await rebuildCatalog(workspaceDirectory(workspace), {});
      expect(await found(workspace, {}, first)).toMatchObject({ state: undefined, figures: [] });
      expect(await ledgerOf(workspace).forgotten()).toEqual([]);
      rmSync(database, { recursive: true });
      const engine = await workspace.open();
      // The one that was broken off enters the catalog when it goes on; the finished one was forgotten.
      expect(await reconcileRuns(engine.catalog, ledgerOf(workspace))).toBe(0);
      const owner = await startOwner(workspace, engine, years);
      await goesOn(workspace, owner, second);
      await owner.stop();
      await engine.close();
    } finally {
      workspace.remove();
    }
  }, 120_000);

  it('by the owner that serves it, when a command has written to the journal', async () => {
    const workspace = testWorkspace();
    const directory = workspaceDirectory(workspace);
    const engine = await workspace.open();
    try {
      const owner = await startOwner(
        workspace,
        engine,
        fakeYears(() => wovenPlan(1)),
      );
      const journal = openJournal(directory, {});
      const register = new RegisterFollower({ journal, store: engine.store, catalog: engine.catalog });
      const ledger = ledgerOf(workspace);
      const api = await serveApi({
        workspace: directory,
        owner,
        ledger,
        register,
        queues: engine.queues,
        health: engine,
      });
      await madeUpHistory(journal, engine.store, 20);
      await followJournal(directory, {});
      expect(await engine.catalog.supervision.position()).toMatchObject({ sequence: 10 });
      expect(await rebuildCatalog(directory, {})).toEqual({ entries: 10, isAnew: true });
      expect((await engine.catalog.supervision.listPatches({ batch: '2024-09' })).rows).toHaveLength(20);
      await api.close();
      await owner.stop();
    } finally {
      await engine.close();
      workspace.remove();
    }
  }, 60_000);

  describe.skipIf(!hasPostgres)('on a PostgreSQL server', () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startPostgres();
    });
    afterAll(() => server?.stop());

    it('when the catalog is dropped and the queue with it', async () => {
      const workspace = testWorkspace();
      const environment = { DATABASE_URL: server.url, QUEUE_URL: server.url };
      const pool = await openServerPool(server.url);
      try {
        const { years, first, second } = await usedWorkspace(workspace, environment);
        await pool.query('drop schema app cascade; drop schema bullmq cascade');
        expect(await rebuildCatalog(workspaceDirectory(workspace), environment)).toMatchObject({ isAnew: true });
        expect(await found(workspace, environment, first)).toEqual(whole);
        await openJournal(workspaceDirectory(workspace), environment).append([
          { at: 'x', by: 'x', kind: 'note', body: {} },
        ]);
        await followJournal(workspaceDirectory(workspace), environment);
        const { rows } = await pool.query('select sequence from app.journal_position');
        expect(rows).toEqual([{ sequence: '11' }]);
        const engine = await workspace.open({ environment });
        const owner = await startOwner(workspace, engine, years);
        await goesOn(workspace, owner, second);
        await owner.stop();
        await engine.close();
      } finally {
        await pool.end();
        workspace.remove();
      }
    }, 120_000);
  });
});
