import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { RunStatus } from '../live-run.ts';
import { type Owner, unknownRun } from '../owner.ts';

const priority = z.int().min(1).max(9);
const path = z.string().min(1).max(4096);
const hectares = z.number().min(0).max(100_000);
/** What a request may make the owner do is told by files it names; never by tasks or digests of its own. */
const wish = z.strictObject({
  runFile: path,
  comparison: z
    .strictObject({
      previousRunFile: path,
      minimumAreas: z.strictObject({ spoilHectares: hectares, otherHectares: hectares }),
    })
    .optional(),
  user: z.string().min(1).max(100),
  check: z.boolean().optional(),
  priority: priority.optional(),
});
const newPriority = z.strictObject({ priority });
const parameters = z.object({ id: z.string() });

/** The run an address names. */
export function runOf(owner: Owner, params: unknown): RunStatus {
  const { id } = parameters.parse(params);
  const run = owner.status(id);
  if (!run) throw unknownRun(id);
  return run;
}

/** Runs: all, one, its failures, the order of those that wait; asking for one; cancelling, resuming and so on. */
export function runRoutes(app: FastifyInstance, owner: Owner): void {
  app.get('/status', async () => ({ pid: process.pid, runs: owner.list() }));
  app.get('/queue', async () => ({ order: owner.order().map((id) => owner.status(id)) }));
  app.get('/runs/:id', async ({ params }) => runOf(owner, params));
  app.get('/runs/:id/failures', async ({ params }) => {
    const { failures, live } = runOf(owner, params);
    return { failures: failures ?? live?.failures ?? [] };
  });
  app.post('/runs', async ({ body }) => owner.submit(wish.parse(body)));
  app.post('/runs/:id/cancel', async ({ params }) => owner.cancel(runOf(owner, params).id));
  app.post('/runs/:id/resume', async ({ params }) => owner.resume(runOf(owner, params).id));
  app.post('/runs/:id/retry', async ({ params }) => owner.retry(runOf(owner, params).id));
  app.delete('/runs/:id', async ({ params }) => {
    const { id } = runOf(owner, params);
    await owner.forget(id);
    return { id };
  });
  app.post('/runs/:id/priority', async ({ params, body }) =>
    owner.setPriority(runOf(owner, params).id, newPriority.parse(body).priority),
  );
}
