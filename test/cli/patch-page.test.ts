import { afterAll, beforeAll, expect, test } from 'vitest';
import { cardNumberLines } from '../../cli/card-numbers.ts';
import { patchPage } from '../../cli/patch-page.ts';
import type { PatchBatch } from '../../pipeline/supervision/patch-batch.ts';
import { type BoxRegister, boxBoundary, boxDraft, boxRegister } from '../supervision/boxes.ts';

let boxes: BoxRegister;
let batch: PatchBatch;
beforeAll(async () => {
  boxes = boxRegister();
  await boxes.importBoundaries([boxBoundary('A', [0, 0, 200, 200])], '2024-01-01');
  batch = await boxes.keep('2024-09', [
    boxDraft('007', [100, 0, 300, 100]),
    boxDraft('008', [400, 0, 600, 100]),
    boxDraft('009', [90_000, 0, 90_200, 100]),
  ]);
});
afterAll(() => boxes.remove());

test('a rule card is told in the reader’s language, rounded, whatever its rule looked at', () => {
  const rules = new Set<string>();
  for (const patch of batch.patches) {
    const { card } = patch.judgement;
    rules.add(card.rule);
    for (const [name, value] of cardNumberLines(card.numbers, 'zh')) {
      expect(name).toMatch(/^[\u4e00-\u9fff]+$/);
      expect(value).not.toMatch(/\.\d{3}/);
    }
    const page = patchPage(patch, batch, 'zh');
    expect(page).toContain(card.rule);
    expect(page).not.toMatch(/SquareMetres|soilLoss|keyArea/);
  }
  expect(rules.size).toBeGreaterThan(1);
});

test('the columns of the page stand under each other', () => {
  const [patch] = batch.patches;
  const lines = patchPage(patch!, batch, 'en').split('\n');
  const start = /^\s*\S+(?: \S+)*\s{2,}/.exec(lines[0]!)![0].length;
  for (const line of lines) expect(line.slice(start - 2, start)).toBe('  ');
});

test('a number that is not known yet is shown as it is', () => {
  expect(cardNumberLines({ later: 1.25, outsideShare: 0.5, unstartedMetres: 12.34, disturbedFrom: '' }, 'en')).toEqual([
    ['later', '1.25'],
    ['share outside', '50.00 %'],
    ['distance to the project not begun', '12.3 m'],
    ['disturbed not before', '—'],
  ]);
});
