import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { decisionMeanings, decisionNames } from '../../models/disturbance/rules/decisions.ts';
import { type DecisionRow, readDecisions } from '../../pipeline/exchange/read-decisions.ts';
import { decidePatches } from '../../pipeline/supervision/decide-patches.ts';
import type { JsonValue } from '../../pipeline/tasks/task.ts';
import { canonicalJson, sha256 } from '../../pipeline/tasks/task-key.ts';
import { type BoxRegister, boxBoundary, boxDraft, boxRegister } from './boxes.ts';

const desk = { enteredBy: '录入员', today: '2024-11-30' };
const at = '2024-11-30T09:00:00Z';
let boxes: BoxRegister;

beforeEach(async () => {
  boxes = boxRegister();
  await boxes.importBoundaries([boxBoundary('A', [0, 0, 200, 200])], '2024-01-01');
  // One spills over the range, one lies far from all, one is too small to need a plan.
  await boxes.keep('2024-09', [
    boxDraft('007', [100, 0, 300, 100]),
    boxDraft('008', [90_000, 0, 90_200, 100]),
    boxDraft('009', [95_000, 0, 95_050, 50]),
  ]);
  return () => boxes.remove();
});

const row = (patch: string, decision: string, more: Partial<DecisionRow> = {}): DecisionRow => ({
  row: 1,
  patch,
  decision,
  reason: '现场查看',
  ...more,
});
const decide = (rows: readonly DecisionRow[]) => decidePatches(boxes.register, rows, desk, at);
const codeOf = async (each: DecisionRow) => (await decide([each])).refused[0]?.error.finding.code;

