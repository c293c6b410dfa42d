import { Redis } from 'ioredis';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasPostgres, hasRedis, startPostgres, startRedis, type TestServer } from '../support/servers.ts';
import { wovenPlan } from '../support/woven-plan.ts';
import { ensureBuilt } from '../workers/support/engine.ts';
import { DisturbedRun } from './support/disturbed-run.ts';
import { report } from './support/figures.ts';
import { pause } from './support/programs.ts';
import { moments, size } from './support/size.ts';

beforeAll(ensureBuilt);
const isLinux = process.platform === 'linux';

describe.skipIf(!isLinux)('servers that go away in the middle of a run', () => {
  let run: DisturbedRun | undefined;
  let server: TestServer | undefined;
  afterEach(async () => {
    await run?.remove();
    await server?.stop();
    run = server = undefined;
  });

  it.skipIf(!hasRedis)(
    'Redis killed and started again over its log',
    async () => {
      server = await startRedis({ appendonly: 'yes', appendfsync: 'always' });
      run = new DisturbedRun(wovenPlan(size(60, 300), 30), { REDIS_URL: server.url });
      const owner = run.startOwner(2);
      for (const tasks of moments(5, size(1, 5), 8, size(20, 40))) {
        if (!(await owner.hears('DONE', owner.count('DONE') + tasks))) break;
        await server.kill();
        run.disturbances += 1;
        await pause(500);
        await server.restart();
      }
      await owner.hears('REPORT');
      report(await run.expectWhole(owner, 'Redis killed and restarted (AOF)'));
      expect(run.disturbances).toBeGreaterThan(0);
    },
    200_000,
  );

  it.skipIf(!hasRedis)(
    'Redis emptied',
    async () => {
      const redis = await startRedis();
      server = redis;
      run = new DisturbedRun(wovenPlan(size(50, 200), 30), { REDIS_URL: server.url });
      const owner = run.startOwner(2);
      const client = new Redis(redis.url, { maxRetriesPerRequest: null });
      try {
        for (const tasks of moments(6, size(1, 5), 8, size(20, 30))) {
          if (!(await owner.hears('DONE', owner.count('DONE') + tasks))) break;
          await client.flushall();
          run.disturbances += 1;
        }
      } finally {
        client.disconnect();
      }
      await owner.hears('REPORT');
      report(await run.expectWhole(owner, 'Redis flushed'));
      expect(run.disturbances).toBeGreaterThan(0);
    },
    200_000,
  );

  it.skipIf(!hasPostgres)(
    'PostgreSQL, queue and catalog in one, killed and started again',
    async () => {
      server = await startPostgres();
      run = new DisturbedRun(wovenPlan(size(60, 300), 30), { QUEUE_URL: server.url, DATABASE_URL: server.url });
      const owner = run.startOwner(2);
      for (const tasks of moments(7, size(1, 5), 8, size(20, 40))) {
        if (!(await owner.hears('DONE', owner.count('DONE') + tasks))) break;
        await server.kill();
        run.disturbances += 1;
        await pause(500);
        await server.restart();
      }
      await owner.hears('REPORT');
      report(await run.expectWhole(owner, 'PostgreSQL killed and restarted'));
      expect(run.disturbances).toBeGreaterThan(0);
    },
    200_000,
  );
});
