import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentsOf } from '../../../pipeline/catalog/journal.ts';
import { projectJournal } from '../../../pipeline/catalog/project-journal.ts';
import { DirectoryStore } from '../../../pipeline/store/directory-store.ts';
import { missingContents } from '../../../pipeline/store/missing-contents.ts';
import { placeOf } from '../../../pipeline/store/recorded-store.ts';
import { surveyPlan } from '../../../pipeline/tasks/survey-plan.ts';
import type { JsonValue } from '../../../pipeline/tasks/task.ts';
import { canonicalJson } from '../../../pipeline/tasks/task-key.ts';
import { openJournal } from '../../../workers/open-journal.ts';
import { packing, unpacked } from '../../../workers/owner/archive.ts';
import { writeBackup } from '../../../workers/owner/backup.ts';
import { withCatalog } from '../../../workers/owner/catalog-access.ts';
import { reconcileRuns } from '../../../workers/owner/reconcile-catalog.ts';
import { restoreBackup } from '../../../workers/owner/restore.ts';
import { RunLedger } from '../../../workers/owner/run-ledger.ts';
import { PlanWalk } from '../../../workers/plan-walk.ts';
import { madeUpHistory } from '../../support/supervision-records.ts';
import { wovenPlan } from '../../support/woven-plan.ts';

const plan = wovenPlan(12);
const figures = [{ zoneSet: 'county', zoneCode: '510180', measure: 'eroded', value: 0.1 + 0.2 }];

