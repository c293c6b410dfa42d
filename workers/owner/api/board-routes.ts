import type { FastifyInstance } from 'fastify';
import type { AnyQueue } from '../../queue-backend.ts';
import { bearsBoardCookie, bearsToken, boardCookie, sameSecret } from './access.ts';
import { signInPage } from './sign-in-page.ts';

type BoardOptions = Parameters<typeof import('@bull-board/api').createBullBoard>[0];

const path = '/board';
const signInAddress = `${path}/sign-in`;
/** The board's own scripts and styles; nothing from elsewhere, and no page may show it in a frame. */
const contentPolicy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'";

/**
 * `/board`: the queue library's own board, for administrators, over the queues in whatever setting. It opens with the token
 * in the `Authorization` header, or in a browser that has given it on the sign-in page. What is done there costs time at
 * worst: the store decides what is done, and the coordinator asks again for what it misses.
 */
export async function boardRoutes(app: FastifyInstance, token: string, queues: readonly AnyQueue[]): Promise<void> {
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  app.addHook('onSend', async (_request, reply) => {
    reply.header('content-security-policy', contentPolicy);
  });
  app.post('/sign-in', async (request, reply) => {
    const given = (request.body as { token?: unknown } | undefined)?.token;
    if (typeof given !== 'string' || !sameSecret(given.trim(), token))
      return reply.code(401).type('text/html; charset=utf-8').send(signInPage(signInAddress, true));
    return reply.header('set-cookie', boardCookie(token, path)).redirect(path, 303);
  });
  // Needed by few and slow to load.
  const [{ createBullBoard }, { BullMQAdapter }, { FastifyAdapter }] = await Promise.all([
    import('@bull-board/api'),
    import('@bull-board/api/bullMQAdapter'),
    import('@bull-board/fastify'),
  ]);
  const serverAdapter = new FastifyAdapter().setBasePath(path);
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue)),
    // Its types come from a copy of the board of its own, of another patch version.
    serverAdapter: serverAdapter as unknown as BoardOptions['serverAdapter'],
    options: { uiConfig: { boardTitle: '水保 Shuibao' } },
  });
  await app.register(async (guarded) => {
    guarded.addHook('onRequest', async (request, reply) => {
      if (bearsToken(request, token) || bearsBoardCookie(request, token)) return;
      const wantsPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
      reply.code(401);
      await (wantsPage
        ? reply.type('text/html; charset=utf-8').send(signInPage(signInAddress, false))
        : reply.send({ error: 'token' }));
    });
    await guarded.register(serverAdapter.registerPlugin());
  });
}
