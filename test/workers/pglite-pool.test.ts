import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PGlitePool } from '../../workers/pglite-pool.ts';
import type { SqlNotification } from '../../workers/sql-pool.ts';

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('the in-process database as a pool', () => {
  let pool: PGlitePool;
  beforeAll(async () => {
    pool = await PGlitePool.over(await PGlite.create(), 'public');
    await pool.query('create table counter (name text primary key, value int not null)');
    await pool.query("insert into counter values ('a', 0)");
  });
  afterAll(() => pool?.end());

  it('gives rows, counts and commands as a server does, eight-byte integers as text', async () => {
    const { rows } = await pool.query('select 9007199254740993::int8 as big, 1.10::numeric as exact, 3::int4 as small');
    expect(rows).toEqual([{ big: '9007199254740993', exact: '1.10', small: 3 }]);
    const changed = await pool.query('-- a comment first\n update counter set value = value where name = $1', ['a']);
    expect(changed).toMatchObject({ rowCount: 1, command: 'UPDATE' });
    expect((await pool.query('select 1 as one; select 2 as two')).rows).toEqual([{ two: 2 }]);
  });

  it('keeps transactions apart', async () => {
    const add = async () => {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        const { rows } = await client.query("select value from counter where name = 'a'");
        await pause(1);
        await client.query("update counter set value = $1 where name = 'a'", [rows[0].value + 1]);
        await client.query('COMMIT');
      } finally {
        client.release();
      }
    };
    await Promise.all(Array.from({ length: 20 }, add));
    expect((await pool.query("select value from counter where name = 'a'")).rows).toEqual([{ value: 20 }]);
  });

  it('lets nothing of other clients into a transaction that is rolled back', async () => {
    const client = await pool.connect();
    await client.query('begin');
    await client.query("insert into counter values ('mine', 1)");
    const beside = pool.query("insert into counter values ('beside', 1)");
    await client.query('savepoint here');
    await client.query('rollback to savepoint here');
    await pause(5);
    await client.query('rollback');
    client.release();
    await beside;
    const { rows } = await pool.query("select name from counter where name <> 'a'");
    expect(rows).toEqual([{ name: 'beside' }]);
  });

  it('ends the transaction of a client that is given back in the middle of it', async () => {
    const client = await pool.connect();
    await client.query('begin');
    await client.query("insert into counter values ('abandoned', 1)");
    client.release();
    expect((await pool.query("select 1 from counter where name = 'abandoned'")).rows).toEqual([]);
  });

  it('goes on after a failed statement, with the error lean', async () => {
    const failed = pool.query('select * from nowhere where x = $1', ['a secret']);
    await expect(failed).rejects.toMatchObject({ code: '42P01', message: expect.stringContaining('nowhere') });
    await expect(failed).rejects.not.toHaveProperty('params');
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  it('hands notifications to those who listen, also when a comment comes before LISTEN', async () => {
    const client = await pool.connect();
    const heard: SqlNotification[] = [];
    client.on('notification', (notification) => heard.push(notification));
    await client.query('-- wake-up calls\nLISTEN "Marker:x"');
    await client.query('LISTEN plain');
    await pool.query(`select pg_notify('Marker:x', 'one')`);
    await pool.query('notify plain');
    await pause(20);
    expect(heard).toEqual([
      { channel: 'Marker:x', payload: 'one' },
      { channel: 'plain', payload: '' },
    ]);
    await client.query('UNLISTEN *');
    await pool.query(`select pg_notify('Marker:x', 'two')`);
    await pause(20);
    expect(heard).toHaveLength(2);
    client.release();
  });

  it('uses the room of what was deleted again once it is tidied, as a queue needs that works for days', async () => {
    await pool.query('create table passing (id serial primary key, filler text)');
    const pages = async () => {
      const { rows } = await pool.query("select pg_relation_size('passing') as bytes");
      return Number(rows[0].bytes) / 8192;
    };
    const work = async () => {
      await pool.query("insert into passing (filler) select repeat('x', 200) from generate_series(1, 1000)");
      await pool.query('delete from passing');
    };
    await work();
    const once = await pages();
    for (let round = 0; round < 5; round++) {
      await pool.tidy();
      await work();
    }
    expect(await pages()).toBeLessThanOrEqual(once);
  });
});
