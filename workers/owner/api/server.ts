import { type Health, healthRoutes } from '../../health-routes.ts';
import { listen, newHttpServer } from '../../http-server.ts';
import type { AnyQueue } from '../../queue-backend.ts';
import type { Owner } from '../owner.ts';
import type { RegisterFollower } from '../register-follower.ts';
import type { RunLedger } from '../run-ledger.ts';
import { requireToken } from './access.ts';
import { newToken, publishAddress, removeAddress } from './address.ts';
import { boardRoutes } from './board-routes.ts';
import { EventStreams } from './event-stream.ts';
import { journalRoutes } from './journal-routes.ts';
import { logRoutes } from './log-routes.ts';
import { newsRoutes } from './news-routes.ts';
import { runRoutes } from './run-routes.ts';

export interface ApiOptions {
  readonly workspace: string;
  readonly owner: Owner;
  readonly ledger: RunLedger;
  /** What keeps the catalog in step with the journal; none where there is no supervision. */
  readonly register?: RegisterFollower;
  readonly health: Health;
  /** Queues shown on the administrators' board. */
  readonly queues: readonly AnyQueue[];
  /** Address to listen on; default 127.0.0.1, which no other machine reaches. */
  readonly host?: string;
  /** Default any free one. */
  readonly port?: number;
}

export interface Api {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Answers for the owner of a workspace. Health and figures are for everybody who reaches the port; all else asks for the
 * token in the workspace.
 */
export async function serveApi(options: ApiOptions): Promise<Api> {
  const { workspace, owner, ledger, queues } = options;
  const token = newToken();
  const app = newHttpServer();
  const { health } = options;
  healthRoutes(app, {
    complaint: () => health.complaint(),
    metrics: async () => [...(await health.metrics()), ...owner.metrics()],
  });
  const streams = new EventStreams();
  void app.register(async (guarded) => {
    guarded.addHook('onRequest', requireToken(token));
    runRoutes(guarded, owner);
    logRoutes(guarded, owner, ledger, streams);
    newsRoutes(guarded, owner, streams);
    if (options.register) journalRoutes(guarded, options.register);
  });
  void app.register(async (board) => boardRoutes(board, token, queues), { prefix: '/board' });
  const url = await listen(app, options.host ?? '127.0.0.1', options.port ?? 0);
  await publishAddress(workspace, { url, token, pid: process.pid });
  return {
    url,
    async close() {
      await removeAddress(workspace);
      await app.close();
    },
  };
}
