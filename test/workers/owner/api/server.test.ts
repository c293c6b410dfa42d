import { existsSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../../../pipeline/messages/user-error.ts';
import type { Plan } from '../../../../pipeline/tasks/task.ts';
import type { Engine } from '../../../../workers/engine.ts';
import { readAddress } from '../../../../workers/owner/api/address.ts';
import { isUnreachable, OwnerClient } from '../../../../workers/owner/api/client.ts';
import { type Api, serveApi } from '../../../../workers/owner/api/server.ts';
import type { Owner } from '../../../../workers/owner/owner.ts';
import { ensureBuilt, joinTask, planOf, source, type TestWorkspace, testWorkspace } from '../../support/engine.ts';
import { ended, fakeYears, ledgerOf, startOwner, workspaceDirectory, writeRunFile } from '../support/owner.ts';

beforeAll(ensureBuilt);

const eight = planOf(...Array.from({ length: 8 }, (_, n) => joinTask(`t${n}`, { in: source(`${n}`) }, 20)));
const slow = planOf(joinTask('slow', { in: source('s') }, 2_000));

describe('the interface of an owner', () => {
  let workspace: TestWorkspace;
  let engine: Engine;
  let owner: Owner;
  let api: Api;
  let client: OwnerClient;
  let authorization: string;
  const sheet = () => join(workspace.directory, 'sheet');
  const brittle = (): Plan =>
    planOf(...eight.tasks, {
      id: 'elevation/x001_y002',
      kind: 'test-needs-file',
      parameters: { path: sheet() },
      inputs: { in: source('e') },
    });
  beforeAll(async () => {
    workspace = testWorkspace();
    engine = await workspace.open();
    const years = fakeYears((runFile) =>
      runFile.includes('brittle') ? brittle() : runFile.includes('waits') ? slow : eight,
    );
    owner = await startOwner(workspace, engine, years);
    const directory = workspaceDirectory(workspace);
    expect(await OwnerClient.find(directory)).toBeUndefined();
    const ledger = ledgerOf(workspace);
    api = await serveApi({ workspace: directory, owner, ledger, queues: engine.queues, health: engine });
    client = (await OwnerClient.find(directory))!;
    authorization = `Bearer ${(await readAddress(directory))!.token}`;
  });
  afterAll(async () => {
    await api?.close();
    await owner?.stop();
    await engine?.close();
    workspace?.remove();
  });
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(api.url + path, { ...init, headers: { authorization, ...init.headers } });
  const post = (path: string, body: string, headers = { 'content-type': 'application/json' }) =>
    ask(path, { method: 'POST', body, headers });

  it('answers only those who can read the workspace', async () => {
    const file = join(workspaceDirectory(workspace), 'api.json');
    expect(statSync(file).mode & 0o077).toBe(0);
    const paths = [
      '/status',
      '/queue',
      '/events',
      '/runs/x',
      '/runs/x/log',
      '/runs/x/failures',
      '/board',
      '/board/api/queues',
    ];
    for (const wrong of [
      '',
      'Bearer x',
      authorization.slice(0, -1),
      `${authorization}0`,
      authorization.toUpperCase(),
    ]) {
      const headers = { authorization: wrong };
      for (const path of paths) expect([path, (await ask(path, { headers })).status]).toEqual([path, 401]);
      for (const path of ['/runs', '/runs/x/cancel', '/runs/x/retry'])
        expect((await ask(path, { method: 'POST', headers })).status).toBe(401);
      expect((await ask('/board/api/queues/tasks/pause', { method: 'PUT', headers })).status).toBe(401);
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

  it('tells which tile failed and why, retries only that, and lets its log be followed to the end', async () => {
    const { id } = await client.submit({ runFile: writeRunFile(workspace, 'brittle'), user: 'u' });
    await expect(client.retry(id)).rejects.toThrow(/has not failed/);
    const following = (await ask(`/runs/${id}/log?follow=true`)).text();
    expect(await ended(owner, id)).toMatchObject({ state: 'failed' });
    const { failures } = (await (await ask(`/runs/${id}/failures`)).json()) as { failures: unknown };
    expect(failures).toMatchObject([{ task: 'elevation/x001_y002', finding: { code: 'test-missing' } }]);
    const followed = await following;
    expect(followed).toMatch(/event: line\ndata: .*elevation\/x001_y002/);
    expect(followed.trimEnd()).toMatch(/event: end\ndata: {"state":"failed"}$/);
    const { lines } = (await (await ask(`/runs/${id}/log?tail=1`)).json()) as { lines: unknown[] };
    expect(lines).toHaveLength(1);
    expect(followed).toContain(JSON.stringify(lines[0]));
    writeFileSync(sheet(), '');
    await client.retry(id);
    expect(await ended(owner, id)).toMatchObject({ state: 'finished', counts: { total: 9, skipped: 8, done: 1 } });
    expect(await (await ask(`/runs/${id}/failures`)).json()).toMatchObject({ failures: [] });
  });

  it('tells the order of what waits, which a priority changes', async () => {
    const names = ['waits-a', 'waits-b', 'waits-c'];
    const wishes = names.map((name) => ({ runFile: writeRunFile(workspace, name), user: 'one' }));
    const ids: string[] = [];
    for (const wish of wishes) ids.push((await client.submit(wish)).id);
    const order = async () => {
      const { order: waiting } = (await (await ask('/queue')).json()) as { order: { id: string }[] };
      return waiting.map(({ id }) => id);
    };
    await client.setPriority(ids[2]!, 6);
    await client.setPriority(ids[1]!, 7);
    expect(await order()).toEqual([ids[2], ids[1]]);
    for (const id of [ids[1]!, ids[2]!, ids[0]!]) await client.cancel(id);
    expect(await order()).toEqual([]);
  });

  it('forgets a run that has ended, and lets it be asked for anew', async () => {
    const wish = { runFile: writeRunFile(workspace, 'forgotten'), user: 'one' };
    const { id } = await client.submit(wish);
    await expect(client.forget(id)).rejects.toThrow(/has not ended/);
    await client.cancel(id);
    await client.forget(id);
    expect((await client.list()).map((run) => run.id)).not.toContain(id);
    await expect(client.forget(id)).rejects.toThrow(/no such run/);
    expect(existsSync(ledgerOf(workspace).directoryOf(id))).toBe(false);
    expect((await client.submit(wish)).id).toBe(id);
    await client.cancel(id);
  });

  it('passes errors of the user’s files on and refuses what it does not understand', async () => {
    const none = { runFile: join(workspace.directory, 'none.yaml'), user: 'u' };
    await expect(client.submit(none)).rejects.toBeInstanceOf(UserError);
    await expect(client.cancel('2024-none')).rejects.toBeInstanceOf(UserError);
    const [{ id }] = (await client.list()) as unknown as [{ id: string }];
    await expect(client.setPriority(id, 0)).rejects.toThrow(/priority/);
    await expect(client.setPriority(id, 2)).resolves.toMatchObject({ priority: 2 });
  });

  it('refuses hostile requests without a word about itself, and goes on', async () => {
    const statusOf = async (answer: Promise<Response>) => {
      const { status, text } = await answer.then(async (got) => ({ status: got.status, text: await got.text() }));
      expect(text).not.toMatch(/node_modules|\.ts:|\.js:|at \w/);
      return status;
    };
    expect(await statusOf(post('/runs', '{'))).toBe(400);
    expect(await statusOf(post('/runs', ''))).toBe(400);
    expect(await statusOf(post('/runs', '[]'))).toBe(400);
    expect(await statusOf(post('/runs', '{"__proto__": {"user": "u"}, "runFile": "x"}'))).toBe(400);
    expect(await statusOf(post('/runs', '{"runFile": "x", "user": "u", "more": 1}'))).toBe(400);
    expect(await statusOf(post('/runs', '{"runFile": "\\u0000", "user": "u"}'))).toBe(400);
    expect(await statusOf(post('/runs', '{"runFile": "/dev/zero", "user": "u"}'))).toBe(400);
    // Files may be named; tasks, digests and paths of the client's own choosing within a plan may not.
    const previousRunFile = writeRunFile(workspace, 'earlier');
    const minimumAreas = { spoilHectares: 0.1, otherHectares: 1 };
    for (const comparison of [
      {},
      { previousRunFile },
      { previousRunFile, minimumAreas: { ...minimumAreas, spoilHectares: -1 } },
      { previousRunFile, minimumAreas: { ...minimumAreas, spoilHectares: 1e9 } },
      { previousRunFile, minimumAreas: { spoilHectares: 0.1 } },
      { previousRunFile, minimumAreas, plan: { versions: {}, tasks: [] } },
      { previousRunFile: join(workspace.directory, 'none.yaml'), minimumAreas },
      { previousRunFile: '/dev/zero', minimumAreas },
    ]) {
      const body = JSON.stringify({ runFile: writeRunFile(workspace, 'now'), user: 'u', comparison });
      expect([comparison, await statusOf(post('/runs', body))]).toEqual([comparison, 400]);
    }
    expect(await statusOf(post('/runs', '{}', { 'content-type': 'text/xml' }))).toBe(415);
    expect(await statusOf(post('/runs', JSON.stringify({ runFile: 'x'.repeat(100_000) })))).toBe(413);
    expect(await statusOf(ask('/runs/..%2F..%2Fetc%2Fpasswd'))).toBe(404);
    expect(await statusOf(ask('/runs/%00/log'))).toBe(404);
    expect(await statusOf(ask('/runs/%/log'))).toBe(400);
    expect(await statusOf(ask(`/runs/${'x'.repeat(200)}`))).toBe(414);
    expect(await statusOf(ask(`/${'x'.repeat(20_000)}`))).toBe(431);
    const [{ id }] = (await client.list()) as unknown as [{ id: string }];
    for (const query of ['tail=-1', 'tail=1e9', 'tail=x', 'follow=maybe', 'file=/etc/passwd', 'tail=1&tail=2'])
      expect([query, await statusOf(ask(`/runs/${id}/log?${query}`))]).toEqual([query, 400]);
    expect(await statusOf(ask('/status', { method: 'DELETE' }))).toBe(404);
    expect((await ask('/healthz')).status).toBe(200);
  });

  it('does not answer to the names of other machines, which a page of a web site might give this one', async () => {
    const answer = await raw(`GET /healthz HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 421 /);
    expect(await raw(`GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)).toMatch(/ 200 OK/);
    expect(await raw('nonsense\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /);
  });

  it('ends listeners beyond the number it can serve, and takes new ones when others have left', async () => {
    const leaving = new AbortController();
    const listen = () => ask('/events', { signal: leaving.signal });
    const statuses = (await Promise.all(Array.from({ length: 70 }, listen))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(64);
    expect(statuses.filter((status) => status === 429)).toHaveLength(6);
    leaving.abort();
    await expect.poll(async () => (await ask('/runs/none/log?follow=true')).status).toBe(404);
    const later = new AbortController();
    await expect.poll(async () => (await ask('/events', { signal: later.signal })).status).toBe(200);
    later.abort();
  });

  it('tells health and figures without a token', async () => {
    expect(await (await fetch(`${api.url}/healthz`)).text()).toBe('ok\n');
    const text = await (await fetch(`${api.url}/metrics`)).text();
    expect(text).toMatch(/^shuibao_tasks_done_total [1-9]\d*$/m);
    expect(text).toMatch(/^shuibao_runs\{state="failed"\} 0$/m);
    expect(text).toMatch(/^shuibao_queue_tasks\{state="active"\} 0$/m);
    expect(text).toMatch(/^# TYPE shuibao_tasks_done_total counter$/m);
  });

  it('is said not to answer when it is gone, in one line', async () => {
    const gone = new OwnerClient({ url: 'http://127.0.0.1:9', token: 't', pid: 42 });
    await expect(gone.list()).rejects.toThrow(/^http:.*42 does not answer/);
    await expect(gone.news(new AbortController().signal).next()).rejects.toSatisfy(isUnreachable);
  });

  it('is left when it falls silent, also in the middle of its news', async () => {
    const frozen = createServer((request, reply) => {
      if (request.url === '/events') reply.writeHead(200).write(': still here\n\n');
    });
    await new Promise<void>((resolve) => frozen.listen(0, '127.0.0.1', resolve));
    const { port } = frozen.address() as AddressInfo;
    const silent = new OwnerClient({ url: `http://127.0.0.1:${port}`, token: 't', pid: 42 }, 100);
    await expect(silent.list()).rejects.toSatisfy(isUnreachable);
    await expect(silent.news(new AbortController().signal).next()).rejects.toSatisfy(isUnreachable);
    frozen.closeAllConnections();
    await new Promise((resolve) => frozen.close(resolve));
  });

  it('says so when its port is taken or its address is none', async () => {
    const { port } = new URL(api.url);
    const other = { workspace: workspace.directory, owner, ledger: ledgerOf(workspace), queues: [], health: engine };
    await expect(serveApi({ ...other, port: Number(port) })).rejects.toThrow(/port is in use/);
    await expect(serveApi({ ...other, host: '192.0.2.1' })).rejects.toThrow(/no such address/);
  });

  it('lets other machines in when it is told to, by whatever name they know this one', async () => {
    const { directory } = workspace;
    const open = await serveApi({
      workspace: directory,
      owner,
      ledger: ledgerOf(workspace),
      queues: [],
      health: engine,
      host: '0.0.0.0',
    });
    try {
      expect(new URL(open.url).hostname).toBe('127.0.0.1');
      const answer = await raw('GET /healthz HTTP/1.1\r\nHost: queue.example\r\nConnection: close\r\n\r\n', open.url);
      expect(answer).toMatch(/ 200 OK/);
      expect((await fetch(`${open.url}/status`, { headers: { authorization } })).status).toBe(401);
    } finally {
      await open.close();
    }
  });

  /** What the server answers to these very bytes. */
  const raw = (bytes: string, url = api.url) =>
    new Promise<string>((resolve, reject) => {
      const { hostname, port } = new URL(url);
      const socket = connect(Number(port), hostname, () => socket.write(bytes));
      let text = '';
      socket.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      socket.once('close', () => resolve(text)).once('error', reject);
    });
});
