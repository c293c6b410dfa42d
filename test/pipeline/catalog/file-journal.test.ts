import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FileJournal } from '../../../pipeline/catalog/file-journal.ts';
import { journalConformance } from '../../conformance/journal.conformance.ts';
import { registerConformance } from '../../conformance/register.conformance.ts';

let directory: string;
let journal: FileJournal;
const entry = (n: number) => ({ at: `2024-10-0${n}T00:00:00Z`, by: '张', kind: 'note', body: { n, text: '图斑' } });

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'shuibao-journal-'));
  journal = new FileJournal(join(directory, 'journal', 'journal.jsonl'));
  await journal.append([entry(1), entry(2)]);
  await journal.append([entry(3)]);
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

journalConformance('a file', async () => {
  const path = join(mkdtempSync(join(directory, 'each-')), 'journal.jsonl');
  return {
    open: () => new FileJournal(path),
    async tamper(sequence, harm) {
      const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
      if (harm === 'remove') lines.splice(sequence - 1, 1);
      else lines[sequence - 1] = lines[sequence - 1]!.replace(/"n":\d+/, '"n":99');
      writeFileSync(path, `${lines.join('\n')}\n`);
    },
  };
});

registerConformance('a journal in a file', async () => {
  const path = join(mkdtempSync(join(directory, 'each-')), 'journal.jsonl');
  return () => new FileJournal(path);
});

describe('journal in a file', () => {
  test.each<[string, (lines: string[]) => string[]]>([
    ['changed', (lines) => lines.map((line) => line.replace('"n":2', '"n":9'))],
    ['taken out', (lines) => lines.filter((_, at) => at !== 1)],
    ['moved', ([a, b, c]) => [b!, a!, c!]],
    ['unreadable', ([a, , c]) => [a!, '{', c!]],
    ['taken out at the start', (lines) => lines.slice(1)],
  ])('notices an entry that was %s', async (_, tamper) => {
    const lines = readFileSync(journal.place, 'utf8').trimEnd().split('\n');
    writeFileSync(journal.place, `${tamper(lines).join('\n')}\n`);
    await expect(journal.read()).rejects.toThrow(/entry [12]/);
    await expect(journal.append([entry(4)])).rejects.toThrow(/entry [12]/);
  });

  test('forgets a last line that was never finished, and goes on after it', async () => {
    appendFileSync(journal.place, '{"sequence":4,"at":"2024-');
    expect(await journal.read()).toHaveLength(3);
    await journal.append([entry(5)]);
    expect((await journal.read()).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
  });

  test('takes over from an owner that is gone, and waits for one that is not', async () => {
    writeFileSync(`${journal.place}.lock`, '2147483600');
    await journal.append([entry(4)]);
    writeFileSync(`${journal.place}.lock`, String(process.pid));
    const waiting = journal.append([entry(5)]);
    expect(await Promise.race([waiting, setTimeout(200, 'waits')])).toBe('waits');
    expect(await journal.read()).toHaveLength(4);
    await expect(new FileJournal(journal.place, 50).append([entry(5)])).rejects.toThrow(/another process/);
    rmSync(`${journal.place}.lock`);
    expect((await waiting)[0]!.sequence).toBe(5);
  });

  test('lets many take over from one that is gone without getting in each other’s way', async () => {
    for (let round = 0; round < 10; round++) {
      writeFileSync(`${journal.place}.lock`, '2147483600');
      // Each a few steps behind the one before, so that some see the dead lock while others replace it.
      const late = async (n: number) => {
        for (let step = 0; step < n * round; step++) await setImmediate();
        await new FileJournal(journal.place).append([entry(4)]);
      };
      await Promise.all(Array.from({ length: 8 }, (_, n) => late(n)));
    }
    expect(await journal.read()).toHaveLength(83);
    expect(readdirSync(dirname(journal.place))).toEqual(['journal.jsonl']);
  });
});
