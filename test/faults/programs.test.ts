import { afterEach, beforeAll, expect, it } from 'vitest';
import { diamond, ensureBuilt } from '../workers/support/engine.ts';
import { DisturbedRun } from './support/disturbed-run.ts';
import { pause, tileProcessesOf } from './support/programs.ts';

beforeAll(ensureBuilt);
const run = new DisturbedRun(diamond('x', 60_000));
afterEach(() => run.remove());

it('programs of the tests end with the test that started them, and with them their tile processes', async () => {
  const owner = run.startOwner(1);
  while (tileProcessesOf(run.store).length === 0) await pause(50);
  // All that a program notices of its parent's death.
  owner.process.stdin!.destroy();
  await owner.ended;
  expect(owner.process.signalCode).toBe('SIGKILL');
  while (tileProcessesOf(run.store).length > 0) await pause(50);
});
