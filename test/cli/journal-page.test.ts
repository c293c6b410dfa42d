import { afterAll, beforeAll, expect, test } from 'vitest';
import { journalPage } from '../../cli/journal-page.ts';
import type { JournalEntry } from '../../pipeline/catalog/journal.ts';
import { decidePatches } from '../../pipeline/supervision/decide-patches.ts';
import { reopenDecisions } from '../../pipeline/supervision/reopen-decisions.ts';
import { type BoxRegister, boxBoundary, boxDraft, boxRegister } from '../supervision/boxes.ts';

let boxes: BoxRegister;
let entries: JournalEntry[];
beforeAll(async () => {
  boxes = boxRegister();
  await boxes.importBoundaries([boxBoundary('A', [0, 0, 200, 200])], '2024-01-01');
  await boxes.keep('2024-09', [boxDraft('007', [100, 0, 300, 100])]);
  const row = { row: 1, patch: '007', decision: '合规', reason: '现场查看', earthworkCubicMetres: 800 };
  await decidePatches(boxes.register, [row], { enteredBy: '录入员', today: '2024-11-30' }, '2024-11-30T09:00:00Z');
  // A boundary that becomes known later takes in the whole patch.
  await boxes.importBoundaries([boxBoundary('B', [0, 0, 400, 200])], '2024-12-01');
  await reopenDecisions(boxes.register, '2024-12-02', { by: '王', at: '2024-12-02T08:00:00Z' });
  await boxes.register.journal.append([{ at: '2024-12-03T08:00:00Z', by: '王', kind: 'later', body: { later: 1 } }]);
  entries = await boxes.register.journal.read();
});
afterAll(() => boxes.remove());

test('every kind of entry is told in the reader’s language, without the keys of its body', () => {
  expect(entries.map(({ kind }) => kind)).toEqual([
    ...['boundaries.import', 'patches.batch', 'patches.decide', 'boundaries.import', 'patches.reopen', 'later'],
  ]);
  const keys = new Set(entries.flatMap(({ body }) => Object.keys(body as object)).filter((key) => /[A-Z]/.test(key)));
  for (const language of ['zh', 'en'] as const) {
    const page = journalPage(entries, language);
    expect(page.split('\n')).toHaveLength(entries.length + 1);
    for (const key of keys) expect(page).not.toContain(key);
    expect(page).not.toMatch(/\d\.\d{3}|[0-9a-f]{64}|null|object/);
  }
});

test('a decision says what was decided, on what it stands and how large the ground is', () => {
  const line = journalPage(entries, 'zh').split('\n')[3]!;
  expect(line).toMatch(/^#3 +2024-11-30 .* 录入员 +认定 +/);
  for (const part of [
    '认定结论 合规',
    '理由 现场查看',
    '土石方 800 m³',
    '建议结论 疑似超出防治责任范围',
    '所涉范围 A@1',
  ])
    expect(line).toContain(part);
  const { areaSquareMetres } = entries[2]!.body as { areaSquareMetres: number };
  expect(line).toContain(`面积 ${(areaSquareMetres / 10_000).toFixed(2)} hm²`);
  expect(line).not.toContain('取代');
});

test('a decision that is open again says from what to what', () => {
  const line = journalPage(entries, 'en').split('\n')[5]!;
  expect(line).toMatch(/decision reopened +patch 007; batch 2024-09; decision was #3; decision 合规; image /);
  expect(line).toMatch(/stood on 疑似超出防治责任范围 A@1; would stand on 合规 A@1 B@1$/);
});

test('a kind of entry that is not known yet is listed by its own name', () => {
  expect(journalPage(entries, 'en').split('\n').at(-1)).toMatch(/^#6 .* 王 +later$/);
});
