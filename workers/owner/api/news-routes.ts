import type { FastifyInstance } from 'fastify';
import type { Owner, OwnerNews } from '../owner.ts';
import type { EventStreams } from './event-stream.ts';

/** `GET /events`: the news of all runs as server-sent events, beginning with the state of each, until the listener leaves. */
export function newsRoutes(app: FastifyInstance, owner: Owner, streams: EventStreams): void {
  app.get('/events', async (_request, reply) => {
    const stream = streams.open(reply);
    const send = (news: OwnerNews) => stream.send(news.type, withoutKeys(news));
    for (const run of owner.list()) send({ type: 'status', run });
    stream.left.addEventListener('abort', owner.subscribe(send), { once: true });
    return reply;
  });
}

/** The keys of all tasks are for the program; a listener can do without their megabytes. */
function withoutKeys(news: OwnerNews): OwnerNews {
  if (news.type !== 'event' || news.event.type !== 'run-ended') return news;
  return { type: 'event', event: { ...news.event, report: { ...news.event.report, keys: {} } } };
}
