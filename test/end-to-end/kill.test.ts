import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../workers/support/engine.ts';
import { powerCut, type SampleYear, sampleYear, shuibao, startShuibao } from './support/sample-year.ts';

const kills = 10;
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('a run killed with SIGKILL', () => {
  let year: SampleYear;
  let undisturbed: string;
  let runMilliseconds: number;
  beforeAll(async () => {
    ensureBuilt();
    year = await sampleYear({ size: 240, tileSize: 128, plain: true });
    const before = performance.now();
    expect(await shuibao(['run', '--no-check', year.withWorkspace('undisturbed')])).toMatchObject({ code: 0 });
    runMilliseconds = performance.now() - before;
    undisturbed = year.manifest('undisturbed');
  }, 120_000);
  afterAll(() => year?.remove());

  // Moments spread over the whole run; the last ones come when it is nearly or quite done.
  it.each(Array.from({ length: kills }, (_, at) => (at + 0.5) / kills))(
    'after %f of its time ends with the same manifest when run again',
    async (share) => {
      const name = `killed-${share}`;
      const runFile = year.withWorkspace(name);
      const running = startShuibao(['run', '--no-check', runFile]);
      await Promise.race([pause(share * runMilliseconds), running.finished]);
      if (running.process.exitCode === null) powerCut(running);
      await running.finished;
      const again = await shuibao(['run', '--no-check', runFile]);
      expect(again).toMatchObject({ code: 0 });
      expect(year.manifest(name)).toBe(undisturbed);
    },
    120_000,
  );
});
