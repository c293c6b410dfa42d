import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FileJournal } from '../../../pipeline/catalog/file-journal.ts';
import { SqlJournal } from '../../../pipeline/catalog/sql-journal.ts';
import { openServerPool } from '../../../workers/queue-backend.ts';
import type { SqlPool } from '../../../workers/sql-pool.ts';
import { entry, journalConformance } from '../../conformance/journal.conformance.ts';
import { registerConformance } from '../../conformance/register.conformance.ts';
import { hasPostgres, startPostgres, type TestServer } from '../../support/servers.ts';

describe.skipIf(!hasPostgres)('on a PostgreSQL server', () => {
  let server: TestServer;
  let pool: SqlPool;
  beforeAll(async () => {
    server = await startPostgres();
    pool = await openServerPool(server.url);
  });
  afterAll(async () => {
    await pool?.end();
    await server?.stop();
  });

  journalConformance('a table', async () => {
    await pool.query('drop schema if exists journal cascade');
    return {
      open: () => new SqlJournal(async () => pool, 'the server'),
      async tamper(sequence, harm) {
        await pool.query('alter table journal.entry disable trigger user');
        if (harm === 'remove') await pool.query('delete from journal.entry where sequence = $1', [sequence]);
        else
          await pool.query('update journal.entry set body = replace(body, \'"n":\', \'"n":9\') where sequence = $1', [
            sequence,
          ]);
        await pool.query('alter table journal.entry enable trigger user');
      },
    };
  });

  registerConformance('a journal in a table', async () => {
    await pool.query('drop schema if exists journal cascade');
    return () => new SqlJournal(async () => pool, 'the server');
  });

  it('lets nobody change, remove or empty it', async () => {
    const journal = new SqlJournal(async () => pool, 'the server');
    await journal.append([entry(1)]);
    for (const statement of [
      "update journal.entry set by = 'x'",
      'delete from journal.entry',
      'truncate journal.entry',
    ])
      await expect(pool.query(statement)).rejects.toThrow(/append-only/);
    expect((await journal.read()).length).toBeGreaterThan(0);
  });

  it('does not go with the catalog', async () => {
    const journal = new SqlJournal(async () => pool, 'the server');
    const before = await journal.read();
    await pool.query('drop schema if exists app cascade');
    expect(await new SqlJournal(async () => pool, 'the server').read()).toEqual(before);
  });

  it('begins with what was kept in a file, once, and refuses that of another workspace', async () => {
    await pool.query('drop schema if exists journal cascade');
    const directory = mkdtempSync(join(tmpdir(), 'shuibao-journal-'));
    const [file, other] = ['a', 'b'].map((name) => new FileJournal(join(directory, name)));
    const kept = await file!.append([entry(1), entry(2)]);
    await other!.append([entry(3)]);
    const open = (before?: FileJournal) => new SqlJournal(async () => pool, 'the server', before);
    expect(await Promise.all([open(file), open(file)].map((journal) => journal.read()))).toEqual([kept, kept]);
    const [third] = await open(file).append([entry(3)]);
    expect(await open(file).read()).toEqual([...kept, third]);
    await expect(open(other).read()).rejects.toThrow(/not the beginning/);
    rmSync(directory, { recursive: true });
  });

  it('is made once by several that start at once', async () => {
    await pool.query('drop schema journal cascade');
    const opened = await Promise.all(
      Array.from({ length: 5 }, () => new SqlJournal(async () => pool, 'the server').read()),
    );
    expect(opened).toEqual([[], [], [], [], []]);
  });
});
