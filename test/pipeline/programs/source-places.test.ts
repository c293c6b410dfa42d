import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { builtProgram } from '../../../pipeline/programs/built-program.ts';
import { inSources } from '../../../pipeline/programs/source-places.ts';

const program = pathToFileURL(builtProgram('tile-processor')).href;
/** What the few lines at that place launch. */
const code = program.replace(/\.js$/, '.cjs');

/** What a process of a tile throws that is not told where its store is. */
function stackOfProgram(): string {
  const script = `import(${JSON.stringify(program)}).catch(({ stack }) => { console.log(stack); process.exit(); })`;
  const { SHUIBAO_STORE: _, ...env } = process.env;
  return execFileSync(process.execPath, ['--eval', script], { encoding: 'utf8', env });
}

test('places in a built program are told as lines of its sources', () => {
  const stack = stackOfProgram();
  expect(stack).toContain(code);
  const told = inSources(stack);
  expect(told).not.toContain(code);
  const [, path, line] = /\((\/\S+\/workers\/tile-processor\.ts):(\d+):\d+\)/.exec(told)!;
  expect(readFileSync(path!, 'utf8').split('\n')[Number(line) - 1]).toContain('throw new Error(`${name} is not set`)');
});

test('places of other files stay as they are', () => {
  const stack = `Error: x\n    at f (file:///nowhere/a.js:1:2)\n    at node:internal/main:3:4\n    at g (/nowhere/b.js:5:6)`;
  expect(inSources(stack)).toBe(stack);
});
