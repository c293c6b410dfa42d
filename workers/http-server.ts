import { isIP } from 'node:net';
import { type FastifyInstance, type FastifyReply, fastify } from 'fastify';
import { z } from 'zod';
import { UserError, userError } from '../pipeline/messages/user-error.ts';

const largestBodyBytes = 65_536;
const longestParameter = 128;
/** A caller that takes longer to send its request is cut off. */
const requestMilliseconds = 15_000;
const largestConnections = 256;

const isLoopback = (host: string): boolean => host === '::1' || host === 'localhost' || /^127\./.test(host);

/**
 * A server for the few small requests this program answers. Errors are JSON: `finding` when the user can mend it, `error`
 * otherwise; never a stack. What is larger or slower than any honest request is refused.
 */
export function newHttpServer(): FastifyInstance {
  const app = fastify({
    bodyLimit: largestBodyBytes,
    requestTimeout: requestMilliseconds,
    routerOptions: { maxParamLength: longestParameter },
    forceCloseConnections: true,
    frameworkErrors: (error, _request, reply) => {
      const answer = reply as FastifyReply;
      void answer.code(error.statusCode ?? 400).send({ error: error.message });
    },
  });
  app.server.maxConnections = largestConnections;
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: 'unknown address' }));
  app.setErrorHandler((error, _request, reply) => {
    const [status, body] = errorAnswer(error);
    return reply.code(status).send(body);
  });
  app.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff').header('x-frame-options', 'DENY');
    reply.header('referrer-policy', 'no-referrer').header('cache-control', 'no-store');
  });
  return app;
}

function errorAnswer(error: unknown): [number, object] {
  if (error instanceof UserError) return [error.finding.code === 'run-unknown' ? 404 : 400, { finding: error.finding }];
  if (error instanceof z.ZodError) return [400, { error: error.issues.map(issueLine).join('; ') }];
  const { statusCode, message } = error as { statusCode?: number; message?: string };
  const status = statusCode !== undefined && statusCode >= 400 && statusCode < 500 ? statusCode : 500;
  return [status, { error: message || String(error) }];
}

const issueLine = ({ path, message }: z.core.$ZodIssue): string =>
  path.length > 0 ? `${path.join('.')}: ${message}` : message;

/**
 * Begins to listen.
 * @param host - address to listen on; requests to a loopback address must also be meant for it, or a page of any web site
 *   could reach this server through a name of its own
 * @returns where the server is reached from this machine
 * @throws UserError when the port is taken or the address is not this machine's
 */
export async function listen(app: FastifyInstance, host: string, port: number): Promise<string> {
  if (isLoopback(host)) {
    app.addHook('onRequest', async (request, reply) => {
      if (isLoopback(request.hostname.replace(/^\[|\]$/g, ''))) return;
      await reply.code(421).send({ error: 'this address answers to names of this machine only' });
    });
  }
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw placeError(error, host, port);
  }
  const bound = app.server.address() as { address: string; port: number };
  const everywhere = bound.address === '0.0.0.0' || bound.address === '::';
  const name = everywhere ? '127.0.0.1' : isIP(bound.address) === 6 ? `[${bound.address}]` : bound.address;
  return `http://${name}:${bound.port}`;
}

function placeError(error: unknown, host: string, port: number): unknown {
  const { code } = error as NodeJS.ErrnoException;
  const place = `${host}:${port}`;
  if (code === 'EADDRINUSE')
    return userError('port-in-use', place, { zh: '端口已被占用', en: 'the port is in use' }, undefined, {
      zh: '换一个 --port',
      en: 'choose another --port',
    });
  if (code === 'EACCES')
    return userError('port-refused', place, { zh: '无权使用该端口', en: 'the port may not be used' }, undefined, {
      zh: '换一个大于 1023 的 --port',
      en: 'choose a --port above 1023',
    });
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return userError('host-unknown', place, { zh: '本机没有这个地址', en: 'this machine has no such address' });
  return error;
}