describe('a decision', () => {
  test('keeps what was looked at: both clocks, versions, verdict and the card', async () => {
    const batch = (await boxes.register.batches())[0]!;
    const patch = batch.patches.find(({ number }) => number === '007')!;
    const stated = { by: '李', fieldReview: '2024-11-02', decidedOn: '2024-11-05', document: '川水函〔2024〕9号' };
    await decide([row('007', '超出防治责任范围', stated)]);
    const entry = (await boxes.register.journal.read()).at(-1)!;
    expect(entry).toMatchObject({ kind: 'patches.decide', by: '李', at });
    expect(entry.body).toMatchObject({
      ...{ patch: '007', batch: '2024-09', decision: '超出防治责任范围', unlawful: true, reason: '现场查看' },
      ...{ document: '川水函〔2024〕9号', fieldReview: '2024-11-02', decidedOn: '2024-11-05', enteredBy: '录入员' },
      ...{ imageDate: '2024-09-12', knownOn: '2024-10-01', boundaries: ['A@1'], supersedes: null },
      proposed: {
        verdict: '疑似超出防治责任范围',
        rule: 'HG-04@1',
        rules: 'supervision-2024@1',
        card: sha256(canonicalJson(patch.judgement.card as unknown as JsonValue)),
      },
    });
    const { content } = entry.body as { content: string };
    expect(await boxes.register.batchAt(content)).toEqual(batch);
  });

  test('that takes the place of another leaves it in the history', async () => {
    await decide([row('007', '疑似超出防治责任范围')]);
    const second = await decide([row('007', '合规', { reason: '范围图已更新', by: '赵' })]);
    expect(second.replaced.get('007')).toMatchObject({ by: '录入员', decision: '疑似超出防治责任范围' });
    const { decisions, current } = (await boxes.register.decisions()).of('007');
    expect(decisions.map(({ decision, by, supersedes }) => [decision, by, supersedes])).toEqual([
      ['疑似超出防治责任范围', '录入员', null],
      ['合规', '赵', decisions[0]!.sequence],
    ]);
    expect(current).toBe(decisions[1]);
    // Saying it again says nothing new.
    const again = await decide([row('007', '合规', { reason: '范围图已更新', by: '赵' })]);
    expect(again).toEqual({ decided: [], unchanged: 1, refused: [], replaced: new Map() });
  });

  test('drops 疑似 with a field review only, made between the image and the decision', async () => {
    for (const [decision, { needs }] of Object.entries(decisionMeanings))
      expect(await codeOf(row('008', decision))).toBe(needs === 'nothing' ? undefined : 'decision-field-review');
    const reviewed = (fieldReview: string) => row('008', '未批先建', { fieldReview, decidedOn: '2024-11-05' });
    expect(await codeOf(reviewed('2024-09-11'))).toBe('decision-field-review-day');
    expect(await codeOf(reviewed('2024-11-06'))).toBe('decision-field-review-day');
    expect(await codeOf(reviewed('2024-11-05'))).toBeUndefined();
  });

  test('that no plan is needed fits the land and the earthwork found', async () => {
    const exempt = (patch: string, earthworkCubicMetres?: number) =>
      codeOf(
        row(patch, '可不编报方案', {
          fieldReview: '2024-11-02',
          ...(earthworkCubicMetres === undefined ? {} : { earthworkCubicMetres }),
        }),
      );
    expect(await exempt('009')).toBe('decision-earthwork');
    expect(await exempt('009', 1000)).toBe('decision-plan-needed');
    expect(await exempt('008', 0)).toBe('decision-plan-needed');
    expect(await exempt('009', 999.9)).toBeUndefined();
  });

  test('in the words of either language, or in both as pages show them, is written down in the official ones', async () => {
    const wordings = new Set<string>();
    for (const [official, { en }] of Object.entries(decisionNames)) {
      for (const words of [official, en, en.toUpperCase(), ` ${en.replaceAll(' ', '  ')} `, `${official}（${en}）`]) {
        const stated = { fieldReview: '2024-11-02', earthworkCubicMetres: 10, reason: words };
        const { decided, refused } = await decide([row('009', words, stated)]);
        expect(refused).toEqual([]);
        expect(decided.map(({ decision }) => decision)).toEqual([official]);
        wordings.add(words);
      }
    }
    expect(wordings.size).toBe(5 * Object.keys(decisionMeanings).length);
    expect(await decide([row('008', 'Compliant')])).toMatchObject({ decided: [{ unlawful: false }] });
    expect(await decide([row('008', '合规')])).toMatchObject({ decided: [], unchanged: 1 });
  });

  test('that is none is told with the words of both languages and the nearest', async () => {
    const { finding } = (await decide([row('007', 'start without aproval')])).refused[0]!.error;
    for (const text of [finding.expected.zh, finding.expected.en])
      for (const [official, { en }] of Object.entries(decisionNames)) expect(text).toContain(`${official} (${en})`);
    expect(finding.cure.en).toBe('did you mean “start without approval”?');
    // The name of a verdict that only the program proposes is none.
    expect(await codeOf(row('007', 'boundary to be verified'))).toBe('decision-unknown');
  });

  test('must be one, have a reason and a day, and be about a patch there is', async () => {
    expect(await codeOf(row('007', '违规'))).toBe('decision-unknown');
    expect(await codeOf(row('007', '合规', { reason: ' ' }))).toBe('decision-reason');
    expect(await codeOf(row('007', '合规', { decidedOn: '2024-12-01' }))).toBe('decision-day');
    expect(await codeOf(row('007', '合规', { decidedOn: '2024-09-11' }))).toBe('decision-day');
    expect(await codeOf(row('7', '合规'))).toBe('patch-missing');
    expect(await codeOf(row('007', '合规', { batch: '2024-08' }))).toBe('patch-missing');
    expect((await boxes.register.decisions()).of('007').decisions).toEqual([]);
  });
});

