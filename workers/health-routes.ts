import type { FastifyInstance } from 'fastify';
import { type Metric, metricsText } from './metrics.ts';
import { within } from './within.ts';

export interface Health {
  /** Undefined when all is well, else what is not. */
  complaint(): Promise<string | undefined>;
  metrics(): Promise<readonly Metric[]>;
}

const patienceMilliseconds = 2_000;
const plainText = 'text/plain; version=0.0.4; charset=utf-8';

/** `GET /healthz`: 200 while all is well, else 503; `GET /metrics`: figures for Prometheus. Both without a token. */
export function healthRoutes(app: FastifyInstance, health: Health): void {
  app.get('/healthz', async (_request, reply) => {
    const complaint = await within(patienceMilliseconds, health.complaint()).catch(() => 'the queue does not answer');
    return reply
      .code(complaint === undefined ? 200 : 503)
      .type(plainText)
      .send(`${complaint ?? 'ok'}\n`);
  });
  app.get('/metrics', async (_request, reply) => reply.type(plainText).send(metricsText(await health.metrics())));
}
