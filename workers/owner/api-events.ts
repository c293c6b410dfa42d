import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Owner, OwnerNews } from './owner.ts';

const keepAliveMilliseconds = 15_000;
/** A listener that does not read must not fill the memory with what it has missed. */
const largestBacklogBytes = 4_000_000;

/** Sends the news of an owner's runs as server-sent events until the listener leaves. */
export function sendEvents(owner: Owner, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
  const send = (news: OwnerNews) => {
    if (response.writableLength > largestBacklogBytes) response.destroy();
    else response.write(`event: ${news.type}\ndata: ${JSON.stringify(withoutKeys(news))}\n\n`);
  };
  for (const run of owner.list()) send({ type: 'status', run });
  const unsubscribe = owner.subscribe(send);
  const keepAlive = setInterval(() => response.write(': still here\n\n'), keepAliveMilliseconds);
  const end = () => {
    clearInterval(keepAlive);
    unsubscribe();
  };
  request.once('close', end);
  response.once('close', end);
}

/** The keys of all tasks are for the program; a listener can do without their megabytes. */
function withoutKeys(news: OwnerNews): OwnerNews {
  if (news.type !== 'event' || news.event.type !== 'run-ended') return news;
  return { type: 'event', event: { ...news.event, report: { ...news.event.report, keys: {} } } };
}
