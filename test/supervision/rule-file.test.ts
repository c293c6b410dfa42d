import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { supervisionRules2024, thresholdNames } from '../../models/disturbance/rules/supervision-2024.ts';
import { editionOn, readRuleFile } from '../../pipeline/supervision/rule-file.ts';
import { type BoxRegister, boxBoundary, boxDraft, boxRegister } from './boxes.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'shuibao-rules-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function written(text: string, name = 'rules.yaml'): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

const two = `
shuibaoRules: 1
id: 省级监管
editions:
  - version: 2
    validFrom: 2025-01-01
    source: 省水利厅通知（2025）
    thresholds:
      toleranceMetres: { value: 4, source: 影像说明 }
      noPlanHectares: 0.3
  - version: 1
    validFrom: 2023-03-01
    validTo: 2024-12-31
    source: 省水利厅通知（2023）
    thresholds: { toleranceMetres: 30 }
`;

describe('a file of supervision rules', () => {
  test('has editions by date; what one does not name is that of the product', async () => {
    const editions = await readRuleFile(written(two));
    expect(editions.map(({ id, version }) => [id, version])).toEqual([
      ['省级监管', 1],
      ['省级监管', 2],
    ]);
    const on = (day: string) => editionOn(editions, day, 'rules.yaml');
    expect(on('2024-12-31').version).toBe(1);
    expect(on('2025-01-01').version).toBe(2);
    expect(on('2031-01-01').thresholds.toleranceMetres).toMatchObject({ value: 4, source: '影像说明' });
    expect(on('2025-06-01').thresholds.noPlanHectares).toMatchObject({ value: 0.3, source: '省水利厅通知（2025）' });
    const named = ['toleranceMetres', 'noPlanHectares'];
    for (const name of thresholdNames.filter((each) => !named.includes(each)))
      expect(on('2025-06-01').thresholds[name]).toEqual(supervisionRules2024.thresholds[name]);
    expect(() => on('2023-02-28')).toThrow(/no edition is in force on 2023-02-28/);
  });

  test('may be JSON', async () => {
    const edition = { version: 1, validFrom: '2024-01-01', source: 's', thresholds: { searchMetres: 500 } };
    const path = written(JSON.stringify({ shuibaoRules: 1, id: 'x', editions: [edition] }), 'rules.json');
    expect((await readRuleFile(path))[0]!.thresholds.searchMetres.value).toBe(500);
  });

  const edition = (more: string) =>
    `shuibaoRules: 1\nid: x\neditions:\n  - version: 1\n    validFrom: 2024-01-01\n    source: s\n${more}`;
  test.each([
    [
      'an unknown threshold',
      edition('    thresholds: { tolerance: 3 }'),
      'run-file-unknown-setting',
      /第 7 行.*tolerance/,
    ],
    ['a value out of range', edition('    thresholds: { reapprovalShare: 30 }'), 'run-file-wrong-setting', /第 7 行/],
    ['a text for a number', edition('    thresholds: { searchMetres: 两公里 }'), 'run-file-wrong-setting', /第 7 行/],
    ['no thresholds', edition(''), 'run-file-missing-setting', /thresholds/],
    ['a day that is none', edition('    validTo: 2024-02-30\n    thresholds: {}'), 'run-file-wrong-setting', /第 7 行/],
    ['days the wrong way', edition('    validTo: 2023-12-31\n    thresholds: {}'), 'rules-days', /早于/],
    [
      'editions that overlap',
      `${edition('    validTo: 2024-05-01\n    thresholds: {}')}\n  - { version: 2, validFrom: 2024-05-01, source: s, thresholds: {} }`,
      'rules-overlap',
      /validTo|重叠/,
    ],
    [
      'one version twice',
      `${edition('    validTo: 2024-04-30\n    thresholds: {}')}\n  - { version: 1, validFrom: 2024-05-01, source: s, thresholds: {} }`,
      'rules-version-twice',
      /version/,
    ],
    [
      'limits that contradict',
      edition('    thresholds: { noPlanHectares: 6 }'),
      'rules-contradiction',
      /fullReportHectares/,
    ],
    ['another file', 'shuibao: 1\nname: x\n', 'run-file-unknown-setting', /shuibao/],
    ['an empty file', '', 'run-file-not-mapping', /空/],
    ['a list', '- a', 'run-file-not-mapping', /shuibaoRules: 1|不是/],
  ])('with %s is refused by name', async (_, text, code, found) => {
    const failure = await readRuleFile(written(text)).then(
      () => undefined,
      (error) => error.finding,
    );
    expect(failure).toMatchObject({ code, file: 'rules.yaml' });
    expect(failure.found.zh + failure.expected.zh).toMatch(found);
  });
});

describe('verdicts under the edition of the day', () => {
  let boxes: BoxRegister;
  beforeAll(async () => {
    boxes = boxRegister();
    await boxes.importBoundaries([boxBoundary('A', [0, 0, 200, 200])], '2024-01-01');
  });
  afterAll(() => boxes.remove());

  test('their cards name it, its values and days', async () => {
    const editions = await readRuleFile(written(two));
    // Overhangs by 20 m: within a tolerance of 30 m, beyond one of 4 m.
    const drafts = [boxDraft('1', [100, 10, 220, 190])];
    const judged = async (name: string, knownOn: string) => {
      const rules = editionOn(editions, knownOn, 'rules.yaml');
      return (await boxes.keep(name, drafts, { rules, knownOn })).patches[0]!.judgement;
    };
    expect(await judged('2024-09', '2024-10-01')).toMatchObject({
      verdict: '合规',
      card: { rules: '省级监管', rulesVersion: 1, thresholds: { toleranceMetres: 30 } },
    });
    expect(await judged('2025-03', '2025-03-01')).toMatchObject({
      verdict: '疑似超出防治责任范围',
      card: { rules: '省级监管', rulesVersion: 2, thresholds: { toleranceMetres: 4 } },
    });
  });
});
