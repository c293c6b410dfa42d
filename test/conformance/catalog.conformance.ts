import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FileJournal } from '../../pipeline/catalog/file-journal.ts';
import { projectJournal } from '../../pipeline/catalog/project-journal.ts';
import { openSqlCatalog, type SqlCatalog } from '../../pipeline/catalog/sql-catalog.ts';
import type { PatchFilter, PatchSummary } from '../../pipeline/catalog/supervision-catalog.ts';
import { DirectoryStore } from '../../pipeline/store/directory-store.ts';
import type { PatchRecord } from '../../pipeline/supervision/patch-record.ts';
import type { SqlPool } from '../../workers/sql-pool.ts';
import { madeUpHistory, madeUpPatch } from '../support/supervision-records.ts';

const patches = 230;

/** What any catalog must do, whatever database it lies in. */
export function catalogConformance(name: string, openPool: () => Promise<SqlPool>): void {
  describe(`${name} as the catalog`, () => {
    let pool: SqlPool;
    let catalog: SqlCatalog;
    let directory: string;
    let journal: FileJournal;
    let store: DirectoryStore;
    beforeAll(async () => {
      pool = await openPool();
      await pool.query('drop schema if exists app cascade');
      catalog = await openSqlCatalog(pool);
      directory = mkdtempSync(join(tmpdir(), 'shuibao-catalog-'));
      journal = new FileJournal(join(directory, 'journal.jsonl'));
      store = new DirectoryStore(join(directory, 'store'), { durable: false });
      await madeUpHistory(journal, store, patches);
      await projectJournal(journal, store, catalog.supervision);
    }, 120_000);
    afterAll(() => rmSync(directory, { recursive: true, force: true }));

    it('keeps runs from their beginning to their end, and starts them over', async () => {
      const run = { id: 'r1', name: '二〇二四', planDigest: 'd'.repeat(64) };
      await catalog.startRun(run);
      expect(await catalog.findRun('r1')).toMatchObject({ ...run, state: 'running', finished: undefined, error: null });
      await catalog.requestCancel('r1');
      expect(await catalog.cancelRequested('r1')).toBe(true);
      await catalog.endRun('r1', 'failed', { done: 3 }, { message: 'x' });
      const ended = await catalog.findRun('r1');
      expect(ended).toMatchObject({ state: 'failed', counts: { done: 3 }, error: { message: 'x' } });
      expect(ended!.finished).toBeInstanceOf(Date);
      await catalog.startRun({ ...run, planDigest: 'e'.repeat(64) });
      expect(await catalog.cancelRequested('r1')).toBe(false);
      const again = await catalog.findRun('r1');
      expect(again).toMatchObject({ state: 'running', planDigest: 'e'.repeat(64), counts: null, error: null });
      expect(again!.created).toEqual(ended!.created);
      expect(await catalog.findRun('none')).toBeUndefined();
      expect(await catalog.cancelRequested('none')).toBe(false);
    });

    it('restores a run as it was, and lists the latest first', async () => {
      const lost = {
        id: 'r0',
        name: 'lost',
        state: 'finished',
        planDigest: 'f'.repeat(64),
        created: new Date('2020-01-01T00:00:00Z'),
        finished: new Date('2020-01-02T00:00:00Z'),
        counts: { done: 7 },
        error: null,
      } as const;
      await catalog.restoreRun(lost);
      await catalog.restoreRun(lost);
      expect(await catalog.findRun('r0')).toEqual(lost);
      await catalog.startRun({ id: 'r2', name: 'r2', planDigest: 'a'.repeat(64) });
      expect((await catalog.listRuns()).map(({ id }) => id).at(-1)).toBe('r0');
    });

    it('forgets a run with its figures, and no other', async () => {
      const figure = { zoneSet: 'z', zoneCode: '1', measure: 'm', value: 1 };
      for (const id of ['f1', 'f2']) {
        await catalog.startRun({ id, name: id, planDigest: 'd'.repeat(64) });
        await catalog.writeStatistics(id, [figure]);
      }
      await catalog.removeRun('f1');
      await catalog.removeRun('never');
      expect([await catalog.findRun('f1'), await catalog.readStatistics('f1')]).toEqual([undefined, []]);
      expect(await catalog.readStatistics('f2')).toEqual([figure]);
      await catalog.removeRun('f2');
    });

    it('keeps the figures of a run, exactly and in the order of bytes', async () => {
      await catalog.startRun({ id: 's', name: 's', planDigest: 'd'.repeat(64) });
      const rows = ['b', 'A', '乙', 'a'].map((zoneCode, at) => ({
        zoneSet: 'county',
        zoneCode,
        measure: 'm',
        value: 0.1 * at + 1e-17,
      }));
      await catalog.writeStatistics('s', [{ zoneSet: 'old', zoneCode: 'x', measure: 'm', value: 1 }]);
      await catalog.writeStatistics('s', rows);
      const sorted = [...rows].sort((a, b) => (Buffer.from(a.zoneCode) < Buffer.from(b.zoneCode) ? -1 : 1));
      expect((await catalog.readStatistics('s')).map(({ zoneCode, value }) => [zoneCode, value])).toEqual(
        sorted.map(({ zoneCode, value }) => [zoneCode, value]),
      );
      expect(await catalog.readStatistics('s', 'old')).toEqual([]);
      const many = Array.from({ length: 12_000 }, (_, at) => ({
        zoneSet: 'z',
        zoneCode: String(at),
        measure: 'm',
        value: at,
      }));
      await catalog.writeStatistics('s', many);
      expect(await catalog.readStatistics('s')).toHaveLength(12_000);
    });

    it('lists the patches of a batch as looking at each of them would, page by page', async () => {
      const all = Array.from({ length: patches }, (_, at) => madeUpPatch('2024-09', at));
      const decided = new Map([[all[0]!.number, '违法']]);
      const filters = fc.record(
        {
          county: fc.constantFrom('510180', '510181', 'none'),
          verdict: fc.constantFrom('合规', '疑似未批先建', '待核边界'),
          tier: fc.constantFrom('无风险', '高风险'),
          leastScore: fc.constantFrom(0, 0.5 + 0.1 / 3, 2),
          box: fc.constantFrom([103.1, 30, 103.3, 30.05], [103.99, 30.07, 103.99, 30.07], [0, 0, 1, 1]),
          decided: fc.boolean(),
        },
        { requiredKeys: [] },
      );
      await fc.assert(
        fc.asyncProperty(filters, fc.integer({ min: 1, max: 70 }), async (chosen, limit) => {
          const filter = { batch: '2024-09', ...chosen } as PatchFilter;
          const expected = all.filter((patch) => fits(patch, filter, decided)).sort(byScore);
          const listed: PatchSummary[] = [];
          for (let after: string | undefined, pages = 0; pages <= patches; pages++) {
            const page = await catalog.supervision.listPatches(filter, {
              limit,
              ...(after === undefined ? {} : { after }),
            });
            expect(page.rows.length).toBeLessThanOrEqual(limit);
            listed.push(...page.rows);
            after = page.next;
            if (after === undefined) break;
          }
          expect(listed.map(({ number }) => number)).toEqual(expected.map(({ number }) => number));
          const counts = await catalog.supervision.countPatches(filter);
          expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(expected.length);
        }),
        { seed: 5, numRuns: 40 },
      );
    });

    it('gives a patch whole, by its number or that of its source, and tells what was decided about it', async () => {
      const [zero, one] = [madeUpPatch('2024-09', 0), madeUpPatch('2024-09', 1)];
      for (const number of [zero.number, 'S0'])
        expect(await catalog.supervision.findPatch('2024-09', number)).toEqual({
          ...zero,
          // The one character that the database cannot keep.
          source: { ...zero.source, attributes: { MEMO: 'ab' } },
        });
      expect(await catalog.supervision.findPatch('2024-08', madeUpPatch('2024-08', 5).number)).toBeUndefined();
      const reviews = await catalog.supervision.reviewsOf(zero.number);
      expect(reviews.map(({ sequence, decision, reopened }) => [sequence, decision, reopened])).toEqual([
        [6, '合规', undefined],
        [8, '违法', undefined],
      ]);
      expect((await catalog.supervision.reviewsOf(one.number))[0]!.reopened).toMatchObject({ reopens: 7, sequence: 9 });
      const [first] = (await catalog.supervision.listPatches({ batch: '2024-09', decided: true })).rows;
      expect(first).toMatchObject({ number: zero.number, decision: '违法', box: [103, 30, 103.01, 30.01] });
    });

    it('lists boundaries as known on a day, and batches as last judged', async () => {
      const versions = async (filter = {}) =>
        (await catalog.supervision.listBoundaries(filter)).rows.map(({ project, version }) => `${project}@${version}`);
      expect(await versions()).toEqual(['P1@1', 'P2@1', 'P2@2', '前导@1']);
      expect(await versions({ knownOn: '2024-05-31' })).toEqual(['P1@1', 'P2@1', '前导@1']);
      expect(await versions({ project: 'P2' })).toEqual(['P2@1', 'P2@2']);
      expect(await versions({ box: [103.2, 30, 103.205, 30.005] })).toEqual(['P2@2']);
      const first = await catalog.supervision.listBoundaries({}, { limit: 2 });
      const second = await catalog.supervision.listBoundaries({}, { limit: 2, after: first.next! });
      expect([...first.rows, ...second.rows].map(({ project }) => project)).toEqual(['P1', 'P2', 'P2', '前导']);
      expect(second.next).toBeUndefined();
      const batches = await catalog.supervision.batches();
      expect(batches.map(({ batch, reason, patches: count, sequence }) => [batch, reason, count, sequence])).toEqual([
        ['2024-08', 'import a', 3, 2],
        ['2024-09', 'overlay', patches, 5],
      ]);
    });

    it('follows the journal from where it stands, once each, however many follow at the same time', async () => {
      const before = await everything(pool);
      expect(await projectJournal(journal, store, catalog.supervision)).toEqual({ entries: 0, isAnew: false });
      const other = { at: '2025-01-01T00:00:00Z', by: '王', kind: 'note', body: {} };
      await journal.append([other, other]);
      const followed = await Promise.all([1, 2, 3].map(() => projectJournal(journal, store, catalog.supervision)));
      expect(followed.reduce((sum, { entries }) => sum + entries, 0)).toBe(2);
      expect(await catalog.supervision.position()).toMatchObject({ sequence: (await journal.read()).length });
      expect(await everything(pool)).toEqual(before);
    });

    it('is made anew whole, also when it stands at an entry that the journal does not have', async () => {
      const before = await everything(pool);
      expect((await projectJournal(journal, store, catalog.supervision, { anew: true })).isAnew).toBe(true);
      expect(await everything(pool)).toEqual(before);
      const elsewhere = new FileJournal(join(directory, 'restored.jsonl'));
      await madeUpHistory(elsewhere, store, 5);
      expect((await projectJournal(elsewhere, store, catalog.supervision)).isAnew).toBe(true);
      expect((await catalog.supervision.listPatches({ batch: '2024-09' })).rows).toHaveLength(5);
      expect((await projectJournal(journal, store, catalog.supervision)).isAnew).toBe(true);
      expect(await everything(pool)).toEqual(before);
    });

    it('stays as it is when the journal cannot be taken in', async () => {
      const before = await everything(pool);
      const broken = new FileJournal(join(directory, 'broken.jsonl'));
      await broken.append([{ at: 'x', by: 'x', kind: 'boundaries.import', body: { content: '0'.repeat(64) } }]);
      await expect(projectJournal(broken, store, catalog.supervision)).rejects.toThrow(/lacks content/);
      expect(await everything(pool)).toEqual(before);
    });

    it('is brought up to date by several that start at once, and again without harm', async () => {
      const rows = await everything(pool);
      await Promise.all([1, 2, 3].map(() => openSqlCatalog(pool)));
      expect(await everything(pool)).toEqual(rows);
      await pool.query('drop schema app cascade');
      const made = await Promise.all([1, 2, 3, 4].map(() => openSqlCatalog(pool)));
      expect(await made[3]!.listRuns()).toEqual([]);
      await projectJournal(journal, store, made[0]!.supervision);
      expect(await everything(pool)).toEqual(rows);
    });
  });
}

