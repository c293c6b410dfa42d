import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../workers/engine.ts';
import { diamond, ensureBuilt, testWorkspace } from './support/engine.ts';

beforeAll(ensureBuilt);

describe('a run of the engine', () => {
  const workspace = testWorkspace();
  let engine: Engine;
  beforeAll(async () => {
    engine = await workspace.open();
  });
  afterAll(async () => {
    await engine?.close();
    workspace.remove();
  });

  it('does a diamond of tasks in order', async () => {
    const handle = await engine.submit({ runId: 'diamond', name: 'diamond', plan: diamond() });
    const report = await handle.finished;
    expect(report.state).toBe('finished');
    expect(report.counts).toEqual({ total: 4, done: 4, skipped: 0, failed: 0 });
    const record = await engine.store.readRecord(report.keys.d!);
    const bytes = await engine.store.readBytes(record!.outputs.text!.digest);
    expect(new TextDecoder().decode(bytes)).toBe('d(b(a(x))+c(a(x)))');
  });
});
