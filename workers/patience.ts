const firstPauseMilliseconds = 200;
const longestPauseMilliseconds = 5_000;
/** A database server that is restarted, or fails over, is back within minutes; one that is not needs a person. */
const usualPatienceMilliseconds = 600_000;

const passingCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  // PostgreSQL: shut down by an administrator or a crash, still starting up, too many connections, connection lost.
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '08000',
  '08003',
  '08006',
]);
const passingMessages =
  /Connection terminated|Connection is closed|connection ended unexpectedly|LOADING|Client has encountered a connection error/i;

/** Whether an error comes from a server that is away for the moment. */
export function isPassing(error: unknown): boolean {
  const { code, message, errors } = error as { code?: unknown; message?: unknown; errors?: readonly unknown[] };
  if (Array.isArray(errors) && errors.length > 0) return errors.every(isPassing);
  return (typeof code === 'string' && passingCodes.has(code)) || passingMessages.test(String(message ?? ''));
}

/** Does what must be done, trying again while the server it is asked of is away; any other error is thrown at once. */
export async function patiently<T>(
  work: () => Promise<T>,
  patienceMilliseconds = usualPatienceMilliseconds,
): Promise<T> {
  const begin = Date.now();
  let pause = firstPauseMilliseconds;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error) || Date.now() - begin > patienceMilliseconds) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
    pause = Math.min(2 * pause, longestPauseMilliseconds);
  }
}
