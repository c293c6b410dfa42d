import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DirectRuns } from '../../workers/owner/direct-runs.ts';
import { RunLedger } from '../../workers/owner/run-ledger.ts';
import { ensureBuilt } from '../workers/support/engine.ts';
import {
  type RunningCommand,
  type SampleYear,
  sampleYear,
  says,
  shuibao,
  startShuibao,
} from './support/sample-year.ts';

describe('a workspace with an owner', () => {
  let year: SampleYear;
  let workspace: string;
  let serving: RunningCommand | undefined;
  beforeAll(async () => {
    ensureBuilt();
    year = await sampleYear({ size: 240, tileSize: 128, plain: true });
    workspace = join(year.directory, 'work');
  }, 120_000);
  afterAll(async () => {
    serving?.process.kill('SIGKILL');
    await serving?.finished;
    year?.remove();
  });
  const serve = async () => {
    serving = startShuibao(['serve', '--workspace', workspace, '--workers', '2']);
    await says(serving, '就绪');
  };
  it('takes up what was queued before it, lets another command follow that run, and stops in peace', async () => {
    const queued = await new DirectRuns(workspace).submit({ runFile: year.runFile, user: 'u', check: false });
    expect(queued.state).toBe('queued');

    await serve();
    // The run that is queued already is followed, not begun a second time.
    const run = await shuibao(['run', '--no-check', year.runFile]);
    expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining('成果目录') });
    expect(run.stderr).toMatch(/交由进程 \d+ 运行/);
    const entry = await new RunLedger(workspace).read(queued.id);
    expect(entry).toMatchObject({ state: 'finished', user: 'u', results: join(year.directory, 'work-results') });
    expect(existsSync(join(year.directory, 'work-results', 'manifest.json'))).toBe(true);

    serving!.process.kill('SIGTERM');
    expect(await serving!.finished).toMatchObject({ code: 0, signal: null });
    expect(existsSync(join(workspace, 'owner.lock'))).toBe(false);
    expect(existsSync(join(workspace, 'api.json'))).toBe(false);
  }, 240_000);

  it('that finds its port taken leaves queued runs queued', async () => {
    rmSync(join(workspace, 'runs'), { recursive: true, force: true });
    const queued = await new DirectRuns(workspace).submit({ runFile: year.runFile, user: 'u', check: false });
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const refused = await shuibao(['serve', '--workspace', workspace, '--port', String(port)]);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('端口已被占用') });
    expect(await new RunLedger(workspace).read(queued.id)).toMatchObject({ state: 'queued' });
    taken.close();
  }, 60_000);

  it('takes a run that is queued while it is still starting', async () => {
    rmSync(join(workspace, 'runs'), { recursive: true, force: true });
    serving = startShuibao(['serve', '--workspace', workspace, '--workers', '1']);
    while (!existsSync(join(workspace, 'owner.lock'))) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(existsSync(join(workspace, 'api.json'))).toBe(false);
    const queued = await shuibao(['queue', '--no-check', year.runFile]);
    expect(queued).toMatchObject({ code: 0, stdout: expect.not.stringContaining('等待 shuibao serve') });
    const status = await shuibao(['status', '--workspace', workspace]);
    expect(status.stdout).toContain('样例区 2024 年水土流失动态监测');
    serving.process.kill('SIGTERM');
    expect(await serving.finished).toMatchObject({ code: 0 });
  }, 60_000);
});
