import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseDocument } from 'yaml';
import { cancelCommand } from '../../cli/commands/cancel.ts';
import { logsCommand } from '../../cli/commands/logs.ts';
import { priorityCommand } from '../../cli/commands/priority.ts';
import { queueCommand } from '../../cli/commands/queue.ts';
import { resumeCommand } from '../../cli/commands/resume.ts';
import { retryCommand } from '../../cli/commands/retry.ts';
import { statusCommand } from '../../cli/commands/status.ts';
import { padded } from '../../cli/text-columns.ts';
import type { Language } from '../../pipeline/messages/text.ts';
import { UserError } from '../../pipeline/messages/user-error.ts';
import type { RunEntry } from '../../workers/owner/run-entry.ts';
import { RunLedger } from '../../workers/owner/run-ledger.ts';
import { RunLog } from '../../workers/owner/run-log.ts';
import { root } from '../workers/support/engine.ts';

describe('the commands about runs, while no owner serves', () => {
  let directory: string;
  let workspace: string;
  let printed: string[];
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'shuibao-cli-'));
    workspace = join(directory, 'work');
    printed = [];
    vi.spyOn(console, 'log').mockImplementation((text: string) => void printed.push(text));
  });
  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(directory, { recursive: true, force: true });
  });

  const runFile = (name: string): string => {
    const document = parseDocument(readFileSync(join(root, 'data-samples', '2024.yaml'), 'utf8'));
    document.set('name', name);
    document.set('workspace', 'work');
    const path = join(directory, `${name}.yaml`);
    writeFileSync(path, String(document));
    return path;
  };

  /** What a command prints. */
  async function say(command: (language: () => Language) => Command, ...args: string[]): Promise<string> {
    printed.length = 0;
    const made = command(() => 'zh')
      .exitOverride()
      .configureOutput({ writeErr: () => {} });
    await made.parseAsync([...args, '--workspace', workspace], { from: 'user' });
    return printed.join('\n');
  }

  const ledgerEntries = () => new RunLedger(workspace).list();

  it('queue runs, list them by priority, and show one by id, name or file', async () => {
    expect(await say(queueCommand)).toContain('队列为空');
    expect(await say(queueCommand, runFile('甲县'), runFile('乙县'))).toMatch(
      /已排队.*甲县（等待 shuibao serve）\n已排队.*乙县/,
    );
    expect(await say(queueCommand, '--priority', '1', runFile('丙县'))).toContain('丙县');
    printed.length = 0;
    await queueCommand(() => 'zh').parseAsync([runFile('甲县'), '--workspace', directory], { from: 'user' });
    expect(printed.join('\n')).toMatch(/甲县（等待 shuibao serve --workspace .*work）$/);
    const list = (await say(queueCommand)).split('\n');
    expect(list.map((line) => /(甲县|乙县|丙县)$/.exec(line)?.[1]).filter(Boolean)).toEqual(['丙县', '甲县', '乙县']);
    expect(list.at(-1)).toContain('没有进程在处理队列');
    const [first] = await ledgerEntries();
    for (const text of [first!.id, first!.id.slice(0, 10), '甲县', '甲', first!.runFile])
      expect(JSON.parse(await say(statusCommand, text, '--json'))).toMatchObject({ id: first!.id, state: 'queued' });
    await expect(say(statusCommand, '2024-')).rejects.toThrow(/several runs fit/);
    await expect(say(statusCommand, '丁县')).rejects.toBeInstanceOf(UserError);
    await expect(say(queueCommand, '--priority', '10', runFile('甲县'))).rejects.toThrow();
  });

  it('queue none of several files when one is wrong', async () => {
    const wrong = join(directory, 'wrong.yaml');
    writeFileSync(wrong, 'shuibao: 1\n');
    await expect(say(queueCommand, runFile('甲县'), wrong)).rejects.toBeInstanceOf(UserError);
    expect(await ledgerEntries()).toEqual([]);
  });

  it('cancel, resume and reorder what waits', async () => {
    await say(queueCommand, runFile('甲县'));
    expect(await say(cancelCommand, '甲县')).toContain('已取消');
    await expect(say(retryCommand, '甲县')).rejects.toThrow(/has not failed/);
    expect(await say(resumeCommand, '甲县')).toContain('排队');
    expect(await say(priorityCommand, '甲县', '2')).toContain('优先级 2');
    expect(await ledgerEntries()).toMatchObject([{ state: 'queued', priority: 2 }]);
  });

  it('say which tile of which layer failed and why, and retry it', async () => {
    await say(queueCommand, runFile('甲县'));
    const [entry] = (await ledgerEntries()) as [RunEntry];
    const found = { zh: '第 3 块无法解码', en: 'block 3 cannot be decoded' };
    const none = { zh: '', en: '' };
    const finding = { code: 'x', severity: 'error', file: 'elevation.tif', found, expected: none, cure: none } as const;
    const failures = [{ task: 'elevation/x001_y002', message: 'x', finding }];
    const counts = { total: 9, done: 5, skipped: 1, failed: 1 };
    await new RunLedger(workspace).write({ ...entry, state: 'failed', failures, counts });
    const page = await say(statusCommand, '甲县');
    expect(page).toContain('elevation/x001_y002  elevation.tif：第 3 块无法解码');
    expect(page).toContain('失败，9 项任务中的 6 项已保留');
    expect(page).toContain(`shuibao retry ${entry.id}`);
    expect(await say(retryCommand, '甲县')).toContain('elevation/x001_y002');
    expect(await ledgerEntries()).toMatchObject([{ state: 'queued' }]);
    expect((await ledgerEntries())[0]).not.toHaveProperty('failures');
  });

  it('show what was running when its owner was killed as what it is', async () => {
    await say(queueCommand, runFile('甲县'));
    const [entry] = (await ledgerEntries()) as [RunEntry];
    await new RunLedger(workspace).write({ ...entry, state: 'running' });
    expect(await say(statusCommand, '甲县')).toMatch(/状态 +排队/);
    await new RunLedger(workspace).write({ ...entry, state: 'running', driver: 'command' });
    expect(await say(statusCommand, '甲县')).toMatch(/状态 +中断/);
    expect(await say(resumeCommand, '甲县')).toContain('排队');
  });

  it('print the log, or its end', async () => {
    await say(queueCommand, runFile('甲县'));
    const [entry] = (await ledgerEntries()) as [RunEntry];
    const log = new RunLog(new RunLedger(workspace).logFile(entry.id));
    for (const text of ['一', '二', '三']) log.note('notice', { zh: text, en: text });
    await log.settled();
    expect((await say(logsCommand, '甲县')).split('\n').map((line) => line.slice(-1))).toEqual(['一', '二', '三']);
    expect((await say(logsCommand, '甲县', '--tail', '1')).slice(-1)).toBe('三');
  });
});

describe('columns', () => {
  it('stand under each other though Chinese characters are twice as wide', () => {
    expect(
      padded([
        ['运行', 'a'],
        ['x', 'b'],
      ]),
    ).toBe('运行  a\nx     b');
  });
});
