import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../pipeline/messages/user-error.ts';
import { openStore } from '../../pipeline/store/open-store.ts';
import { storeDirectory } from '../../workers/store-location.ts';
import { startWorkerProgram } from '../../workers/worker-program.ts';
import { hasRedis, type RedisServer, startRedis } from '../support/servers.ts';
import { ensureBuilt, joinTask, planOf, root, source, testHandlers, testWorkspace } from './support/engine.ts';

beforeAll(ensureBuilt);

describe('the settings of a worker', () => {
  it('name a directory as the store', () => {
    expect(openStore('/srv/store').location).toBe('/srv/store');
    expect(openStore('file:///srv/a%20b').location).toBe('/srv/a b');
    expect(() => openStore('gopher://x/y')).toThrow(UserError);
  });

  it('must name queue and store', async () => {
    const start = (environment: Record<string, string>) => startWorkerProgram({ slots: 1, environment });
    await expect(start({ STORE_URL: '/tmp' })).rejects.toThrow(/REDIS_URL/);
    await expect(start({ REDIS_URL: 'redis://127.0.0.1:1' })).rejects.toThrow(/STORE_URL/);
  });
});

describe.skipIf(!hasRedis)('workers of their own', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server?.stop());

  const startCommand = async (store: string, trace: string) => {
    const child = spawn(
      process.execPath,
      [join(root, 'dist', 'program', 'shuibao.js'), 'worker', '--workers', '1', '--port', '0'],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: {
          ...process.env,
          REDIS_URL: server.url,
          STORE_URL: store,
          SHUIBAO_TASK_REGISTRY: testHandlers,
          SHUIBAO_TEST_TRACE: trace,
        },
      },
    );
    const [text] = (await once(child.stdout, 'data')) as [Buffer];
    const url = /http:\S+/.exec(text.toString())?.[0] ?? '';
    return { child, url, exited: once(child, 'exit') as Promise<[number | null, string | null]> };
  };

  it('share the tasks of an owner that does none itself; one leaves, the other finishes', async () => {
    const workspace = testWorkspace();
    const engine = await workspace.open({ environment: { REDIS_URL: server.url }, slots: 0 });
    const store = storeDirectory(join(workspace.directory, 'workspace'));
    const [one, two] = await Promise.all([startCommand(store, workspace.trace), startCommand(store, workspace.trace)]);
    try {
      expect(await (await fetch(`${one.url}/healthz`)).text()).toBe('ok\n');
      const plan = planOf(...Array.from({ length: 40 }, (_, n) => joinTask(`t${n}`, { in: source(`${n}`) }, 60)));
      const handle = await engine.submit({ runId: 'shared', name: 'shared', plan });
      let done = 0;
      handle.events.on('event', (event) => {
        if (event.type === 'task-finished' && ++done === 12) one.child.kill('SIGTERM');
      });
      const report = await handle.finished;
      expect(report).toMatchObject({ state: 'finished', counts: { total: 40, done: 40, failed: 0 } });
      expect(await one.exited).toEqual([0, null]);
      const executions = workspace.executions();
      // The one that left finished what it had in hand, so that nothing was done twice.
      expect(executions).toHaveLength(40);
      expect(new Set(executions.map((line) => line.split(' ')[1])).size).toBe(2);
      expect(await (await fetch(`${two.url}/metrics`)).text()).toMatch(/^shuibao_tasks_done_total [1-9]\d*$/m);
    } finally {
      two.child.kill('SIGTERM');
      await two.exited;
      await engine.close();
      workspace.remove();
    }
  }, 60_000);

  it('end when their port is taken, and leave nobody at work', async () => {
    const workspace = testWorkspace();
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const child = spawn(
      process.execPath,
      [join(root, 'dist', 'cli', 'main.js'), 'worker', '--workers', '1', '--port', String(port)],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { ...process.env, LANG: 'en', REDIS_URL: server.url, STORE_URL: workspace.directory },
      },
    );
    const [text] = (await once(child.stderr, 'data')) as [Buffer];
    expect(text.toString()).toContain('the port is in use');
    expect(await once(child, 'exit')).toEqual([2, null]);
    taken.close();
    workspace.remove();
  }, 15_000);

  it('hand back what takes too long when they are to leave', async () => {
    const workspace = testWorkspace();
    const environment = { REDIS_URL: server.url };
    const engine = await workspace.open({ environment, slots: 0 });
    const store = storeDirectory(join(workspace.directory, 'workspace'));
    process.env.SHUIBAO_TEST_TRACE = workspace.trace;
    const settings = { slots: 1, environment: { ...environment, STORE_URL: store }, registry: testHandlers };
    const leaving = await startWorkerProgram({ ...settings, graceMilliseconds: 50 });
    const plan = planOf(joinTask('slow', { in: source('s') }, 3_000));
    const handle = await engine.submit({ runId: 'back', name: 'back', plan });
    await new Promise<void>((resolve) => {
      handle.events.on('event', (event) => event.type === 'task-started' && resolve());
    });
    const begun = performance.now();
    await leaving.leave();
    expect(performance.now() - begun).toBeLessThan(1_500);
    const staying = await startWorkerProgram(settings);
    expect((await handle.finished).counts).toMatchObject({ done: 1, failed: 0 });
    await staying.leave();
    await engine.close();
    delete process.env.SHUIBAO_TEST_TRACE;
    workspace.remove();
  });
});
