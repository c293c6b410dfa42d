import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { userError } from '../pipeline/messages/user-error.ts';
import { metricsText, queueMetrics, TileTally } from './metrics.ts';
import { closeServer } from './close-server.ts';
import { openQueueBackend, queueSetting } from './queue-backend.ts';
import { storeLocation } from './store-location.ts';
import { handBackTasks, startTileWorker, taskQueueName } from './tile-worker.ts';

export interface WorkerProgramOptions {
  readonly slots: number;
  /** QUEUE_URL or REDIS_URL, and STORE_URL. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Port for /healthz and /metrics; none when undefined. */
  readonly port?: number;
  readonly host?: string;
  readonly durable?: boolean;
  readonly registry?: string;
  readonly lockMilliseconds?: number;
  /** Tasks still going this long after `leave` are handed back; default 5 min. */
  readonly graceMilliseconds?: number;
  onError?(error: Error): void;
}

export interface WorkerProgram {
  /** Address of /healthz and /metrics, if they are served. */
  readonly url: string | undefined;
  /** Takes no more tasks, ends those in hand or hands them back, and closes. */
  leave(): Promise<void>;
}

const usualGraceMilliseconds = 300_000;
const handBackMilliseconds = 200;

/** Joins the queue of a server and does tasks until told to leave. Any number of these may run on any number of machines. */
export async function startWorkerProgram(options: WorkerProgramOptions): Promise<WorkerProgram> {
  const { environment, slots } = options;
  const setting = queueSetting(environment);
  if (setting.kind === 'embedded') throw missing('REDIS_URL', 'redis://:password@queue.example:6379');
  if (!environment.STORE_URL) throw missing('STORE_URL', '/srv/shuibao/store');
  const backend = await openQueueBackend(setting);
  const { registry, lockMilliseconds } = options;
  const worker = startTileWorker(backend, {
    slots,
    store: storeLocation(environment.STORE_URL),
    durable: options.durable ?? true,
    ...(registry ? { registry } : {}),
    ...(lockMilliseconds ? { lockMilliseconds } : {}),
  });
  worker.on('error', (error) => options.onError?.(error));
  const tally = new TileTally();
  tally.follow(worker);
  const tasks = backend.openQueue(taskQueueName);
  tasks.on('error', () => undefined);
  let leaving = false;

  const server = createServer((request, response) => {
    const send = (status: number, text: string) =>
      response.writeHead(status, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text);
    const answer = async () => {
      if (request.url === '/metrics') {
        const queue = await within(2_000, queueMetrics(tasks)).catch(() => []);
        return send(200, metricsText([...tally.metrics(slots), ...queue]));
      }
      if (request.url !== '/healthz') return send(404, 'unknown address\n');
      if (leaving) return send(503, 'leaving\n');
      const healthy = await within(2_000, backend.isHealthy()).catch(() => false);
      return send(healthy ? 200 : 503, healthy ? 'ok\n' : 'the queue does not answer\n');
    };
    void answer().catch(() => response.destroy());
  });
  const { port } = options;
  if (port !== undefined) {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, options.host ?? '127.0.0.1', resolve);
    });
  }
  const address = server.address() as AddressInfo | null;

  const leave = async () => {
    leaving = true;
    // A closing worker waits for its tasks; one whose process is only being started cannot be handed back just then.
    let again: NodeJS.Timeout | undefined;
    const late = setTimeout(() => {
      again = setInterval(() => void handBackTasks(worker), handBackMilliseconds);
    }, options.graceMilliseconds ?? usualGraceMilliseconds);
    await worker.close();
    clearTimeout(late);
    clearInterval(again);
    await tasks.close();
    await backend.close();
    if (port !== undefined) await closeServer(server);
  };
  let left: Promise<void> | undefined;
  const url = address ? `http://${address.address}:${address.port}` : undefined;
  return { url, leave: () => (left ??= leave()) };
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

const missing = (name: string, example: string) =>
  userError(
    'setting-missing',
    name,
    { zh: '环境变量未设置', en: 'the environment variable is not set' },
    { zh: `例如 ${name}=${example}`, en: `for example ${name}=${example}` },
    { zh: '与所有者进程使用同一队列和同一存储', en: 'use the queue and the store of the owner process' },
  );
