import { Redis, type RedisOptions } from 'ioredis';
import { userError } from '../pipeline/messages/user-error.ts';

const connectMilliseconds = 10_000;
const longestRetryMilliseconds = 5_000;

/**
 * A connection for the queue, opened only after the server was found to be there and fit to keep jobs.
 * @param url - redis://, rediss:// (TLS) or unix:///path/of/socket, each with an optional `user:password@`
 * @throws UserError when nobody answers, the password is refused, or the server may drop jobs when its memory is full
 */
export async function openRedis(url: string): Promise<Redis> {
  const options = redisOptions(url);
  await refuseUnfitServer(url, options);
  return new Redis({
    ...options,
    // A blocked worker must wait for a restarting server, not give up.
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(times * 200, longestRetryMilliseconds),
  });
}

/** The client's options for a URL of any of the three forms. */
export function redisOptions(url: string): RedisOptions {
  const parsed = new URL(url.replace(/^unix:/i, 'redis:'));
  const credentials = {
    ...(parsed.username ? { username: decodeURIComponent(parsed.username) } : {}),
    ...(parsed.password ? { password: decodeURIComponent(parsed.password) } : {}),
  };
  if (/^unix:/i.test(url)) {
    const db = Number(parsed.searchParams.get('db') ?? 0);
    return { ...credentials, path: decodeURIComponent(parsed.pathname), db };
  }
  return {
    ...credentials,
    host: parsed.hostname.replace(/^\[|\]$/g, '') || '127.0.0.1',
    port: Number(parsed.port || 6379),
    db: Number(parsed.pathname.slice(1) || 0),
    ...(parsed.protocol === 'rediss:' ? { tls: { servername: parsed.hostname } } : {}),
  };
}

/** A URL as it may be shown: without its password. */
export const withoutPassword = (url: string): string => url.replace(/(\/\/[^/@:]*):[^@/]*@/, '$1:***@');

async function refuseUnfitServer(url: string, options: RedisOptions): Promise<void> {
  const probe = new Redis({
    ...options,
    lazyConnect: true,
    retryStrategy: () => null,
    connectTimeout: connectMilliseconds,
    maxRetriesPerRequest: 0,
  });
  let lastError: Error | undefined;
  probe.on('error', (error: Error) => {
    lastError = error;
  });
  let policy: string | undefined;
  try {
    await probe.connect();
    await probe.ping();
    policy = /^maxmemory_policy:(\S+)/m.exec(await probe.info('memory'))?.[1];
  } catch (error) {
    throw unreachable(url, lastError ?? (error as Error));
  } finally {
    probe.disconnect();
  }
  if (policy !== undefined && policy !== 'noeviction') throw evicting(url, policy);
}

function unreachable(url: string, error: Error): Error {
  const refused = /NOAUTH|WRONGPASS|AUTH/i.test(error.message);
  const reason = error.message || (error as NodeJS.ErrnoException).code || String(error);
  if (refused) {
    return userError(
      'redis-refused',
      withoutPassword(url),
      { zh: `Redis 拒绝登录（${reason}）`, en: `Redis refuses the login (${reason})` },
      undefined,
      { zh: '在 REDIS_URL 中写明用户和密码', en: 'give user and password in REDIS_URL' },
    );
  }
  return userError(
    'redis-unreachable',
    withoutPassword(url),
    { zh: `无法连接 Redis（${reason}）`, en: `Redis cannot be reached (${reason})` },
    undefined,
    { zh: '检查 REDIS_URL，以及服务器是否在运行', en: 'check REDIS_URL and that the server is running' },
  );
}

function evicting(url: string, policy: string): Error {
  return userError(
    'redis-evicts',
    withoutPassword(url),
    {
      zh: `Redis 的 maxmemory-policy 为 ${policy}，内存不足时会丢弃任务`,
      en: `Redis has maxmemory-policy ${policy} and would drop tasks when its memory is full`,
    },
    { zh: '应为 noeviction', en: 'expected noeviction' },
    {
      zh: '执行 redis-cli config set maxmemory-policy noeviction，并写入 redis.conf',
      en: 'run  redis-cli config set maxmemory-policy noeviction  and put it into redis.conf',
    },
  );
}
