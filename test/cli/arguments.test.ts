import { beforeAll, describe, expect, it } from 'vitest';
import { shuibao } from '../end-to-end/support/sample-year.ts';
import { ensureBuilt } from '../workers/support/engine.ts';

describe('the shuibao command', () => {
  beforeAll(ensureBuilt);

  it.each([
    [['run']],
    [['run', 'no-such-file.yaml']],
    [['run', 'data-samples/2024.yaml', '--workers', 'many']],
    [['plan', 'README.md']],
    [['check', 'no-such-file.tif']],
    [['explain', 'data-samples/2024.yaml', '--at', 'somewhere']],
    [['boundaries', 'import']],
    [['no-such-command']],
  ])('answers %j with one or two plain lines and exit code 2', async (args) => {
    const { code, stdout, stderr } = await shuibao(args);
    expect(code).toBe(2);
    const lines = `${stdout}${stderr}`.trim().split('\n');
    expect(lines.length).toBeLessThanOrEqual(2);
    expect(lines.join()).not.toMatch(/^\s+at /m);
    expect(lines[0]).not.toBe('');
  });

  it('speaks the language asked for, before or after the command', async () => {
    const texts = await Promise.all([
      shuibao(['--lang', 'en', 'run', 'no-such-file.yaml']),
      shuibao(['run', 'no-such-file.yaml', '--lang', 'en']),
      shuibao(['run', 'no-such-file.yaml']),
    ]);
    const [before, after, chinese] = texts.map(({ stderr }) => stderr);
    expect(before).toBe(after);
    expect(before).not.toMatch(/[\u4e00-\u9fff]/);
    expect(chinese).toMatch(/[\u4e00-\u9fff]/);
  });
});
