import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RunReport } from '../../workers/run-events.ts';
import { hasRedis, type RedisServer, startRedis } from '../support/servers.ts';
import { wovenPlan } from '../support/woven-plan.ts';
import { ensureBuilt } from '../workers/support/engine.ts';
import { DisturbedRun, lockMilliseconds } from './support/disturbed-run.ts';
import { report } from './support/figures.ts';
import { type Program, pause, tileProcessesOf } from './support/programs.ts';
import { realTiles } from './support/real-tiles.ts';
import { moments, size } from './support/size.ts';

beforeAll(ensureBuilt);

/**
 * Waits for the end of the run. A task whose process was hit three times has failed, by name, and all that does not need it
 * is done: an owner started again does the rest.
 */
async function toTheEnd(run: DisturbedRun, owner: Program, slots: number): Promise<Program> {
  for (let last = owner; ; last = run.startOwner(slots)) {
    await last.hears('REPORT');
    const failures = last.value<RunReport>('REPORT')?.failures ?? [];
    if (failures.length === 0) return last;
    expect(failures.map(({ finding }) => finding?.code)).toEqual(failures.map(() => 'task-process-died'));
    await last.ended;
  }
}

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
    owner = await toTheEnd(run, owner, 2);
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
      // One that has not begun yet has nothing to lose.
      await workers[index]!.hears('READY');
      await pause(wait % 60);
      await workers[index]!.kill();
      run.disturbances += 1;
      workers[index] = run.startWorker(1, index === 0 ? hour : -hour);
    }
    await owner.hears('REPORT');
    report(await run.expectWhole(owner, 'SIGKILL of workers, clocks skewed by ±1 h'));
    expect(run.disturbances).toBeGreaterThan(1);
  }, 300_000);

  it('the owner, which coordinates, while workers go on', async () => {
    run = new DisturbedRun(wovenPlan(size(60, 400), 30), { REDIS_URL: server.url });
    let owner = run.startOwner(0);
    run.startWorker(1);
    run.startWorker(1);
    for (const tasks of moments(4, size(1, 15), 2, size(15, 25))) {
      if (!(await owner.hears('DONE', tasks))) break;
      await owner.kill();
      run.disturbances += 1;
      owner = run.startOwner(0);
    }
    await owner.hears('REPORT');
    report(await run.expectWhole(owner, 'SIGKILL of the owner, workers going on'));
    expect(run.disturbances).toBeGreaterThan(0);
  }, 300_000);

  it('tile processes, workers and owner in turn, at a year of real tiles', async () => {
    const tiles = await realTiles(size(320, 640));
    run = new DisturbedRun(tiles.plan, { REDIS_URL: server.url }, tiles);
    try {
      let owner = run.startOwner(0);
      const workers = [run.startWorker(1), run.startWorker(1)];
      await owner.hears('DONE');
      for (const wait of moments(8, size(4, 56), 100, 700)) {
        await pause(wait);
        if (owner.count('REPORT') > 0) break;
        const [victim] = tileProcessesOf(run.store);
        if (wait % 3 === 0 && victim !== undefined) process.kill(victim, 'SIGKILL');
        else if (wait % 3 === 1) {
          const worker = workers.shift()!;
          await worker.hears('READY');
          await worker.kill();
          workers.push(run.startWorker(1));
        } else {
          await owner.kill();
          owner = run.startOwner(0);
        }
        run.disturbances += 1;
      }
      owner = await toTheEnd(run, owner, 0);
      report(await run.expectWhole(owner, 'SIGKILL of tile processes, workers and owner, real tiles'));
      expect(run.disturbances).toBeGreaterThan(2);
    } finally {
      tiles.remove();
    }
  }, 600_000);

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
