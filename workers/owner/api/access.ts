import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Whether two secrets are equal, in a time that does not tell how far they agree. */
export function sameSecret(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

export const bearsToken = ({ headers }: FastifyRequest, token: string): boolean =>
  sameSecret(headers.authorization ?? '', `Bearer ${token}`);

/** Lets through who shows the token in the `Authorization` header. */
export const requireToken = (token: string) => async (request: FastifyRequest, reply: FastifyReply) => {
  if (!bearsToken(request, token)) await reply.code(401).header('www-authenticate', 'Bearer').send({ error: 'token' });
};

const cookieName = 'shuibao-board';
const cookiePattern = new RegExp(`(?:^|;\\s*)${cookieName}=([0-9a-f]{64})(?:;|$)`);

/** Follows from the token and opens the board alone: a browser sends its cookies to other ports of a host, too. */
const cookieValue = (token: string): string => createHmac('sha256', token).update('board').digest('hex');

/** The cookie that a browser shows from then on, as a `Set-Cookie` header. */
export const boardCookie = (token: string, path: string): string =>
  `${cookieName}=${cookieValue(token)}; Path=${path}; HttpOnly; SameSite=Strict`;

/** Whether a browser that has signed in asks, and, when it would change something, asks from the board itself. */
export function bearsBoardCookie({ headers, method }: FastifyRequest, token: string): boolean {
  const given = cookiePattern.exec(headers.cookie ?? '')?.[1] ?? '';
  if (!sameSecret(given, cookieValue(token))) return false;
  return method === 'GET' || method === 'HEAD' || headers.origin === `http://${headers.host}`;
}
