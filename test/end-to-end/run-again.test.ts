import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shuibao, yearOfSuite } from './support/sample-year.ts';

describe('a year that is run again with a changed input', () => {
  const year = yearOfSuite({ size: 240, tileSize: 128, plain: true });

  const run = () => shuibao(['run', year().runFile]);
  const results = () => readdirSync(join(year().directory, 'work-results')).sort();

  it('is refused by one line though its queue is open already, nothing is lost, and once mended it goes on', async () => {
    expect(await run()).toMatchObject({ code: 0 });
    const [manifest, files] = [year().manifest(), results()];
    const path = year().path('land-use-2024.tif');
    const whole = readFileSync(path);
    truncateSync(path, whole.length - 300);
    const refused = await run();
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/land-use-2024\.tif/);
    expect(refused.stderr).toMatch(/文件不完整/);
    expect(refused.stderr).not.toMatch(/ at .*\.js:\d+/);
    expect(existsSync(join(year().directory, 'work', 'owner.lock'))).toBe(false);
    expect([year().manifest(), results()]).toEqual([manifest, files]);

    // The same content, written anew: it is looked at again, the queue is opened, and there is nothing for it to do.
    writeFileSync(path, whole);
    const again = await run();
    expect(again).toMatchObject({ code: 0 });
    expect(again.stderr).toMatch(/本次完成 0，/);
    expect(existsSync(join(year().directory, 'work', 'owner.lock'))).toBe(false);
    expect(year().manifest()).toBe(manifest);
  }, 180_000);
});
