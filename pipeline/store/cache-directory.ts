import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where a user's machine keeps what can be made or fetched again: SHUIBAO_CACHE, else the system's usual place. */
export const cacheDirectory = (environment: Readonly<Record<string, string | undefined>>): string =>
  environment.SHUIBAO_CACHE ?? join(environment.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'shuibao');
