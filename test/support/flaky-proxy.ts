import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What becomes of a request: it passes, is answered with a status, or its answer is cut off after so many bytes. */
export type Fate = 'pass' | { readonly status: number; readonly code?: string } | { readonly cutAfter: number };

export interface FlakyProxy {
  readonly url: string;
  /** Requests seen so far, `GET /bucket/key`. */
  readonly seen: string[];
  /** Decides about each request; all pass by default. */
  fate: (call: string, request: IncomingMessage) => Fate;
  close(): Promise<void>;
}

/** Stands between a client and a server on this machine and does harm as told. */
export async function flakyProxy(port: number): Promise<FlakyProxy> {
  const server = createServer((request, response) => {
    const call = `${request.method} ${request.url}`;
    proxy.seen.push(call);
    const fate = proxy.fate(call, request);
    if (fate !== 'pass' && 'status' in fate) return refuse(request, response, fate.status, fate.code ?? 'Refused');
    const { method, url: path, headers } = request;
    const onward = forward({ port, host: '127.0.0.1', method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      if (fate === 'pass') answer.pipe(response);
      else cut(answer, response, fate.cutAfter);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: FlakyProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen: [],
    fate: () => 'pass',
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return proxy;
}

function refuse(request: IncomingMessage, response: ServerResponse, status: number, code: string): void {
  request.resume();
  response.writeHead(status, { 'content-type': 'application/xml' }).end(`<Error><Code>${code}</Code></Error>`);
}

function cut(answer: IncomingMessage, response: ServerResponse, after: number): void {
  let sent = 0;
  answer.on('data', (chunk: Buffer) => {
    const rest = chunk.subarray(0, Math.max(0, after - sent));
    sent += rest.length;
    response.write(rest, () => sent >= after && response.destroy());
  });
}
