import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Plan } from '../../pipeline/tasks/task.ts';
import type { Engine } from '../../workers/engine.ts';
import type { RunEvent } from '../../workers/run-events.ts';
import { tileProcessesOf } from '../faults/support/programs.ts';
import { diamond, ensureBuilt, joinTask, planOf, source, testWorkspace } from './support/engine.ts';

beforeAll(ensureBuilt);

const hungry = (name: string, count: number, bytes: number, kind = 'test-memory'): Plan =>
  planOf(
    ...Array.from({ length: count }, (_, n) => ({
      id: `${name}${n}`,
      kind,
      parameters: { bytes },
      inputs: { in: source(`${name}${n}`) },
    })),
  );

describe('an engine', () => {
  const workspace = testWorkspace();
  const events: RunEvent[] = [];
  let engine: Engine;
  const open = () =>
    workspace.open({ slots: 1, childMemoryLimitBytes: 250_000_000, onEvent: (event) => void events.push(event) });
  beforeAll(async () => {
    engine = await open();
  });
  afterAll(async () => {
    await engine?.close();
    workspace.remove();
  });
  const run = async (runId: string, plan: Plan) => (await engine.submit({ runId, name: runId, plan })).finished;
  const processesOf = (name: string) =>
    workspace
      .executions()
      .filter((line) => line.startsWith(name))
      .map((line) => line.split(' ')[1]);

  it('starts its processes before there are tasks where work is said to come', async () => {
    const early = testWorkspace();
    const processes = () => tileProcessesOf(join(early.directory, 'workspace', 'store'));
    const opened = await early.open({ slots: 2, warm: 1 });
    try {
      await vi.waitFor(() => expect(processes()).toHaveLength(1), 10_000);
      const [first] = processes();
      await (await opened.submit({ runId: 'early', name: 'early', plan: planOf(joinTask('a', { in: source('x') })) }))
        .finished;
      expect(processes()).toEqual([first]);
    } finally {
      await opened.close();
      expect(processes()).toEqual([]);
      early.remove();
    }
  });

  it('does a diamond of tasks in order', async () => {
    const report = await run('diamond', diamond());
    expect(report.state).toBe('finished');
    expect(report.counts).toEqual({ total: 4, done: 4, skipped: 0, failed: 0 });
    const record = await engine.store.readRecord(report.keys.d!);
    const bytes = await engine.store.readBytes(record!.outputs.text!.digest);
    expect(new TextDecoder().decode(bytes)).toBe('d(b(a(x))+c(a(x)))');
  });

  it('does only the tasks that a changed input reaches', async () => {
    const plan = (left: string) =>
      planOf(joinTask('left', { in: source(left) }), joinTask('right', { in: source('r') }), {
        id: 'length',
        kind: 'test-length',
        parameters: {},
        inputs: { a: { task: 'left', output: 'text' }, b: { task: 'right', output: 'text' } },
      });
    expect((await run('before', plan('one'))).counts.done).toBe(3);
    expect((await run('after', plan('two'))).counts).toEqual({ total: 3, done: 2, skipped: 1, failed: 0 });
    expect(processesOf('right ')).toHaveLength(1);
  });

  it('keeps a process as long as it is small and replaces it between two tasks when it has grown', async () => {
    await run('small', hungry('small', 4, 1_000));
    expect(new Set(processesOf('small')).size).toBe(1);
    const report = await run('large', hungry('large', 3, 300_000_000));
    expect(report).toMatchObject({ state: 'finished', counts: { done: 3, failed: 0 } });
    expect(new Set(processesOf('large')).size).toBe(3);
  });

  it('replaces a process in which a file read whole has left much, though it may be larger', async () => {
    const roomy = testWorkspace();
    const opened = await roomy.open({ slots: 1, childMemoryLimitBytes: 2e9 });
    const processes = async (name: string, bytes: number, kind: string) => {
      await (await opened.submit({ runId: name, name, plan: hungry(name, 3, bytes, kind) })).finished;
      const lines = roomy.executions().filter((line) => line.startsWith(name));
      expect(lines).toHaveLength(3);
      return new Set(lines.map((line) => line.split(' ')[1])).size;
    };
    try {
      expect(await processes('short', 1_000, 'test-whole-file')).toBe(1);
      expect(await processes('tile', 120_000_000, 'test-memory')).toBe(1);
      expect(await processes('whole', 400_000_000, 'test-whole-file')).toBe(3);
    } finally {
      await opened.close();
      roomy.remove();
    }
  });

  it('moves a database that does not open aside, says so, and finds all that was done', async () => {
    await engine.close();
    const database = join(workspace.directory, 'workspace', 'database');
    writeFileSync(join(database, 'PG_VERSION'), 'nonsense');
    writeFileSync(join(database, 'global', 'pg_control'), '');
    engine = await open();
    expect(events.some((event) => event.type === 'notice' && /rebuilt/.test(event.text.en))).toBe(true);
    expect(existsSync(database)).toBe(true);
    expect(readdirSync(join(database, '..')).some((name) => name.startsWith('database.damaged-'))).toBe(true);
    expect((await run('diamond', diamond())).counts).toEqual({ total: 4, done: 0, skipped: 4, failed: 0 });
  });
});
