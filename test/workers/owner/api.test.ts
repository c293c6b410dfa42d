import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../../pipeline/messages/user-error.ts';
import type { Engine } from '../../../workers/engine.ts';
import { OwnerClient } from '../../../workers/owner/api-client.ts';
import { type Api, serveApi } from '../../../workers/owner/api-server.ts';
import type { Owner } from '../../../workers/owner/owner.ts';
import { ensureBuilt, joinTask, planOf, source, type TestWorkspace, testWorkspace } from '../support/engine.ts';
import { fakeYears, startOwner, workspaceDirectory, writeRunFile } from './support/owner.ts';

beforeAll(ensureBuilt);

describe('the local interface of an owner', () => {
  let workspace: TestWorkspace;
  let engine: Engine;
  let owner: Owner;
  let api: Api;
  let client: OwnerClient;
  beforeAll(async () => {
    workspace = testWorkspace();
    engine = await workspace.open();
    const plan = planOf(...Array.from({ length: 8 }, (_, n) => joinTask(`t${n}`, { in: source(`${n}`) }, 20)));
    owner = await startOwner(
      workspace,
      engine,
      fakeYears(() => plan),
    );
    const directory = workspaceDirectory(workspace);
    expect(await OwnerClient.find(directory)).toBeUndefined();
    api = await serveApi({ workspace: directory, owner, metrics: () => engine.metrics() });
    client = (await OwnerClient.find(directory))!;
  });
  afterAll(async () => {
    await api?.close();
    await owner?.stop();
    await engine?.close();
    workspace?.remove();
  });

  it('answers only those who can read the workspace', async () => {
    const file = join(workspaceDirectory(workspace), 'api.json');
    expect(statSync(file).mode & 0o077).toBe(0);
    for (const headers of [new Headers(), new Headers({ authorization: 'Bearer x' })]) {
      expect((await fetch(`${api.url}/status`, { headers })).status).toBe(401);
      expect((await fetch(`${api.url}/runs`, { method: 'POST', body: '{}', headers })).status).toBe(401);
    }
    expect(new URL(api.url).hostname).toBe('127.0.0.1');
  });

  it('queues a run and tells of it until it has ended', async () => {
    const leave = new AbortController();
    const { id } = await client.submit({ runFile: writeRunFile(workspace, 'heard'), user: 'u' });
    const heard = new Map<string, number>();
    let last: Awaited<ReturnType<OwnerClient['status']>> | undefined;
    for await (const news of client.news(leave.signal)) {
      const what = news.type === 'event' ? news.event.type : news.run.state;
      heard.set(what, (heard.get(what) ?? 0) + 1);
      if (news.type === 'event' && news.event.type === 'run-ended') expect(news.event.report.keys).toEqual({});
      if (news.type !== 'status' || news.run.state !== 'finished') continue;
      last = news.run;
      break;
    }
    expect(last).toMatchObject({ id, counts: { total: 8, done: 8 }, user: 'u' });
    expect(heard.get('run-ended')).toBe(1);
    expect(heard.get('task-finished')).toBe(8);
    expect(await client.list()).toHaveLength(1);
    expect(await client.status(id)).toMatchObject({ state: 'finished' });
  });

  it('passes errors of the user’s files on and refuses what it does not understand', async () => {
    await expect(client.submit({ runFile: join(workspace.directory, 'none.yaml'), user: 'u' })).rejects.toBeInstanceOf(
      UserError,
    );
    await expect(client.cancel('2024-none')).rejects.toBeInstanceOf(UserError);
    const [{ id }] = (await client.list()) as unknown as [{ id: string }];
    await expect(client.setPriority(id, 0)).rejects.toThrow(/priority/);
    await expect(client.setPriority(id, 2)).resolves.toMatchObject({ priority: 2 });
  });

  it('tells health and figures without a token', async () => {
    expect(await (await fetch(`${api.url}/healthz`)).text()).toBe('ok\n');
    const text = await (await fetch(`${api.url}/metrics`)).text();
    expect(text).toMatch(/^shuibao_tasks_done_total 8$/m);
    expect(text).toMatch(/^shuibao_queue_tasks\{state="active"\} 0$/m);
    expect(text).toMatch(/^# TYPE shuibao_tasks_done_total counter$/m);
  });
});
