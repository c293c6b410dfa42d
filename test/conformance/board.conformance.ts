import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../workers/engine.ts';
import { readAddress } from '../../workers/owner/api/address.ts';
import { type Api, serveApi } from '../../workers/owner/api/server.ts';
import type { Owner } from '../../workers/owner/owner.ts';
import {
  ended,
  fakeYears,
  ledgerOf,
  startOwner,
  workspaceDirectory,
  writeRunFile,
} from '../workers/owner/support/owner.ts';
import { joinTask, planOf, source, type TestWorkspace, testWorkspace } from '../workers/support/engine.ts';

interface BoardQueue {
  readonly name: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly jobs: readonly { readonly name: string; readonly returnValue: unknown }[];
}

/** What the administrators' board must show and refuse, whatever the queue is made of. */
export function boardConformance(name: string, environment: () => Readonly<Record<string, string>>): void {
  describe(`the board over ${name}`, () => {
    let workspace: TestWorkspace;
    let engine: Engine;
    let owner: Owner;
    let api: Api;
    let token: string;
    beforeAll(async () => {
      workspace = testWorkspace();
      engine = await workspace.open({ environment: environment() });
      const plan = planOf(...Array.from({ length: 6 }, (_, n) => joinTask(`t${n}`, { in: source(`${n}`) })));
      owner = await startOwner(
        workspace,
        engine,
        fakeYears(() => plan),
      );
      const directory = workspaceDirectory(workspace);
      const ledger = ledgerOf(workspace);
      api = await serveApi({ workspace: directory, owner, ledger, queues: engine.queues, health: engine });
      token = (await readAddress(directory))!.token;
    });
    afterAll(async () => {
      await api?.close();
      await owner?.stop();
      await engine?.close();
      workspace?.remove();
    });
    const signIn = (given: string) =>
      fetch(`${api.url}/board/sign-in`, {
        method: 'POST',
        body: new URLSearchParams({ token: given }),
        redirect: 'manual',
      });
    const cookieOf = async () => (await signIn(token)).headers.getSetCookie()[0]!.split(';')[0]!;

    it('shows the queues and their jobs to who gives the token', async () => {
      const { id } = await owner.submit({ runFile: writeRunFile(workspace, 'seen'), user: 'u' });
      expect(await ended(owner, id)).toMatchObject({ state: 'finished' });
      const cookie = await cookieOf();
      const page = await fetch(`${api.url}/board`, { headers: { cookie } });
      expect(page.headers.get('content-type')).toMatch(/html/);
      expect(await page.text()).toContain('水保 Shuibao');
      const address = `${api.url}/board/api/queues?activeQueue=tasks&status=completed&page=1`;
      for (const headers of [new Headers({ cookie }), new Headers({ authorization: `Bearer ${token}` })]) {
        const { queues } = (await (await fetch(address, { headers })).json()) as { queues: BoardQueue[] };
        expect(queues.map((queue) => queue.name)).toEqual(engine.queues.map((queue) => queue.name));
        expect(queues[0]!.counts.completed).toBeGreaterThanOrEqual(6);
        expect(queues[0]!.counts.completed).toBe(await engine.queues[0]!.getCompletedCount());
        expect(queues[0]!.jobs[0]).toMatchObject({ name: expect.stringMatching(/^t\d$/) });
      }
    });

    it('asks a browser to sign in, and keeps the board from any other', async () => {
      const page = await fetch(`${api.url}/board`, { headers: { accept: 'text/html' } });
      expect(page.status).toBe(401);
      expect(await page.text()).toContain('<form method="post" action="/board/sign-in">');
      for (const wrong of ['', 'x', token.slice(1), ` ${token}0`]) {
        const refused = await signIn(wrong);
        expect(refused.status).toBe(401);
        expect(refused.headers.getSetCookie()).toEqual([]);
      }
      const cookie = await cookieOf();
      for (const wrong of [`shuibao-board=${token}`, cookie.slice(0, -1), `x${cookie}`])
        expect((await fetch(`${api.url}/board/api/queues`, { headers: { cookie: wrong } })).status).toBe(401);
    });

    it('opens with its cookie nothing but itself, and changes nothing for other pages', async () => {
      const set = (await signIn(token)).headers.getSetCookie()[0]!;
      expect(set).toMatch(/; Path=\/board; HttpOnly; SameSite=Strict$/);
      expect(set).not.toContain(token);
      const cookie = set.split(';')[0]!;
      expect((await fetch(`${api.url}/status`, { headers: { cookie } })).status).toBe(401);
      const pause = (origin: string) =>
        fetch(`${api.url}/board/api/queues/tasks/pause`, { method: 'PUT', headers: { cookie, origin } });
      expect((await pause('http://127.0.0.1:1')).status).toBe(401);
      expect(await engine.queues[0]!.isPaused()).toBe(false);
      expect((await pause(api.url)).status).toBe(200);
      expect(await engine.queues[0]!.isPaused()).toBe(true);
      await engine.queues[0]!.resume();
    });
  });
}
