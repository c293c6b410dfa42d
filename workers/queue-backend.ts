import {
  assertSchemaCompatibility,
  createPostgresBackend,
  createRedisBackend,
  LATEST_SCHEMA_VERSION,
  type Processor,
  type Queue,
  type QueueEvents,
  runMigrations,
  SchemaMigrationRequiredError,
  type Worker,
  type WorkerOptions,
  withBackend,
} from 'bullmq';
import { userError } from '../pipeline/messages/user-error.ts';
import { openRedis, withoutPassword } from './redis-connection.ts';
import type { SqlPool } from './sql-pool.ts';

// biome-ignore lint/suspicious/noExplicitAny: the queue's classes are generic over backends that this module hides
type Any = any;

export type AnyQueue = Queue<Any, Any, string>;
export type AnyWorker = Worker<Any, Any, string>;
export type AnyQueueEvents = QueueEvents;
export type TunedWorkerOptions = Omit<WorkerOptions, 'connection' | 'prefix'>;

/** Where the queue lives: in this process, on Redis, or on a PostgreSQL server. */
export type QueueSetting =
  | { readonly kind: 'embedded' }
  | { readonly kind: 'postgres'; readonly url: string }
  | { readonly kind: 'redis'; readonly url: string; readonly authorityFile?: string };

/** One queue engine in one of its settings; the rest of the program sees no difference. */
export interface QueueBackend {
  readonly kind: QueueSetting['kind'];
  openQueue(name: string): AnyQueue;
  openWorker(
    name: string,
    processor: string | URL | Processor<Any, Any, string>,
    options: TunedWorkerOptions,
  ): AnyWorker;
  openEvents(name: string): AnyQueueEvents;
  /** Whether the server answers. */
  isHealthy(): Promise<boolean>;
  close(): Promise<void>;
}

/** Events kept per queue; nothing depends on them. */
const keptEvents = 1_000;

/**
 * The setting named by QUEUE_URL, else REDIS_URL, else the embedded one; REDIS_CA is the authority that vouches for Redis.
 * @throws UserError for an address of another kind
 */
export function queueSetting(environment: Readonly<Record<string, string | undefined>>): QueueSetting {
  const url = environment.QUEUE_URL || environment.REDIS_URL;
  if (!url) return { kind: 'embedded' };
  if (/^(rediss?|valkeys?|unix):\/\//i.test(url)) {
    const authorityFile = environment.REDIS_CA;
    return { kind: 'redis', url: url.replace(/^valkey/i, 'redis'), ...(authorityFile ? { authorityFile } : {}) };
  }
  if (/^postgres(ql)?:\/\//i.test(url)) return { kind: 'postgres', url };
  throw userError(
    'queue-unknown',
    withoutPassword(url),
    { zh: '不是已知的队列地址', en: 'not an address of a queue' },
    {
      zh: '应以 redis://、rediss://、unix:// 或 postgres:// 开头',
      en: 'expected redis://, rediss://, unix:// or postgres://',
    },
    { zh: '检查 REDIS_URL 或 QUEUE_URL', en: 'check REDIS_URL or QUEUE_URL' },
  );
}

/** Brings the queue's own tables up to date. */
export async function migrateQueue(pool: SqlPool): Promise<void> {
  const client = await pool.connect();
  try {
    // One look where the migrations, with nothing to do, take ten statements.
    const version = await assertSchemaCompatibility(client as Any).catch((error: unknown) => {
      if (error instanceof SchemaMigrationRequiredError) return 0;
      throw error;
    });
    if (version < LATEST_SCHEMA_VERSION) await runMigrations(client as Any);
  } finally {
    client.release();
  }
}

/** @param embeddedPool - the migrated in-process database; used by the embedded setting only */
export async function openQueueBackend(setting: QueueSetting, embeddedPool?: SqlPool): Promise<QueueBackend> {
  if (setting.kind === 'redis') {
    const connection = await openRedis(setting.url, setting.authorityFile);
    return backendOver('redis', withBackend(createRedisBackend as Any), connection, {
      isHealthy: async () => connection.status === 'ready' && (await connection.ping()) === 'PONG',
      close: async () => connection.disconnect(),
    });
  }
  if (setting.kind === 'postgres') {
    const pool = await openServerPool(setting.url);
    await migrateQueue(pool);
    return backendOver('postgres', withBackend(createPostgresBackend as Any), pool, {
      isHealthy: () => answers(pool),
      close: () => pool.end(),
    });
  }
  if (!embeddedPool) throw new Error('the embedded queue needs its database');
  return backendOver('embedded', withBackend(createPostgresBackend as Any), embeddedPool, {
    isHealthy: () => answers(embeddedPool),
    // Whoever opened the database closes it.
    close: async () => {},
  });
}

/**
 * A pool on a PostgreSQL server that finds the queue's tables without naming their schema.
 * @param options - whether an open connection keeps the process from ending; default true
 * @throws UserError when the server does not answer
 */
export async function openServerPool(url: string, { keepsProcess = true } = {}): Promise<SqlPool> {
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({
    connectionString: url,
    options: '-c search_path=bullmq,public',
    keepAlive: true,
    allowExitOnIdle: !keepsProcess,
    max: 20,
  });
  // An idle connection that breaks is replaced on next use; unheard, its error would end the process.
  pool.on('error', () => undefined);
  try {
    await pool.query('select 1');
  } catch (error) {
    await pool.end();
    const reason = (error as Error).message || (error as NodeJS.ErrnoException).code || String(error);
    throw userError(
      'postgres-unreachable',
      withoutPassword(url),
      { zh: `无法使用 PostgreSQL（${reason}）`, en: `PostgreSQL cannot be used (${reason})` },
      undefined,
      {
        zh: '检查 DATABASE_URL 或 QUEUE_URL，以及服务器是否在运行',
        en: 'check DATABASE_URL or QUEUE_URL and the server',
      },
    );
  }
  return pool as unknown as SqlPool;
}

const answers = (pool: SqlPool): Promise<boolean> =>
  pool.query('select 1').then(
    () => true,
    () => false,
  );

function backendOver(
  kind: QueueSetting['kind'],
  classes: { Queue: Any; Worker: Any; QueueEvents: Any },
  connection: unknown,
  server: Pick<QueueBackend, 'isHealthy' | 'close'>,
): QueueBackend {
  const prefix = 'shuibao';
  return {
    kind,
    openQueue: (name) =>
      new classes.Queue(name, { connection, prefix, streams: { events: { maxLen: keptEvents } } }) as AnyQueue,
    openWorker: (name, processor, options) =>
      new classes.Worker(name, processor, { ...options, connection, prefix }) as AnyWorker,
    openEvents: (name) => new classes.QueueEvents(name, { connection, prefix }) as AnyQueueEvents,
    ...server,
  };
}
