import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArtifactStore } from '../../pipeline/store/artifact-store.ts';
import { openStore } from '../../pipeline/store/open-store.ts';
import type { TaskKey } from '../../pipeline/tasks/task.ts';
import { type FlakyProxy, flakyProxy } from '../support/flaky-proxy.ts';
import { type S3Server, startS3 } from '../support/servers.ts';
import { wovenPlan } from '../support/woven-plan.ts';
import { ensureBuilt, testWorkspace } from './support/engine.ts';

let server: S3Server;
let proxy: FlakyProxy;
beforeAll(async () => {
  ensureBuilt();
  server = await startS3();
  proxy = await flakyProxy(server.port);
});
afterAll(async () => {
  await proxy?.close();
  await server?.stop();
});

async function outputsOf(store: ArtifactStore, keys: Readonly<Record<string, TaskKey>>): Promise<string[]> {
  const records = await Promise.all(Object.values(keys).map((key) => store.completeRecord(key)));
  return records.map((record) => JSON.stringify([record?.id, record?.outputs])).sort();
}

describe('a run over an S3 store', () => {
  it('gives the same digests as over a directory, and stops cleanly when the store is full', async () => {
    const plan = wovenPlan(40);
    const [local, remote] = [testWorkspace(), testWorkspace()];
    const run = { runId: 'woven', name: 'woven', plan };
    const environment = { ...server.environment, S3_ENDPOINT: proxy.url, STORE_URL: 's3://results/woven' };
    try {
      const here = await local.open();
      const expected = await (await here.submit(run)).finished;
      await here.close();
      const childEnvironment = { ...environment, SHUIBAO_TEST_TRACE: remote.trace };
      const there = await remote.open({ environment, childEnvironment });
      let objects = 0;
      proxy.fate = (call) =>
        call.startsWith('PUT') && call.includes('/objects/') && objects++ > 15
          ? { status: 403, code: 'QuotaExceeded' }
          : 'pass';
      const stopped = await (await there.submit(run)).finished;
      expect(stopped.state).toBe('failed');
      expect(stopped.failures[0]?.finding).toMatchObject({ code: 'store-full' });
      expect(stopped.counts.done).toBeGreaterThan(0);
      proxy.fate = () => 'pass';
      const report = await (await there.submit(run)).finished;
      await there.close();
      expect(report).toMatchObject({ state: 'finished', counts: { failed: 0, skipped: stopped.counts.done } });
      expect(report.keys).toEqual(expected.keys);
      const store = openStore(environment.STORE_URL, { environment });
      expect(await outputsOf(store, report.keys)).toEqual(await outputsOf(here.store, expected.keys));
    } finally {
      for (const workspace of [local, remote]) workspace.remove();
    }
  }, 60_000);
});
