import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openServerPool } from '../../workers/queue-backend.ts';
import { boardConformance } from '../conformance/board.conformance.ts';
import { queueConformance } from '../conformance/queue.conformance.ts';
import { hasPostgres, startPostgres, type TestServer } from '../support/servers.ts';

describe.skipIf(!hasPostgres)('on a PostgreSQL server', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.stop());

  const environment = () => ({ QUEUE_URL: server.url, DATABASE_URL: server.url });
  queueConformance('PostgreSQL, for queue and catalog', environment);
  boardConformance('PostgreSQL', environment);

  it('says so when nobody answers', async () => {
    await expect(openServerPool('postgres://me:secret@127.0.0.1:1/x')).rejects.toThrow(/me:\*\*\*@127.*cannot be used/);
  });
});
