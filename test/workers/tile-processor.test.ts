import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it, vi } from 'vitest';
import { builtProgram } from '../../pipeline/programs/built-program.ts';
import { tileProcessesOf } from '../faults/support/programs.ts';
import { ensureBuilt } from './support/engine.ts';

beforeAll(ensureBuilt);

it('ends when its parent has been killed, though it has errors to tell before it hears of that', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'shuibao-orphan-'));
  const store = join(directory, 'store');
  const registry = join(directory, 'registry.mjs');
  // Whoever waits like this hears nothing meanwhile.
  const waiting = `const parent = process.ppid;
    while (process.ppid === parent) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    setImmediate(() => { throw new Error('nobody hears this'); });
    export const taskHandlers = [];`;
  writeFileSync(registry, waiting);
  const child = `require('node:child_process').fork(${JSON.stringify(builtProgram('tile-processor'))}, [], { stdio: 'pipe' })`;
  const parent = spawn(process.execPath, ['--eval', child], {
    stdio: 'ignore',
    env: { ...process.env, SHUIBAO_STORE: store, SHUIBAO_TASK_REGISTRY: registry },
  });
  const ended = once(parent, 'exit');
  const orphans = () => tileProcessesOf(store).filter((pid) => pid !== parent.pid);
  try {
    await vi.waitFor(() => expect(orphans()).toHaveLength(1), 10_000);
    // Long enough for the child to have come to its registry.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    parent.kill('SIGKILL');
    await ended;
    await vi.waitFor(() => expect(orphans()).toEqual([]), 5_000);
  } finally {
    for (const pid of orphans()) process.kill(pid, 'SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  }
});
