import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyDatabaseTemplate, databaseTemplatePath, keepDatabaseTemplate } from '../../workers/database-template.ts';

const day = 86_400_000;
let folder: string;
let cache: string;
let template: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shuibao-template-'));
  cache = join(folder, 'cache');
  template = databaseTemplatePath({ SHUIBAO_CACHE: cache });
  mkdirSync(join(folder, 'made', 'base'), { recursive: true });
  writeFileSync(join(folder, 'made', 'base', '1'), 'table');
});
afterEach(() => rmSync(folder, { recursive: true }));

function lies(name: string, daysAgo: number): string {
  const path = join(cache, name);
  mkdirSync(path, { recursive: true });
  const then = new Date(Date.now() - daysAgo * day);
  utimesSync(path, then, then);
  return name;
}

describe('the template of a database', () => {
  it('gives what was kept', async () => {
    expect(await copyDatabaseTemplate(template, join(folder, 'copy'))).toBe(false);
    await keepDatabaseTemplate(template, join(folder, 'made'));
    expect(await copyDatabaseTemplate(template, join(folder, 'copy'))).toBe(true);
    expect(readFileSync(join(folder, 'copy', 'base', '1'), 'utf8')).toBe('table');
  });

  it('that is there already stays as it is, and nothing else is left behind', async () => {
    await keepDatabaseTemplate(template, join(folder, 'made'));
    writeFileSync(join(folder, 'made', 'base', '1'), 'later');
    await keepDatabaseTemplate(template, join(folder, 'made'));
    expect(readFileSync(join(template, 'base', '1'), 'utf8')).toBe('table');
    expect(readdirSync(cache).map((name) => join(cache, name))).toEqual([template]);
  });

  it('takes the place of those of other versions that nobody uses any more', async () => {
    const kept = [
      lies('database-3-pglite0.9.0-bullmq7.0.0', 3),
      lies('store-0123', 100),
      lies('database-of-mine', 100),
    ];
    lies('database-pglite0.5.14-bullmq6.7.0', 20);
    lies('database-1-pglite0.5.14-bullmq6.7.0.6b2f1f0e', 20);
    await keepDatabaseTemplate(template, join(folder, 'made'));
    expect(readdirSync(cache).map((name) => join(cache, name))).toEqual(
      [...kept.map((name) => join(cache, name)), template].sort(),
    );
  });

  it('is another one where the catalog, and so its tables, are on a server', () => {
    expect(databaseTemplatePath({ SHUIBAO_CACHE: cache, DATABASE_URL: 'postgres://server/shuibao' })).not.toBe(
      template,
    );
  });

  it('is as young as its last use', async () => {
    const used = join(cache, lies('database-1-pglite0.5.14-bullmq6.7.0', 20));
    await copyDatabaseTemplate(used, join(folder, 'copy'));
    await keepDatabaseTemplate(template, join(folder, 'made'));
    expect(existsSync(used)).toBe(true);
  });
});
