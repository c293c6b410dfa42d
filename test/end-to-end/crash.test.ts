import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../workers/support/engine.ts';
import { shuibao, yearOfSuite } from './support/sample-year.ts';

const tile = 'elevation/x001_y000';
const exclaimed = (text: string) => text.split('\n').filter((line) => line.includes(tile));

describe('a tile whose file crashes the process that reads it', () => {
  const year = yearOfSuite({ size: 240, tileSize: 128, plain: true });

  const run = (name: string, crashes: number) => {
    const crashed = join(year().directory, `${name}.crashed`);
    const finished = shuibao(['run', '--no-check', '--workers', '1', year().withWorkspace(name)], {
      SHUIBAO_TASK_REGISTRY: join(root, 'test', 'end-to-end', 'support', 'brittle-handlers.mjs'),
      SHUIBAO_TEST_CRASH: tile,
      SHUIBAO_TEST_CRASHES: String(crashes),
      SHUIBAO_TEST_CRASHED: crashed,
    });
    return finished.then((end) => ({ ...end, deaths: readFileSync(crashed, 'utf8').length }));
  };

  it('is tried again, alone, when it was chance', async () => {
    const end = await run('once', 1);
    expect(end).toMatchObject({ code: 0, deaths: 1 });
    expect(exclaimed(end.stderr)).toEqual([
      expect.stringMatching(/^重试 +elevation\/x001_y000 +region\/elevation\.tif：计算 .* 的进程意外退出（SIGSEGV）/),
    ]);
  }, 120_000);

  it('fails alone when it repeats, by the names of file and tile; run again once mended, the rest is done', async () => {
    const end = await run('always', 99);
    expect(end).toMatchObject({ code: 2, deaths: 3 });
    const last = exclaimed(end.stderr).at(-1)!;
    expect(last).toMatch(/^elevation\/x001_y000 +region\/elevation\.tif：计算 .* 的进程意外退出（SIGSEGV）；.*check/);
    const [, total, kept] = /(\d+) 项任务中 1 项失败，(\d+) 项已保留/.exec(end.stderr)!.map(Number);
    expect(kept).toBeGreaterThan(3);
    expect(end.stderr).not.toMatch(/ at .*\.js:\d+/);
    const status = await shuibao(['status', '--workspace', join(year().directory, 'always'), '2024-']);
    expect(status.stdout).toContain(last);
    const again = await run('always', 3);
    expect(again).toMatchObject({ code: 0, deaths: 3 });
    expect(again.stderr).toContain(`本次完成 ${total! - kept!}，已有 ${kept}`);
    expect(year().manifest('always')).toBe(year().manifest('once'));
  }, 180_000);
});
