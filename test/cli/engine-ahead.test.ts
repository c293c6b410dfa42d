import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EngineAhead } from '../../cli/engine-ahead.ts';
import { ensureBuilt } from '../workers/support/engine.ts';

let workspace: string;
beforeEach(() => {
  ensureBuilt();
  workspace = mkdtempSync(join(tmpdir(), 'shuibao-ahead-'));
});
afterEach(() => rmSync(workspace, { recursive: true, force: true }));

const isOwned = () => existsSync(join(workspace, 'owner.lock'));

test('an engine opens in a used workspace at once, in a new one when the run is not refused, and never where nothing changed', async () => {
  const listeners = process.listenerCount('SIGINT');
  const unchanged = new EngineAhead(workspace, { workers: 1 });
  unchanged.allow();
  expect(await unchanged.take()).toBeUndefined();
  await unchanged.close();

  const refused = new EngineAhead(workspace, { workers: 1 });
  refused.prepare();
  await refused.close();
  expect(readdirSync(workspace)).toEqual([]);

  const allowed = new EngineAhead(workspace, { workers: 1 });
  allowed.prepare();
  allowed.allow();
  expect(await allowed.take()).toBeDefined();
  expect(isOwned()).toBe(true);
  await allowed.close();
  expect(isOwned()).toBe(false);

  const used = new EngineAhead(workspace, { workers: 1 });
  used.prepare();
  expect(process.listenerCount('SIGINT')).toBe(listeners + 1);
  expect(await used.take()).toBeDefined();
  await used.close();
  expect([isOwned(), process.listenerCount('SIGINT')]).toEqual([false, listeners]);
}, 60_000);
