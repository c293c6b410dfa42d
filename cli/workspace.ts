import { join } from 'node:path';
import type { LoadedRun } from '../pipeline/inputs/run-file.ts';

/** Directory that holds the store, the queue and the digests of a run file's work. */
export const workspaceOf = (loaded: LoadedRun): string => loaded.resolve(loaded.run.workspace);

/** Where digests of unchanged files are remembered. */
export const digestCache = (workspace: string): string => join(workspace, 'digests');

/** Directory the results are handed over in. */
export const resultsOf = (loaded: LoadedRun): string =>
  loaded.resolve(loaded.run.results ?? join('results', String(loaded.run.year)));
