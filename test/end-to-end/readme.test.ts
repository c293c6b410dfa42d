import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { generateRegion } from '../../data-samples/generate-region.ts';
import { ensureBuilt, root } from '../workers/support/engine.ts';

const run = promisify(execFile);
const readmes = ['README.md', 'README.zh-CN.md'] as const;
const text = (name: string) => readFileSync(join(root, name), 'utf8');

/** Lines of the code blocks marked `sh`. */
const commandsOf = (name: string): string[] =>
  [...text(name).matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) => block!.trim().split('\n'));

const demo = join(root, 'scripts', 'demo');

describe('the README', () => {
  beforeAll(async () => {
    ensureBuilt();
    await generateRegion(join(root, 'data-samples', 'region'));
  }, 120_000);

  it('has the same commands in both languages', () => {
    expect(commandsOf('README.zh-CN.md')).toEqual(commandsOf('README.md'));
    expect(commandsOf('README.md').length).toBeGreaterThanOrEqual(4);
  });

  it('names folders and files that are there', () => {
    for (const name of readmes) {
      for (const [, folder] of text(name).matchAll(/^\| `([a-z-]+)\/`/gm))
        expect(existsSync(join(root, folder!)), folder).toBe(true);
      for (const [, link] of text(name).matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g))
        expect(existsSync(join(root, link!)), link).toBe(true);
      expect(text(name)).toContain('scripts/demo');
    }
    expect(existsSync(demo)).toBe(true);
  });

  it('has commands that work, and the numbers they give', async () => {
    let last = '';
    for (const command of commandsOf('README.md')) {
      const { stdout } = await run('bash', ['-c', command], {
        cwd: root,
        env: { ...process.env, LANG: 'zh_CN.UTF-8', LC_ALL: '' },
        maxBuffer: 1 << 24,
      });
      expect(stdout.trim(), command).not.toBe('');
      last = stdout;
    }
    expect(last).toContain('与成果栅格中的数值完全一致');
    const results = join(root, 'data-samples', 'results', '2024');
    const summary = readFileSync(join(results, 'summary_2024.txt'), 'utf8');
    for (const number of ['59.10', '163.53', '399.78']) {
      expect(summary).toContain(number);
      for (const name of readmes) expect(text(name)).toContain(number);
    }
    const { outputs } = JSON.parse(readFileSync(join(results, 'manifest.json'), 'utf8')) as {
      outputs: { file: string }[];
    };
    for (const name of readmes)
      for (const [, file] of text(name).matchAll(/`([A-Za-z]+_2024\.[a-z]+)`/g))
        expect([...outputs.map((output) => output.file), 'manifest.json'], `${name}: ${file}`).toContain(file);
  }, 300_000);
});
