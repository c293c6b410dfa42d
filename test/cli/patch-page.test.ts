import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { batchSummary, patchTable, projectLines } from '../../cli/batch-page.ts';
import { cardNumberLines } from '../../cli/card-numbers.ts';
import { riskReasonText } from '../../cli/official-terms.ts';
import { patchPage } from '../../cli/patch-page.ts';
import { type RiskReason, riskReasons } from '../../models/disturbance/risk-tier.ts';
import { verdictNames } from '../../models/disturbance/rules/verdict-rules.ts';
import type { Language } from '../../pipeline/messages/text.ts';
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

test('counties are told by their names, official words of patches with their meaning', () => {
  const inside = batch.patches.find(({ measures }) => measures.boundaries.length > 0)!;
  const patch = { ...inside, counties: [{ code: '621166', name: '响川县', share: 0.75 }] };
  const page = patchPage(patch, batch, 'en');
  expect(page).toMatch(/^counties +响川县 621166 75\.0 %$/m);
  expect(page).toMatch(/^type +其他扰动 \(other disturbance\), \S+ \(\w.*\)$/m);
  expect(page).toMatch(/^boundary .* 防治责任范围 \(area of responsibility\) /m);
  expect(patchPage(patch, batch, 'zh')).not.toContain('other disturbance');
  const decided = () => undefined;
  expect(patchTable([patch], decided, 'zh')).toContain('响川县');
  expect(patchTable([batch.patches[0]!], decided, 'zh')).toContain(batch.patches[0]!.counties[0]!.code);
});

test('what people decided is listed in the reader’s language; it has no legend above the list', () => {
  const listed = (language: Language) => patchTable([batch.patches[0]!], () => '未批先建', language);
  expect(listed('zh')).toMatch(/ 未批先建$/m);
  expect(listed('en')).toMatch(/ 未批先建 \(start without approval\)$/m);
});

test('the plan that an area asks for is told with its meaning', () => {
  for (const [plan, meaning] of [
    ['报告书', 'full report'],
    ['报告表', 'report form'],
    ['不需要', 'none'],
  ] as const) {
    expect(cardNumberLines({ planByArea: plan }, 'zh')).toEqual([['按面积应编报', plan]]);
    expect(cardNumberLines({ planByArea: plan }, 'en')).toEqual([['plan the area asks for', `${plan} (${meaning})`]]);
  }
});

test('a number that is not known yet is shown as it is', () => {
  expect(cardNumberLines({ later: 1.25, outsideShare: 0.5, unstartedMetres: 12.34, disturbedFrom: '' }, 'en')).toEqual([
    ['later', '1.25'],
    ['share outside', '50.00 %'],
    ['distance to the project not begun', '12.3 m'],
    ['disturbed not before', '—'],
  ]);
});

describe('why a patch has its tier', () => {
  const told = (reason: string, language: Language) =>
    riskReasonText({ ...batch.patches[0]!, risk: { tier: '高风险', reason: reason as RiskReason } }, language);
  const chinese = /[\u4e00-\u9fff]/;

  test('follows the reader’s language, whatever the reason', () => {
    for (const [reason, { zh, en }] of Object.entries(riskReasons)) {
      expect([told(reason, 'zh'), told(reason, 'en')]).toEqual([zh, en]);
      expect([chinese.test(zh), chinese.test(en)]).toEqual([true, false]);
    }
  });

  test('is told of batches of earlier programs, which kept the Chinese sentence', () => {
    expect(told('位于 25° 以上陡坡', 'zh')).toBe('位于 25° 以上陡坡');
    expect(told('位于 25° 以上陡坡', 'en')).toBe('on slopes steeper than 25°');
    expect(told('待核边界', 'en')).toBe('待核边界 (boundary to be verified)');
    expect(told('一句旧话', 'en')).toBe('一句旧话');
  });

  test('is the verdict where that alone says so', () => {
    const { verdict } = batch.patches[0]!.judgement;
    expect(told('verdict', 'zh')).toBe(verdict);
    expect(told('verdict', 'en')).toBe(`${verdict} (${verdictNames[verdict].en})`);
  });

  test('stands on the page and beside the projects', () => {
    const spilling = batch.patches.find(({ measures }) => measures.boundaries.length > 0)!;
    const steep = { ...spilling, risk: { tier: '高风险', reason: 'steep' } as const };
    expect(patchPage(steep, batch, 'en')).toContain('高风险 (high risk): on slopes steeper than 25°');
    expect(projectLines({ ...batch, patches: [steep] }, 'en').join()).toContain(`${steep.number} on slopes steeper`);
    expect(batchSummary(batch, 'en')).toContain(`(${verdictNames[spilling.judgement.verdict].en}) 1`);
  });
});
