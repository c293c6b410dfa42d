import type { FastifyInstance } from 'fastify';
import type { RegisterFollower } from '../register-follower.ts';

/** For commands that have written to the journal: the owner's catalog follows, or is made anew. */
export function journalRoutes(app: FastifyInstance, register: RegisterFollower): void {
  app.post('/journal/follow', async () => register.follow());
  app.post('/journal/replay', async () => register.follow({ anew: true }));
}
