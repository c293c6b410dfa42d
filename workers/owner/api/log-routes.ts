import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Owner } from '../owner.ts';
import type { RunLedger } from '../run-ledger.ts';
import { followRunLog, readRunLog } from '../run-log.ts';
import type { EventStreams } from './event-stream.ts';
import { runOf } from './run-routes.ts';

const mostLines = 10_000;
const query = z.strictObject({
  tail: z.coerce.number().int().min(0).max(mostLines).default(mostLines),
  follow: z.enum(['true', 'false']).default('false'),
});

/** `GET /runs/ID/log?tail=N`: the last lines of a run's log; with `follow=true` as events, to the end of the run. */
export function logRoutes(app: FastifyInstance, owner: Owner, ledger: RunLedger, streams: EventStreams): void {
  app.get('/runs/:id/log', async (request, reply) => {
    const { id } = runOf(owner, request.params);
    const { tail, follow } = query.parse(request.query);
    const file = ledger.logFile(id);
    if (follow === 'false') return { lines: await readRunLog(file, tail) };
    const stream = streams.open(reply);
    const isOver = async () => !owner.isUnderWay(id);
    for await (const line of followRunLog(file, { tail, isOver, signal: stream.left })) stream.send('line', line);
    stream.send('end', { state: owner.status(id)?.state });
    stream.end();
    return reply;
  });
}
