import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../pipeline/messages/user-error.ts';
import { openRedis, redisOptions, withoutPassword } from '../../workers/redis-connection.ts';
import { boardConformance } from '../conformance/board.conformance.ts';
import { queueConformance } from '../conformance/queue.conformance.ts';
import {
  type EncryptedRedisServer,
  hasEncryptedRedis,
  hasRedis,
  type RedisServer,
  startEncryptedRedis,
  startRedis,
} from '../support/servers.ts';
import { diamond, ensureBuilt, testWorkspace } from './support/engine.ts';

describe('the address of a Redis server', () => {
  it('is read in all its forms', () => {
    expect(redisOptions('redis://h')).toEqual({ host: 'h', port: 6379, db: 0 });
    expect(redisOptions('redis://:p%40ss@h:7/3')).toEqual({ password: 'p@ss', host: 'h', port: 7, db: 3 });
    expect(redisOptions('rediss://me:x@h')).toMatchObject({ username: 'me', tls: { servername: 'h' } });
    expect(redisOptions('rediss://10.1.2.3')).toMatchObject({ host: '10.1.2.3', tls: {} });
    expect(redisOptions('redis://[::1]:7')).toMatchObject({ host: '::1', port: 7 });
    expect(redisOptions('unix:///run/redis.sock?db=2')).toEqual({ path: '/run/redis.sock', db: 2 });
  });

  it('is shown without its password', () => {
    expect(withoutPassword('redis://me:secret@h:7/3')).toBe('redis://me:***@h:7/3');
    expect(withoutPassword('redis://h:7')).toBe('redis://h:7');
  });
});

/** A small run, all of it on this queue. */
async function expectRun(environment: Readonly<Record<string, string>>): Promise<void> {
  const workspace = testWorkspace();
  const engine = await workspace.open({ environment });
  try {
    const report = await (await engine.submit({ runId: 'run', name: 'run', plan: diamond() })).finished;
    expect(report).toMatchObject({ state: 'finished', counts: { total: 4, done: 4 } });
    expect(await engine.complaint()).toBeUndefined();
  } finally {
    await engine.close();
    workspace.remove();
  }
}

const codeOf = (url: string, authorityFile?: string) =>
  openRedis(url, authorityFile).then(
    () => 'none',
    (error: unknown) => (error instanceof UserError ? error.finding.code : String(error)),
  );

describe.skipIf(!hasEncryptedRedis)('on a Redis server that speaks TLS alone', () => {
  let server: EncryptedRedisServer;
  beforeAll(async () => {
    ensureBuilt();
    server = await startEncryptedRedis('a-secret');
  });
  afterAll(() => server?.stop());

  it('does a run when told of the authority', async () => {
    await expectRun({ REDIS_URL: server.url, REDIS_CA: server.authorityFile });
  });

  it('trusts no certificate of an unknown authority or for another host, and says what to do', async () => {
    expect(await codeOf(server.url)).toBe('redis-untrusted');
    expect(await codeOf(server.url.replace('127.0.0.1', 'localhost'), server.authorityFile)).toBe('redis-untrusted');
    expect(await codeOf(server.url, join(server.directory, 'log'))).toBe('redis-authority');
    expect(await codeOf(server.url, '/no/such/file')).toBe('redis-authority');
    expect(await codeOf(server.url.replace('a-secret', 'wrong'), server.authorityFile)).toBe('redis-refused');
    expect(await codeOf(server.url.replace('rediss:', 'redis:'))).toBe('redis-unreachable');
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

  it('does a run through its socket', async () => {
    await expectRun({ REDIS_URL: `unix://:a-secret@localhost${server.socketPath}` });
  });

  it('says what is wrong when the password is missing, nobody answers or jobs could be evicted', async () => {
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
