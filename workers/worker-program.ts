import { userError } from '../pipeline/messages/user-error.ts';
import { openStore } from '../pipeline/store/open-store.ts';
import { healthRoutes } from './health-routes.ts';
import { listen, newHttpServer } from './http-server.ts';
import { queueMetrics, TileTally } from './metrics.ts';
import { openQueueBackend, queueSetting } from './queue-backend.ts';
import { storeLocation } from './store-location.ts';
import { TileProcesses } from './tile-processes.ts';
import { startTileWorker, taskQueueName } from './tile-worker.ts';
import { within } from './within.ts';

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
  const store = openStore(storeLocation('.', environment), { environment });
  await store.prepare();
  const backend = await openQueueBackend(setting);
  const tally = new TileTally();
  const tasks = backend.openQueue(taskQueueName);
  tasks.on('error', () => undefined);
  let leaving = false;

  const server = newHttpServer();
  healthRoutes(server, {
    async complaint() {
      if (leaving) return 'leaving';
      return (await backend.isHealthy()) ? undefined : 'the queue does not answer';
    },
    async metrics() {
      const queue = await within(2_000, queueMetrics(tasks)).catch(() => []);
      return [...tally.metrics(slots), ...queue];
    },
  });
  const { port, host = '127.0.0.1' } = options;
  let url: string | undefined;
  try {
    if (port !== undefined) url = await listen(server, host, port);
  } catch (error) {
    await Promise.all([server.close(), tasks.close(), backend.close()]);
    throw error;
  }
  // Only now: nobody would know of a worker that takes tasks after its program has given up.
  const { registry, lockMilliseconds } = options;
  const processes = new TileProcesses({
    slots,
    store: store.location,
    durable: options.durable ?? true,
    ...(registry ? { registry } : {}),
  });
  const worker = startTileWorker(backend, processes, { slots, ...(lockMilliseconds ? { lockMilliseconds } : {}) });
  worker.on('error', (error) => options.onError?.(error));
  tally.follow(worker);

  const leave = async () => {
    leaving = true;
    // A closing worker waits for its tasks; one whose process is only being started cannot be handed back just then.
    let again: NodeJS.Timeout | undefined;
    const late = setTimeout(() => {
      again = setInterval(() => void processes.handBack(), handBackMilliseconds);
    }, options.graceMilliseconds ?? usualGraceMilliseconds);
    await worker.close();
    clearTimeout(late);
    clearInterval(again);
    await tasks.close();
    await backend.close();
    await server.close();
  };
  let left: Promise<void> | undefined;
  return { url, leave: () => (left ??= leave()) };
}

const missing = (name: string, example: string) =>
  userError(
    'setting-missing',
    name,
    { zh: '环境变量未设置', en: 'the environment variable is not set' },
    { zh: `例如 ${name}=${example}`, en: `for example ${name}=${example}` },
    { zh: '与所有者进程使用同一队列和同一存储', en: 'use the queue and the store of the owner process' },
  );
