import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Journal } from '../../pipeline/catalog/journal.ts';
import { DirectoryStore } from '../../pipeline/store/directory-store.ts';
import { decidePatches } from '../../pipeline/supervision/decide-patches.ts';
import { entryKinds, type PatchDecided } from '../../pipeline/supervision/journal-entries.ts';
import { newBatch } from '../../pipeline/supervision/patch-batch.ts';
import { SupervisionRegister } from '../../pipeline/supervision/register.ts';
import { reopenDecisions } from '../../pipeline/supervision/reopen-decisions.ts';
import { boxBoundary, boxDraft, settings } from '../supervision/boxes.ts';

const at = '2024-11-30T09:00:00Z';
const row = (patch: string, decision: string, by: string) => ({ row: 1, patch, decision, reason: '现场查看', by });

/** What several people may do at the same moment to one register, wherever its journal lies. */
export function registerConformance(name: string, make: () => Promise<() => Journal>): void {
  describe(`several people at once with ${name}`, () => {
    const directory = mkdtempSync(join(tmpdir(), 'shuibao-at-once-'));
    const store = new DirectoryStore(join(directory, 'store'), { durable: false });
    afterAll(() => rmSync(directory, { recursive: true, force: true }));
    let open: () => Journal;
    beforeEach(async () => {
      open = await make();
      const register = new SupervisionRegister(open(), store);
      const boundary = boxBoundary('A', [0, 0, 200, 200]);
      await register.importBoundaries(importOf([boundary], '2024-01-01'), { by: '张', at });
      const drafts = ['007', '008', '009'].map((number, n) =>
        boxDraft(number, [100 + n * 9_000, 0, 300 + n * 9_000, 99]),
      );
      const before = { previous: [], usedNumbers: [], decided: [] };
      const batch = newBatch('2024-09', drafts, await register.boundaries(), before, settings);
      await register.keepBatch(batch, 'import', { by: '张', at });
    });
    const importOf = (rows: readonly ReturnType<typeof boxBoundary>[], knownFrom: string) => {
      return { file: 'f.shp', sha256: '0'.repeat(64), rows, quarantined: 0, knownFrom };
    };

    /** Registers of so many people, none of whom writes before all have read. */
    function people(count: number): SupervisionRegister[] {
      let waiting = count;
      let go = () => {};
      const allHere = new Promise<void>((resolve) => {
        go = resolve;
      });
      return Array.from({ length: count }, () => {
        const journal = open();
        const meeting: Journal = {
          place: journal.place,
          read: () => journal.read(),
          async append(entries) {
            if (--waiting <= 0) go();
            await allHere;
            return journal.append(entries);
          },
        };
        return new SupervisionRegister(meeting, store);
      });
    }
    const decide = (register: SupervisionRegister, rows: readonly ReturnType<typeof row>[]) =>
      decidePatches(register, rows, { enteredBy: '录入员', today: '2024-11-30' }, at);
    const decisions = async () =>
      (await open().read())
        .filter(({ kind }) => kind === entryKinds.decision)
        .map(({ sequence, by, body }) => ({ sequence, by, ...(body as unknown as PatchDecided) }));

    it('lets one decide about a patch and tells the others who was quicker', async () => {
      const [names, words] = [
        ['赵', '钱', '孙', '李'],
        ['合规', '疑似未批先建', '合规', '疑似未批先建'],
      ];
      const results = await Promise.all(
        people(4).map((register, n) => decide(register, [row('007', words[n]!, names[n]!)])),
      );
      const written = await decisions();
      expect(written).toHaveLength(1);
      const [{ by, decision, sequence, supersedes }] = written as [(typeof written)[0]];
      expect(supersedes).toBeNull();
      const losers = results.filter(({ decided }) => decided.length === 0);
      expect(losers).toHaveLength(3);
      for (const { refused } of losers) {
        expect(refused).toMatchObject([{ row: 1, error: { finding: { code: 'decision-overtaken', file: '007' } } }]);
        for (const word of [by, decision, `#${sequence}`]) expect(refused[0]!.error.finding.found.zh).toContain(word);
      }
      // Who has looked may decide.
      expect((await decide(new SupervisionRegister(open(), store), [row('007', '合规', '周')])).refused).toEqual([]);
      expect((await decisions()).at(-1)).toMatchObject({ by: '周', supersedes: sequence });
    });

    it('writes down the rest of a table of which one row came too late', async () => {
      const [first, second] = people(2);
      const tables = [
        await Promise.all([
          decide(first!, [row('007', '合规', '赵'), row('008', '合规', '赵')]),
          decide(second!, [row('009', '合规', '钱'), row('008', '合规', '钱')]),
        ]),
      ].flat();
      expect(tables.map(({ decided }) => decided.length).sort()).toEqual([1, 2]);
      expect((await decisions()).map(({ patch }) => patch).sort()).toEqual(['007', '008', '009']);
    });

    it('counts versions on when several bring in boundaries of one project', async () => {
      const boxes = [250, 300, 350].map((east) => boxBoundary('A', [0, 0, east, 200]));
      const results = await Promise.all(
        people(3).map((register, n) =>
          register.importBoundaries(importOf([boxes[n]!], '2024-12-01'), { by: '张', at }),
        ),
      );
      expect(results.flatMap(({ added }) => added.map(({ version }) => version)).sort()).toEqual([2, 3, 4]);
      const versions = (await new SupervisionRegister(open(), store).boundaries()).map(({ version }) => version);
      expect(versions).toEqual([1, 2, 3, 4]);
    });

    it('reopens a decision once', async () => {
      const register = new SupervisionRegister(open(), store);
      await decide(register, [row('007', '疑似超出防治责任范围', '赵')]);
      const wider = boxBoundary('A', [0, 0, 400, 200], { approved: '2023-01-01' });
      await register.importBoundaries(importOf([wider], '2024-12-01'), { by: '张', at });
      const reopened = await Promise.all(
        people(3).map((each) => reopenDecisions(each, '2024-12-02', { by: '张', at })),
      );
      expect(reopened.map(({ length }) => length).sort()).toEqual([0, 0, 1]);
      const kept = (await open().read()).filter(({ kind }) => kind === entryKinds.reopening);
      expect(kept).toHaveLength(1);
    });

    it('keeps one batch of a name', async () => {
      const drafts = [boxDraft('020', [0, 0, 90, 90])];
      const before = { previous: [], usedNumbers: [], decided: [] };
      const kept = await Promise.all(
        people(3).map(async (register) => {
          const seen = await register.seen();
          const batch = newBatch('2024-10', drafts, await register.boundaries(), before, settings);
          return register.keepBatch(batch, 'import', { by: '张', at }, seen);
        }),
      );
      expect(kept.filter(Boolean)).toHaveLength(1);
    });
  });
}
