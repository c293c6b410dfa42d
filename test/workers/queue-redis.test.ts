import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../pipeline/messages/user-error.ts';
import { openRedis, redisOptions, withoutPassword } from '../../workers/redis-connection.ts';
import { boardConformance } from '../conformance/board.conformance.ts';
import { queueConformance } from '../conformance/queue.conformance.ts';
import { hasRedis, type RedisServer, startRedis } from '../support/servers.ts';

describe('the address of a Redis server', () => {
  it('is read in all its forms', () => {
    expect(redisOptions('redis://h')).toEqual({ host: 'h', port: 6379, db: 0 });
    expect(redisOptions('redis://:p%40ss@h:7/3')).toEqual({ password: 'p@ss', host: 'h', port: 7, db: 3 });
    expect(redisOptions('rediss://me:x@h')).toMatchObject({ username: 'me', tls: { servername: 'h' } });
    expect(redisOptions('redis://[::1]:7')).toMatchObject({ host: '::1', port: 7 });
    expect(redisOptions('unix:///run/redis.sock?db=2')).toEqual({ path: '/run/redis.sock', db: 2 });
  });

  it('is shown without its password', () => {
    expect(withoutPassword('redis://me:secret@h:7/3')).toBe('redis://me:***@h:7/3');
    expect(withoutPassword('redis://h:7')).toBe('redis://h:7');
  });
});

describe.skipIf(!hasRedis)('on a Redis server', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis({ requirepass: 'a-secret' });
  });
  afterAll(() => server?.stop());

  queueConformance('Redis', () => ({ REDIS_URL: server.url }));
  boardConformance('Redis', () => ({ REDIS_URL: server.url }));

  it('connects through its socket', async () => {
    const redis = await openRedis(`unix://:a-secret@localhost${server.socketPath}`);
    expect(await redis.ping()).toBe('PONG');
    redis.disconnect();
  });

  it('says what is wrong when the password is missing, nobody answers or jobs could be evicted', async () => {
    const codeOf = (url: string) =>
      openRedis(url).then(
        () => 'none',
        (error: unknown) => (error instanceof UserError ? error.finding.code : String(error)),
      );
    expect(await codeOf(`redis://127.0.0.1:${server.port}`)).toBe('redis-refused');
    expect(await codeOf('redis://127.0.0.1:1')).toBe('redis-unreachable');
    const evicting = await startRedis({ 'maxmemory-policy': 'allkeys-lru' });
    try {
      expect(await codeOf(evicting.url)).toBe('redis-evicts');
    } finally {
      await evicting.stop();
    }
  });
});