function fits(patch: PatchRecord, filter: PatchFilter, decided: ReadonlyMap<string, string>): boolean {
  const [shell] = (patch.geometry as unknown as { coordinates: [number, number][][] }).coordinates;
  const [x, y] = shell![0]!;
  const { box } = filter;
  return (
    (filter.county === undefined || patch.counties[0]!.code === filter.county) &&
    (filter.verdict === undefined || patch.judgement.verdict === filter.verdict) &&
    (filter.tier === undefined || patch.risk.tier === filter.tier) &&
    (filter.leastScore === undefined || patch.ranking.score >= filter.leastScore) &&
    (filter.decided === undefined || decided.has(patch.number) === filter.decided) &&
    (box === undefined || (x <= box[2] && x + 0.01 >= box[0] && y <= box[3] && y + 0.01 >= box[1]))
  );
}

const byScore = (a: PatchRecord, b: PatchRecord): number =>
  b.ranking.score - a.ranking.score || (a.number < b.number ? -1 : 1);

/** All rows of supervision but the position, in an order of their own. */
async function everything(pool: SqlPool): Promise<unknown[]> {
  const tables = ['boundary_version', 'patch_batch', 'patch', 'review'];
  const rows = tables.map((table) => pool.query(`select row_to_json(t)::text as row from app.${table} t order by 1`));
  return (await Promise.all(rows)).map((result) => result.rows);
}
