import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { UserError, userError } from '../../pipeline/messages/user-error.ts';
import { closeServer } from '../close-server.ts';
import { type Metric, metricsText } from '../metrics.ts';
import { newToken, publishAddress, removeAddress } from './api-address.ts';
import { type Owner, unknownRun } from './owner.ts';
import { sendEvents } from './api-events.ts';

export interface ApiOptions {
  readonly workspace: string;
  readonly owner: Owner;
  readonly port?: number;
  metrics(): Promise<readonly Metric[]>;
}

export interface Api {
  readonly url: string;
  close(): Promise<void>;
}

const largestBody = 65_536;
const priority = z.int().min(1).max(9);
const wish = z.strictObject({
  runFile: z.string().min(1),
  user: z.string().min(1).max(100),
  check: z.boolean().optional(),
  priority: priority.optional(),
});

/**
 * Answers for the owner of a workspace on this machine alone:
 *   GET  /status, /runs/ID, /events (server-sent), /healthz, /metrics
 *   POST /runs, /runs/ID/cancel, /runs/ID/resume, /runs/ID/priority
 * All but the last two of the first row ask for the token in the workspace.
 */
export async function serveApi(options: ApiOptions): Promise<Api> {
  const token = newToken();
  const server = createServer((request, response) => {
    void route(options, token, request, response).catch((error: unknown) => sendError(response, error));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(portError(error, options.port)));
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await publishAddress(options.workspace, { url, token, pid: process.pid });
  return {
    url,
    async close() {
      await removeAddress(options.workspace);
      await closeServer(server);
    },
  };
}

async function route(options: ApiOptions, token: string, request: IncomingMessage, response: ServerResponse) {
  const { owner } = options;
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const call = `${request.method} ${pathname}`;
  if (call === 'GET /healthz') return sendText(response, 'ok\n');
  if (call === 'GET /metrics') return sendText(response, metricsText(await options.metrics()));
  if (!sameToken(request.headers.authorization, `Bearer ${token}`)) return sendJson(response, 401, { error: 'token' });
  if (call === 'GET /status') return sendJson(response, 200, { pid: process.pid, runs: owner.list() });
  if (call === 'GET /events') return sendEvents(owner, request, response);
  if (call === 'POST /runs') return sendJson(response, 200, await owner.submit(wish.parse(await bodyOf(request))));
  const [, id, action] = /^\/runs\/([\w.-]+)(?:\/(\w+))?$/.exec(pathname) ?? [];
  if (id === undefined) return sendJson(response, 404, { error: 'unknown address' });
  const run = owner.status(id);
  if (!run) throw unknownRun(id);
  if (call === `GET /runs/${id}`) return sendJson(response, 200, run);
  if (request.method === 'POST' && action === 'cancel') return sendJson(response, 200, await owner.cancel(id));
  if (request.method === 'POST' && action === 'resume') return sendJson(response, 200, await owner.resume(id));
  if (request.method === 'POST' && action === 'priority') {
    const wanted = z.strictObject({ priority }).parse(await bodyOf(request));
    return sendJson(response, 200, await owner.setPriority(id, wanted.priority));
  }
  sendJson(response, 404, { error: 'unknown address' });
}

function sameToken(given: string | undefined, expected: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    parts.push(part as Buffer);
    size += (part as Buffer).length;
    if (size > largestBody) throw new RangeError('the request is too large');
  }
  return JSON.parse(Buffer.concat(parts).toString() || '{}');
}

const sendText = (response: ServerResponse, text: string) =>
  response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text);

const sendJson = (response: ServerResponse, status: number, value: unknown) =>
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(value));

function sendError(response: ServerResponse, error: unknown): void {
  if (response.headersSent) response.destroy();
  else if (error instanceof UserError) sendJson(response, 400, { finding: error.finding });
  else if (error instanceof z.ZodError || error instanceof SyntaxError || error instanceof RangeError)
    sendJson(response, 400, { error: error.message });
  else sendJson(response, 500, { error: error instanceof Error ? error.message : String(error) });
}

function portError(error: Error, port: number | undefined): Error {
  if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') return error;
  return userError('port-in-use', `127.0.0.1:${port}`, { zh: '端口已被占用', en: 'the port is in use' }, undefined, {
    zh: '换一个 --port',
    en: 'choose another --port',
  });
}
