import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasRedis, type RedisServer, startRedis } from '../support/servers.ts';
import { wovenPlan } from '../support/woven-plan.ts';
import { ensureBuilt } from '../workers/support/engine.ts';
import type { RunReport } from '../../workers/run-events.ts';
import { DisturbedRun, lockMilliseconds } from './support/disturbed-run.ts';
import { report } from './support/figures.ts';
import { pause, tileProcessesOf } from './support/programs.ts';
import { moments, size } from './support/size.ts';

beforeAll(ensureBuilt);
const isLinux = process.platform === 'linux';

describe.skipIf(!isLinux)('killing processes of the embedded setting', () => {
  let run: DisturbedRun;
  afterEach(() => run?.remove());

  it('tile processes', async () => {
    run = new DisturbedRun(wovenPlan(size(60, 400), 30));
    let owner = run.startOwner(2);
    await owner.hears('DONE');
    for (const wait of moments(1, size(8, 60), 80, 300)) {
      await pause(wait);
      const alive = tileProcessesOf(run.store);
      const victim = alive[wait % alive.length];
      if (!owner.isRunning || victim === undefined) continue;
      process.kill(victim, 'SIGKILL');
      run.disturbances += 1;
      await owner.hears('DONE', owner.count('DONE') + 1);
    }
    await owner.hears('REPORT');
    // A task whose process was hit three times has failed, by name, and all others are done: a retry does it alone.
    const failures = owner.value<RunReport>('REPORT')?.failures ?? [];
    if (failures.length > 0) {
      expect(failures.map(({ finding }) => finding?.code)).toEqual(failures.map(() => 'task-process-died'));
      owner = run.startOwner(2);
      await owner.hears('REPORT');
    }
    report(await run.expectWhole(owner, 'SIGKILL of tile processes'));
    expect(run.disturbances).toBeGreaterThan(2);
  }, 120_000);

  it('the owner alone, its children left to themselves', async () => {
    run = new DisturbedRun(wovenPlan(size(60, 400), 30));
    let owner = run.startOwner(2);
    for (const tasks of moments(2, size(3, 20), 2, size(12, 25))) {
      if (!(await owner.hears('DONE', tasks))) break;
      await owner.kill();
      run.disturbances += 1;
      owner = run.startOwner(2);
    }
    await owner.hears('REPORT');
    report(await run.expectWhole(owner, 'SIGKILL of the owner'));
    expect(run.disturbances).toBeGreaterThanOrEqual(2);
  }, 300_000);
});

describe.skipIf(!isLinux || !hasRedis)('killing processes of the server setting', () => {
  let server: RedisServer;
  let run: DisturbedRun;
  beforeAll(async () => {
    server = await startRedis({ appendonly: 'yes', appendfsync: 'always' });
  });
  afterAll(() => server?.stop());
  afterEach(() => run?.remove());

  it('workers, their clocks an hour apart either way', async () => {
    run = new DisturbedRun(wovenPlan(size(60, 400), 30), { REDIS_URL: server.url });
    const owner = run.startOwner(0);
    const hour = 3_600_000;
    const workers = [run.startWorker(1, hour), run.startWorker(1, -hour)];
    await owner.hears('DONE');
    let at = 0;
    for (const wait of moments(3, size(4, 50), 200, 900)) {
      await pause(wait);
      if (!owner.isRunning || owner.count('REPORT') > 0) break;
      const index = at++ % 2;
      await workers[index]!.kill();
      run.disturbances += 1;
      workers[index] = run.startWorker(1, index === 0 ? hour : -hour);
    }
    await owner.hears('REPORT');
    report(await run.expectWhole(owner, 'SIGKILL of workers, clocks skewed by ±1 h'));
    expect(run.disturbances).toBeGreaterThan(1);
  }, 300_000);

  it('a worker frozen past its lock and then continued', async () => {
    run = new DisturbedRun(wovenPlan(size(50, 200), 30), { REDIS_URL: server.url });
    const owner = run.startOwner(0);
    const [frozen] = [run.startWorker(1), run.startWorker(1)];
    await owner.hears('DONE', 5);
    for (let time = 0; time < size(1, 5) && owner.count('REPORT') === 0; time++) {
      frozen!.signalAll('SIGSTOP');
      run.disturbances += 1;
      await pause(2 * lockMilliseconds);
      frozen!.signalAll('SIGCONT');
      await pause(500);
    }
    await owner.hears('REPORT');
    report(await run.expectWhole(owner, 'SIGSTOP of a worker past its lock'));
  }, 120_000);
});
