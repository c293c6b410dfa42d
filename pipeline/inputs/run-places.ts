import { join } from 'node:path';
import { canonicalJson, sha256 } from '../tasks/task-key.ts';
import type { LoadedRun } from './run-file.ts';

/** Directory that holds the store, the queue and the digests of a run file's work. */
export const workspaceOf = (loaded: LoadedRun): string => loaded.resolve(loaded.run.workspace);

/** Where digests of unchanged files are remembered. */
export const digestCache = (workspace: string): string => join(workspace, 'digests');

/** Directory the results are handed over in. */
export const resultsOf = (loaded: LoadedRun): string =>
  loaded.resolve(loaded.run.results ?? join('results', String(loaded.run.year)));

/** Directory the tables of a comparison with an earlier year are handed over in. */
export const changeResultsOf = (current: LoadedRun): string => join(resultsOf(current), 'change');

const shortDigest = (words: readonly string[]): string => sha256(canonicalJson(words)).slice(0, 12);

/** Names the run of a run file; the same file is the same run, however often it is edited and run again. */
export const runIdOf = (loaded: LoadedRun): string =>
  `${loaded.run.year}-${shortDigest([loaded.run.name, loaded.path])}`;

/** Names the run that compares two years. */
export const comparisonIdOf = (runs: readonly [LoadedRun, LoadedRun]): string =>
  `detect-${runs[1].run.year}-${shortDigest(runs.flatMap(({ run, path }) => [run.name, path]))}`;