describe('a backup', () => {
  let directory: string;
  let workspace: string;
  const place = (name: string) => join(directory, name);
  const storeOf = (where: string) => new DirectoryStore(join(where, 'store'), { durable: false });
  const journalOf = (where: string) => openJournal(where, {});
  const backup = (to: string, withResults = false) => writeBackup(workspace, to, { withResults, environment: {} });
  const restore = (from: string, to: string) => restoreBackup(from, to, {});

  /** What a catalog made from the files of a workspace says. */
  const catalogOf = (where: string) =>
    withCatalog(where, {}, async (catalog) => {
      await reconcileRuns(catalog, new RunLedger(where));
      await projectJournal(journalOf(where), storeOf(where), catalog.supervision);
      return {
        figures: await catalog.readStatistics('r1'),
        runs: await catalog.listRuns(),
        patches: await catalog.supervision.listPatches({ batch: '2024-09' }),
        boundaries: await catalog.supervision.listBoundaries(),
      };
    });

  /** A workspace with supervision, and a finished run all of whose outputs are in the store. */
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'shuibao-backup-'));
    workspace = place('workspace');
    const store = storeOf(workspace);
    await madeUpHistory(journalOf(workspace), store, 20);
    const walk = new PlanWalk(plan);
    while (!walk.complete) {
      const [task] = walk.take(1);
      const stored = await store.putBytes(new TextEncoder().encode(task!.id));
      const record = { ...task!, inputs: {}, outputs: { text: { ...stored, mediaType: 'text/plain' } }, facts: null };
      await store.writeRecord(record);
      walk.finish(task!.id, record);
    }
    const { digest } = await store.putBytes(new TextEncoder().encode(canonicalJson(plan as unknown as JsonValue)));
    writeFileSync(place('2024.yaml'), 'name: 二〇二四\n');
    const ledger = new RunLedger(workspace);
    const common = { runFile: place('2024.yaml'), check: true, user: '张', priority: 5, driver: 'queue' } as const;
    const times = { submitted: '2026-01-01T00:00:00Z', ended: '2026-01-02T00:00:00Z' };
    await ledger.write({ ...common, ...times, id: 'r1', name: '二〇二四', state: 'finished', planDigest: digest });
    await ledger.writeFigures('r1', figures);
    writeFileSync(ledger.logFile('r1'), '{}\n');
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('restored gives the same journal, decisions, patches, figures and run files', async () => {
    const summary = await backup(place('backup'));
    expect(summary).toMatchObject({ entries: 10, runs: 1, withResults: false });
    // Whatever is written from now on does not concern it.
    await journalOf(workspace).append([{ at: 'x', by: 'x', kind: 'later', body: {} }]);
    const restored = place('restored');
    await restore(place('backup'), restored);
    expect(await journalOf(restored).read()).toEqual((await journalOf(workspace).read()).slice(0, -1));
    const named = (await journalOf(restored).read()).flatMap(contentsOf);
    expect(named.length).toBeGreaterThan(3);
    expect((await missingContents(storeOf(restored), named)).size).toBe(0);
    const ledgers = [workspace, restored].map((where) => new RunLedger(where));
    expect(await ledgers[1]!.list()).toEqual(await ledgers[0]!.list());
    expect(readFileSync(join(ledgers[1]!.directoryOf('r1'), 'run-file.yaml'), 'utf8')).toBe('name: 二〇二四\n');
    expect(existsSync(ledgers[1]!.logFile('r1'))).toBe(true);
    const catalogs = [await catalogOf(workspace), await catalogOf(restored)];
    expect(catalogs[1]).toEqual(catalogs[0]);
    expect(catalogs[1]!.figures).toEqual(figures);
    expect(catalogs[1]!.patches.rows).toHaveLength(20);
    // Without results all of the run is computed again.
    expect((await surveyPlan(plan, storeOf(restored))).counts.done).toBe(0);
  }, 60_000);

  it('with results leaves nothing of a finished run to be done', async () => {
    await backup(place('backup'), true);
    await restore(place('backup'), place('restored'));
    expect((await surveyPlan(plan, storeOf(place('restored')))).counts).toMatchObject({ done: 12, ready: 0 });
  });

  it('may be one file', async () => {
    for (const name of ['backup.tar.gz', 'backup.tar']) {
      const summary = await packing(place(name), (to) => backup(to));
      await unpacked(place(name), (from) => restore(from, place(`from-${name}`)));
      expect((await journalOf(place(`from-${name}`)).read()).at(-1)!.hash).toBe(summary.lastHash);
      await expect(packing(place(name), (to) => backup(to))).rejects.toThrow(/there already/);
    }
    writeFileSync(place('broken.tgz'), 'no archive');
    await expect(unpacked(place('broken.tgz'), async () => undefined)).rejects.toThrow(/cannot be unpacked/);
    expect(readdirSync(directory).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('is consistent while entries are being written', async () => {
    const journal = journalOf(workspace);
    const store = storeOf(workspace);
    let writing = true;
    const writer = (async () => {
      for (let n = 0; writing; n++) {
        const { digest } = await store.putBytes(new TextEncoder().encode(`rows ${n}`));
        await journal.append([{ at: 'x', by: 'x', kind: 'import', body: { content: digest } }]);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
    for (const name of ['b1', 'b2']) {
      const summary = await backup(place(name));
      await restore(place(name), place(`restored-${name}`));
      const entries = await journalOf(place(`restored-${name}`)).read();
      expect(entries).toHaveLength(summary.entries);
      expect((await missingContents(storeOf(place(`restored-${name}`)), entries.flatMap(contentsOf))).size).toBe(0);
    }
    writing = false;
    await writer;
  });

  it('is neither written over something nor restored into it', async () => {
    await expect(backup(workspace)).rejects.toThrow(/not empty/);
    await backup(place('backup'));
    await expect(restore(place('backup'), workspace)).rejects.toThrow(/not empty.*journal.jsonl/);
    await expect(restore(place('nothing'), place('restored'))).rejects.toThrow(/no complete backup/);
    expect(existsSync(place('restored'))).toBe(false);
  });

  it.each<[string, (backup: string) => void, RegExp]>([
    ['has no end', (from) => rmSync(join(from, 'backup.json')), /no complete backup/],
    ['has a shorter journal', (from) => writeFileSync(join(from, 'journal.jsonl'), ''), /not the one it tells of/],
    [
      'has a changed entry',
      (from) => {
        const path = join(from, 'journal.jsonl');
        writeFileSync(path, readFileSync(path, 'utf8').replace('张', '王'));
      },
      /entry 1 /,
    ],
  ])('that %s is refused', async (_, harm, message) => {
    await backup(place('backup'));
    cpSync(place('backup'), place('harmed'), { recursive: true });
    harm(place('harmed'));
    await expect(restore(place('harmed'), place('restored'))).rejects.toThrow(message);
    expect(existsSync(place('restored'))).toBe(false);
  });

  it('is not written of contents that are missing or damaged, and says which', async () => {
    const [digest] = (await journalOf(workspace).read()).flatMap(contentsOf);
    const file = join(workspace, 'store', placeOf('objects', digest!));
    const whole = readFileSync(file);
    rmSync(file);
    writeFileSync(
      file,
      whole.map((byte) => byte ^ 1),
    );
    await expect(backup(place('damaged'))).rejects.toThrow(new RegExp(`${digest}: the content is damaged`));
    rmSync(file);
    await expect(backup(place('missing'))).rejects.toThrow(new RegExp(`${digest}: the store lacks`));
  });
});
