import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

// (func (export "count") (param i32) (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
const module = [
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 1, 127, 0, 3, 2, 1, 0, 7, 9, 1, 5, 99, 111, 117, 110, 116, 0, 0],
  ...[10, 16, 1, 14, 0, 3, 64, 32, 0, 65, 1, 107, 34, 0, 13, 0, 11, 11],
];

const budget = pathToFileURL('dist/pipeline/kernels/tiering-budget.js').href;

/** Prints what a process of its own does. */
const printedBy = (program: string, ...options: string[]): string =>
  execFileSync(process.execPath, [...options, '--input-type=module', '--eval', program], { encoding: 'utf8' });

/** How often V8's better compiler is used in a process of its own that counts for long. */
function betterCompilations(before: string): number {
  const program = `
    import { compileOnce } from ${JSON.stringify(budget)};
    ${before}
    const { instance } = await WebAssembly.instantiate(new Uint8Array(${JSON.stringify(module)}));
    for (let turn = 0; turn < 20; turn++) {
      instance.exports.count(1e7);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }`;
  return (printedBy(program, '--trace-wasm-compilation-times').match(/using TurboFan/g) ?? []).length;
}

test('a function is compiled once when asked so while V8 runs, and again otherwise', () => {
  expect(betterCompilations('compileOnce();')).toBe(0);
  expect(betterCompilations('')).toBeGreaterThan(0);
});

/** True where V8 compiles a function a second time in a process that calls it so often, a thousand rounds of a loop each time. */
function isOptimised(calls: number, before: string): boolean {
  const program = `
    import { optimiseLater } from ${JSON.stringify(budget)};
    ${before}
    let sum = 0;
    function work(rounds) {
      for (let round = 0; round < rounds; round++) sum += round & 3;
    }
    for (let call = 0; call < ${calls}; call++) {
      work(1000);
      await new Promise(setImmediate);
    }`;
  return /compiling method 0x\w+ <JSFunction work\b/.test(printedBy(program, '--trace-opt'));
}

test('a function of JavaScript is compiled a second time later when asked so, but is', () => {
  expect(isOptimised(5, '')).toBe(true);
  expect(isOptimised(5, 'optimiseLater();')).toBe(false);
  expect(isOptimised(1000, 'optimiseLater();')).toBe(true);
});
