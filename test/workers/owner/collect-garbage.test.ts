import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DirectoryStore } from '../../../pipeline/store/directory-store.ts';
import { reachableContents } from '../../../pipeline/store/reachable.ts';
import { surveyPlan } from '../../../pipeline/tasks/survey-plan.ts';
import type { JsonValue, Plan } from '../../../pipeline/tasks/task.ts';
import { canonicalJson } from '../../../pipeline/tasks/task-key.ts';
import { openJournal } from '../../../workers/open-journal.ts';
import { collectGarbage } from '../../../workers/owner/collect-garbage.ts';
import type { RunEntry } from '../../../workers/owner/run-entry.ts';
import { RunLedger } from '../../../workers/owner/run-ledger.ts';
import { PlanWalk } from '../../../workers/plan-walk.ts';
import { lockWorkspace } from '../../../workers/workspace-lock.ts';
import { wovenPlan } from '../../support/woven-plan.ts';
import { diamond, joinTask, planOf, source } from '../support/engine.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

describe('garbage collection', () => {
  let workspace: string;
  let store: DirectoryStore;
  let ledger: RunLedger;
  beforeEach(() => {
    workspace = mkdtempSync(join(tmpdir(), 'shuibao-gc-'));
    store = new DirectoryStore(join(workspace, 'store'), { durable: false });
    ledger = new RunLedger(workspace);
  });
  afterEach(() => rmSync(workspace, { recursive: true, force: true }));

  /** Does the first `limit` tasks of a plan, each giving its own id and key as content. */
  async function carryOut(plan: Plan, limit = Number.POSITIVE_INFINITY): Promise<string> {
    const walk = new PlanWalk(plan);
    for (let done = 0; done < limit && walk.readyCount > 0; done++) {
      const [task] = walk.take(1);
      await store.writeTask(task!);
      const stored = await store.putBytes(bytesOf(`${task!.id} ${task!.key}`));
      const record = { ...task!, inputs: {}, outputs: { text: { ...stored, mediaType: 'text/plain' } }, facts: null };
      await store.writeRecord(record);
      walk.finish(task!.id, record);
    }
    return (await store.putBytes(bytesOf(canonicalJson(plan as unknown as JsonValue)))).digest;
  }

  async function enter(id: string, state: RunEntry['state'], planDigest?: string): Promise<void> {
    const common = { name: id, runFile: `/${id}.yaml`, check: false, user: 'u', priority: 5, driver: 'queue' } as const;
    const submitted = '2026-01-01T00:00:00.000Z';
    await ledger.write({ ...common, id, state, submitted, ...(planDigest === undefined ? {} : { planDigest }) });
  }

  /** Makes everything in the store two days old. */
  function age(): void {
    const then = new Date(Date.now() - 2 * 86_400_000);
    const walk = (directory: string) => {
      for (const entry of readdirSync(directory, { withFileTypes: true })) {
        const path = join(directory, entry.name);
        if (entry.isDirectory()) walk(path);
        utimesSync(path, then, then);
      }
    };
    walk(store.location);
  }

  const doneOf = async (plan: Plan) => (await surveyPlan(plan, store)).counts.done;

  it('removes what an edited run left behind and nothing that a run needs', async () => {
    const before = wovenPlan(20);
    const after = planOf(...before.tasks.slice(0, 10), joinTask('new', { in: source('new') }));
    await carryOut(before);
    await enter('edited', 'finished', await carryOut(after));
    age();
    const plannedFirst = await collectGarbage(workspace, { dryRun: true });
    expect(await doneOf(before)).toBe(20);
    const report = await collectGarbage(workspace, { dryRun: false });
    expect(report).toEqual(plannedFirst);
    expect(report.records).toMatchObject({ kept: 11, removed: 10 });
    expect(await doneOf(after)).toBe(11);
    expect(await doneOf(before)).toBe(10);
    // Ten results and the plan that nobody has any more.
    expect(report.objects.removed).toBe(11);
    expect((await collectGarbage(workspace, { dryRun: false })).objects.removed).toBe(0);
  });

  it.each(['queued', 'running', 'cancelled', 'failed', 'interrupted'] as const)(
    'keeps what a %s run can use',
    async (state) => {
      const plan = wovenPlan(20);
      await enter(state, state, await carryOut(plan, 12));
      age();
      await collectGarbage(workspace, { dryRun: false, planOf: async () => plan });
      expect(await doneOf(plan)).toBe(12);
    },
  );

  it('keeps what a queued run will find, though it was made by others and it is not planned yet', async () => {
    const wanted = diamond('wanted');
    await carryOut(wanted);
    await enter('done', 'finished', await carryOut(diamond('other')));
    await enter('waiting', 'queued');
    age();
    await collectGarbage(workspace, { dryRun: false, planOf: async () => wanted });
    expect(await doneOf(wanted)).toBe(4);
  });

  it('touches nothing young: work in progress has outputs without a record', async () => {
    await enter('done', 'finished', await carryOut(diamond()));
    const temporary = await store.createTemporaryDirectory();
    age();
    const fresh = await store.putBytes(bytesOf('not recorded yet'));
    const report = await collectGarbage(workspace, { dryRun: false });
    expect(report.objects.removed).toBe(0);
    expect(await store.contentBytes(fresh.digest)).toBe(16);
    expect(report.temporary.removed).toBe(1);
    expect(
      readdirSync(join(store.location, 'temporary')).map((name) => join(store.location, 'temporary', name)),
    ).not.toContain(temporary);
  });

  it('removes what only a forgotten run needed, the last run of all too', async () => {
    const [kept, dropped] = [diamond('kept'), diamond('dropped')];
    await enter('kept', 'finished', await carryOut(kept));
    await enter('dropped', 'failed', await carryOut(dropped));
    await ledger.forget('dropped');
    age();
    await collectGarbage(workspace, { dryRun: false });
    expect([await doneOf(kept), await doneOf(dropped)]).toEqual([4, 0]);
    await ledger.forget('kept');
    await collectGarbage(workspace, { dryRun: false });
    expect(await doneOf(kept)).toBe(0);
  });

  it('removes nothing when it cannot tell what is needed', async () => {
    const plan = diamond();
    const digest = await carryOut(plan);
    age();
    await expect(collectGarbage(workspace, { dryRun: false })).rejects.toThrow(/no runs/);
    await enter('planless', 'finished', 'f'.repeat(64));
    await expect(collectGarbage(workspace, { dryRun: false })).rejects.toThrow(/lacks the plan/);
    await enter('planless', 'queued', digest);
    await expect(collectGarbage(workspace, { dryRun: false })).rejects.toThrow();
    expect(await doneOf(plan)).toBe(4);
  });

  it('keeps what entries of the journal name, however old, and removes nothing when the journal is broken', async () => {
    await enter('done', 'finished', await carryOut(diamond()));
    const boundaries = await store.putBytes(bytesOf('boundaries'));
    const batch = await store.putBytes(bytesOf('batch'));
    const journal = openJournal(workspace);
    const by = { at: '2026-01-01T00:00:00Z', by: '张' };
    await journal.append([
      { ...by, kind: 'boundaries.import', body: { content: boundaries.digest } },
      { ...by, kind: 'patches.batch', body: { batches: [{ content: batch.digest }] } },
    ]);
    const { digest } = await store.putBytes(bytesOf('nobody needs this'));
    age();
    appendFileSync(journal.place, '{}\n');
    await expect(collectGarbage(workspace, { dryRun: false })).rejects.toThrow(/entry 3/);
    expect(await store.contentBytes(digest)).toBe(17);
    truncateSync(journal.place, statSync(journal.place).size - 3);
    await collectGarbage(workspace, { dryRun: false });
    expect(await store.contentBytes(digest)).toBeUndefined();
    for (const kept of [boundaries, batch]) expect(await store.contentBytes(kept.digest)).toBe(kept.bytes);
  });

  it('starts over when a run begins while it finds out what is needed', async () => {
    const [first, begun] = [diamond('first'), diamond('begun')];
    await carryOut(begun);
    await enter('first', 'queued', await carryOut(first));
    const digest = await carryOut(begun);
    age();
    const planOf = async ({ id }: RunEntry) => {
      if (id === 'first') await enter('begun', 'queued', digest);
      return id === 'first' ? first : begun;
    };
    const report = await collectGarbage(workspace, { dryRun: false, planOf });
    expect(await doneOf(begun)).toBe(4);
    expect(report.records).toMatchObject({ kept: 8, removed: 0 });
  });

  it('waits its turn when a command is at work in the workspace', async () => {
    await enter('done', 'finished', await carryOut(diamond()));
    const lock = await lockWorkspace(workspace);
    await expect(collectGarbage(workspace, { dryRun: false })).rejects.toThrow(/in use/);
    expect((await collectGarbage(workspace, { dryRun: true })).records.kept).toBe(4);
    await lock.release();
    await collectGarbage(workspace, { dryRun: false });
  });

  it('follows records into their contents', async () => {
    const plan = diamond();
    const digest = await carryOut(plan);
    const { keys, objects } = await reachableContents(store, [{ plan, digest }]);
    expect(keys.size).toBe(4);
    expect(objects.size).toBe(5);
  });
});
