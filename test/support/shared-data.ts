import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the optional real data beside the repository; tests that read it skip visibly where it is absent. */
const root =
  process.env.SHUIBAO_SHARED_DATA ??
  resolve(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'shared', 'data');

/** True when the real data folder is there. */
export const hasSharedData = existsSync(join(root, 'README.md'));

/** Absolute path inside the real data folder. */
export const sharedData = (...parts: string[]): string => join(root, ...parts);
