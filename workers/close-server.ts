import type { Server } from 'node:http';

/** Ends a server together with the connections it holds open. */
export const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
