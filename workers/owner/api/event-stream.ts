import type { FastifyReply } from 'fastify';

export interface EventStream {
  /** Aborted when the listener has left or the stream has been ended. */
  readonly left: AbortSignal;
  send(name: string, value: unknown): void;
  end(): void;
}

const keepAliveMilliseconds = 15_000;
/** A listener that does not read must not fill the memory with what it has missed. */
const largestBacklogBytes = 4_000_000;
const mostListeners = 64;

/** Answers that go on: server-sent events, to so many listeners and no more. */
export class EventStreams {
  private listeners = 0;

  /** @throws an error with status 429 when there are too many */
  open(reply: FastifyReply): EventStream {
    if (this.listeners >= mostListeners) throw Object.assign(new Error('too many listeners'), { statusCode: 429 });
    this.listeners += 1;
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
    raw.flushHeaders();
    const leaving = new AbortController();
    const keepAlive = setInterval(() => raw.write(': still here\n\n'), keepAliveMilliseconds);
    const leave = () => {
      if (leaving.signal.aborted) return;
      clearInterval(keepAlive);
      this.listeners -= 1;
      leaving.abort();
    };
    raw.once('close', leave);
    return {
      left: leaving.signal,
      send(name, value) {
        if (leaving.signal.aborted) return;
        if (raw.writableLength > largestBacklogBytes) raw.destroy();
        else raw.write(`event: ${name}\ndata: ${JSON.stringify(value)}\n\n`);
      },
      end() {
        leave();
        raw.end();
      },
    };
  }
}
