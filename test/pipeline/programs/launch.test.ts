import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { builtProgram } from '../../../pipeline/programs/built-program.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'shuibao-launch-'));
  mkdirSync(join(directory, 'program'));
  write('greet.cjs', 'exports.greet = (name) => `hello ${name}`;');
  write(
    'main.cjs',
    `const { greet } = require('./greet.cjs');
     exports.default = greet(__filename.endsWith('main.cjs') ? 'main' : 'nobody');
     exports.ready = Promise.resolve().then(async () => {
       const { basename } = await $import('node:path');
       if (require.resolve('node:fs') !== 'node:fs') throw new Error('no require of Node');
       if (process.argv[2] === 'fail') throw new Error('from ' + basename(__dirname));
       if (process.argv[2] === 'flags') require('node:v8').setFlagsFromString('--no-wasm-tier-up');
     });`,
  );
  const launcher = join(dirname(builtProgram('shuibao')), 'launch.js');
  write(
    'start.mjs',
    `import { launch } from ${JSON.stringify(launcher)};
     console.log((await launch(import.meta.url, 'main')).default);`,
  );
});
afterEach(() => rmSync(directory, { recursive: true }));

function write(name: string, text: string): void {
  writeFileSync(join(directory, 'program', name), text);
}

function start(work = 'work', environment = {}) {
  const env = { ...process.env, SHUIBAO_CACHE: join(directory, 'cache'), ...environment };
  return spawnSync(process.execPath, [join(directory, 'program', 'start.mjs'), work], { encoding: 'utf8', env });
}

function kept(): Buffer | undefined {
  const code = join(directory, 'cache', 'code');
  try {
    const [place] = readdirSync(code);
    return readFileSync(join(code, place!, 'main'));
  } catch {
    return undefined;
  }
}

const times = (): unknown => {
  const content = kept()!;
  return JSON.parse(content.subarray(4, 4 + content.readUInt32LE()).toString()).kept;
};

test('a program does the same with its code kept, without and with damaged code', () => {
  expect(start('work', { NODE_DISABLE_COMPILE_CACHE: '1' }).stdout).toBe('hello main\n');
  expect(kept()).toBeUndefined();
  for (const round of [1, 2, 3, 4, 5]) {
    expect(start().stdout, `start ${round}`).toBe('hello main\n');
    // From the fourth start on nothing is missing and nothing is written.
    expect(times(), `start ${round}`).toEqual({ work: Math.min(round, 3) });
  }
  const whole = kept()!;
  const [place] = readdirSync(join(directory, 'cache', 'code'));
  const path = join(directory, 'cache', 'code', place!, 'main');
  const damaged = Buffer.from(whole);
  damaged[damaged.length - 100]! ^= 255;
  writeFileSync(path, damaged);
  expect(start().stdout).toBe('hello main\n');
  // It was missed, and is there again.
  expect(times()).toEqual({ work: 4 });
});

test('a changed file is compiled anew', () => {
  start();
  write('greet.cjs', 'exports.greet = (name) => `adieu ${name}`;');
  expect(start().stdout).toBe('adieu main\n');
  expect(times()).toEqual({ work: 1 });
});

test('code is kept for the flags of the start, whatever flags the program has set meanwhile', () => {
  for (const round of [1, 2, 3, 4, 5]) {
    start('flags');
    expect(times()).toEqual({ flags: Math.min(round, 3) });
  }
});

test('a program that fails to start tells why, by lines of its files', () => {
  for (const cached of [false, true]) {
    const { stderr, status } = start('fail');
    expect(status, `${cached}`).toBe(1);
    expect(stderr).toMatch(/Error: from program\n\s+at file:\/\/\S+\/main\.cjs:6:\d+/);
  }
});

test('a cache that cannot be written is done without', () => {
  writeFileSync(join(directory, 'cache'), 'no directory');
  const { stdout, stderr, status } = start();
  expect({ stdout, stderr, status }).toEqual({ stdout: 'hello main\n', stderr: '', status: 0 });
});
