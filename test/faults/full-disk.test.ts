import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../pipeline/tasks/task.ts';

import { ensureBuilt, planOf, source, type TestWorkspace, testWorkspace } from '../workers/support/engine.ts';

beforeAll(ensureBuilt);

const mount = (...args: string[]) => spawnSync('mount', args, { encoding: 'utf8' });

/** A small disk can be made only by the superuser, and not in every container. */
const canMount = (() => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const probe = testWorkspace();
  const made = mount('-t', 'tmpfs', '-o', 'size=64k', 'shuibao-probe', probe.directory).status === 0;
  if (made) spawnSync('umount', [probe.directory]);
  probe.remove();
  return made;
})();

const bulky = (count: number, bytes: number): Plan =>
  planOf(
    ...Array.from({ length: count }, (_, n) => ({
      id: `bulk/${n}`,
      kind: 'test-bulk',
      parameters: { bytes },
      inputs: { in: source(`bulk${n}`) },
    })),
  );

describe.skipIf(!canMount)('a disk that is full', () => {
  let workspace: TestWorkspace;
  let store: string;
  beforeEach(() => {
    workspace = testWorkspace();
    store = join(workspace.directory, 'workspace', 'store');
  });
  afterEach(() => {
    spawnSync('umount', [store]);
    workspace.remove();
  });

  it('stops the run with a clear message, and the run goes on when there is room again', async () => {
    mkdirSync(store, { recursive: true });
    expect(mount('-t', 'tmpfs', '-o', 'size=3m', 'shuibao-full', store).status).toBe(0);
    const engine = await workspace.open();
    try {
      const plan = bulky(40, 200_000);
      const full = await (await engine.submit({ runId: 'full', name: 'full', plan })).finished;
      expect(full.state).toBe('failed');
      expect(full.failures[0]?.finding).toMatchObject({ code: 'disk-full', file: store });
      // Only tasks handed out before the first refusal was seen can run into it as well; at most sixteen are.
      expect(full.counts.failed).toBeLessThanOrEqual(16);
      expect(full.counts.done + full.counts.failed).toBeLessThan(40);
      expect(full.counts.done).toBeGreaterThan(5);
      const { records } = await engine.store.usage();
      expect(mount('-o', 'remount,size=32m', store).status).toBe(0);
      const resumed = await (await engine.submit({ runId: 'full', name: 'full', plan })).finished;
      expect(resumed).toMatchObject({ state: 'finished', counts: { total: 40, skipped: records, done: 40 - records } });
      for (const key of Object.values(resumed.keys)) {
        const record = await engine.store.completeRecord(key);
        expect(record!.outputs.bulk!.bytes).toBe(200_000);
      }
    } finally {
      await engine.close();
    }
  });
});