test('decisions of a table: leading zeros stay, faulty rows are kept aside, the rest is one write', async () => {
  const path = join(boxes.workspace, '认定.csv');
  const lines = [
    '图斑编号,认定结论,理由,现场复核日期,土石方,认定人',
    '007,合规,"范围图已更新，见附件",,,李',
    '008,Start without approval,现场无方案,2024/11/3,,李',
    '009,可不编报方案,零星占地,2024-11-03,很多,李',
    '7,合规,无此图斑,,,李',
    '007,已批,重复,,,李',
    ',合规,没有编号,,,李',
  ];
  writeFileSync(path, `\ufeff${lines.join('\r\n')}\r\n`);
  const { rows, refused } = await readDecisions(path);
  expect(refused.map(({ row: at }) => at)).toEqual([3, 6]);
  const result = await decide(rows);
  expect(result.decided.map(({ patch, decision, fieldReview }) => [patch, decision, fieldReview])).toEqual([
    ['007', '合规', null],
    ['008', '未批先建', '2024-11-03'],
  ]);
  expect(result.decided[0]!.reason).toBe('范围图已更新，见附件');
  expect(result.refused.map(({ row: at, error }) => [at, error.finding.code])).toEqual([
    [4, 'patch-missing'],
    [5, 'decision-twice'],
  ]);
  expect(readFileSync(boxes.register.journal.place, 'utf8').match(/patches\.decide/g)).toHaveLength(2);
  expect(await decide(rows)).toMatchObject({ decided: [], unchanged: 2 });
});

describe('a table of decisions', () => {
  const write = (name: string, content: string | Buffer): string => {
    const path = join(boxes.workspace, name);
    writeFileSync(path, content);
    return path;
  };
  const text = '图斑编号,认定结论,理由\r\n007,合规,现场查看\r\n';

  test('is read in the encodings that office programs write', async () => {
    const bigEndian = Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
    const gbk = execFileSync('iconv', ['-f', 'utf-8', '-t', 'gbk'], { input: text });
    const encoded = [text, `\uFEFF${text}`, gbk, Buffer.from(`\uFEFF${text}`, 'utf16le'), bigEndian];
    for (const [at, content] of encoded.entries()) {
      const { rows } = await readDecisions(write(`${at}.csv`, content));
      expect(rows.map(({ patch, decision, reason }) => [patch, decision, reason])).toEqual([
        ['007', '合规', '现场查看'],
      ]);
    }
  });

  test('has headings in the words of either language, or those of official fields', async () => {
    for (const heading of [
      '图斑编号,认定结论,理由',
      'QDNM,BYD,MEMO',
      'Patch,Decision,Reason',
      'patch number,decision,reason',
    ]) {
      const { rows } = await readDecisions(write('headings.csv', `${heading}\n007,合规,现场查看\n`));
      expect(rows).toEqual([{ row: 1, patch: '007', decision: '合规', reason: '现场查看' }]);
    }
  });

  test('that is none is refused in one line', async () => {
    execFileSync('mkfifo', [join(boxes.workspace, 'pipe.csv')]);
    const cases: readonly (readonly [string, string | Buffer | undefined, string])[] = [
      ['认定结果.CSV', undefined, 'file-missing'],
      ['pipe.csv', undefined, 'file-not-plain'],
      ['empty.csv', '', 'file-empty'],
      ['blank.csv', '\r\n', 'table-no-heading'],
      ['heading.csv', text.split('\r\n')[0]!, 'table-no-rows'],
      ['columns.csv', '编号,结论\n007,合规\n', 'column-missing'],
      ['binary.csv', Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), 'table-not-text'],
    ];
    for (const [name, content, code] of cases) {
      const path = content === undefined ? join(boxes.workspace, name) : write(name, content);
      await expect(readDecisions(path)).rejects.toMatchObject({ finding: { code, file: name } });
    }
    write('认定结果.csv', text);
    await expect(readDecisions(join(boxes.workspace, '认定结果.CSV'))).rejects.toMatchObject({
      finding: { cure: { zh: '是否应为“认定结果.csv”？' } },
    });
  });
});
