import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { Redis, type RedisOptions } from 'ioredis';
import { userError } from '../pipeline/messages/user-error.ts';

const connectMilliseconds = 10_000;
const longestRetryMilliseconds = 5_000;

/**
 * A connection for the queue, opened only after the server was found to be there and fit to keep jobs.
 * @param url - redis://, rediss:// (TLS) or unix:///path/of/socket, each with an optional `user:password@`
 * @param authorityFile - PEM file of the authority that has signed the server's certificate, for one of one's own
 * @throws UserError when nobody answers, the password or the certificate is refused, or the server may drop jobs when its
 *   memory is full
 */
export async function openRedis(url: string, authorityFile?: string): Promise<Redis> {
  const options = redisOptions(url, authorityFile);
  await refuseUnfitServer(url, options);
  return new Redis({
    ...options,
    // A blocked worker must wait for a restarting server, not give up.
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(times * 200, longestRetryMilliseconds),
  });
}

/** The client's options for a URL of any of the three forms. */
export function redisOptions(url: string, authorityFile?: string): RedisOptions {
  const parsed = new URL(url.replace(/^unix:/i, 'redis:'));
  const credentials = {
    ...(parsed.username ? { username: decodeURIComponent(parsed.username) } : {}),
    ...(parsed.password ? { password: decodeURIComponent(parsed.password) } : {}),
  };
  if (/^unix:/i.test(url)) {
    const db = Number(parsed.searchParams.get('db') ?? 0);
    return { ...credentials, path: decodeURIComponent(parsed.pathname), db };
  }
  const host = parsed.hostname.replace(/^\[|\]$/g, '') || '127.0.0.1';
  return {
    ...credentials,
    host,
    port: Number(parsed.port || 6379),
    db: Number(parsed.pathname.slice(1) || 0),
    ...(parsed.protocol === 'rediss:' ? { tls: tlsOptions(host, authorityFile) } : {}),
  };
}

function tlsOptions(host: string, authorityFile: string | undefined): RedisOptions['tls'] {
  // A server is asked for by its name only, never by its number.
  const name = isIP(host) ? {} : { servername: host };
  return authorityFile === undefined ? name : { ...name, ca: authorityIn(authorityFile) };
}

function authorityIn(file: string): string {
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    // Told below: a file that cannot be read holds no certificate either.
  }
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  throw userError(
    'redis-authority',
    file,
    { zh: '不是可读的 PEM 证书文件', en: 'not a readable PEM certificate' },
    undefined,
    { zh: '检查 REDIS_CA', en: 'check REDIS_CA' },
  );
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
  const { code } = error as NodeJS.ErrnoException;
  if (/CERT|SELF_SIGNED|ERR_TLS|ISSUER/.test(code ?? '')) {
    return userError(
      'redis-untrusted',
      withoutPassword(url),
      { zh: `Redis 的证书不受信任（${reason}）`, en: `the certificate of Redis is not trusted (${reason})` },
      undefined,
      {
        zh: '在 REDIS_CA 中写明签发证书的 CA 文件（PEM），并使用证书中的主机名',
        en: 'give the file of its authority (PEM) in REDIS_CA and use a host name of the certificate',
      },
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
