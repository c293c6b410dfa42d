import type { Migration } from 'kysely';
import * as runs from './migrations/001-runs.ts';
import * as runStatistics from './migrations/002-run-statistics.ts';
import * as supervision from './migrations/003-supervision.ts';

/**
 * Numbered changes of the catalog's tables, applied in this order, each once. A published one is never edited: databases
 * that have it would not notice.
 */
export const migrations: Readonly<Record<string, Migration>> = {
  '001-runs': runs,
  '002-run-statistics': runStatistics,
  '003-supervision': supervision,
};
