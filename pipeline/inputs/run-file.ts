import { basename, dirname, resolve } from 'node:path';
import { schemaError } from './run-file-issues.ts';
import { type RunFile, runFileSchema } from './run-file-schema.ts';
import { readRunFileText } from './run-file-text.ts';
import { parseRunFileYaml } from './run-file-yaml.ts';
import { refuseUnfitSettings } from './settings/refuse-unfit-settings.ts';

/** A run file that was read and found valid; paths inside are still as written. */
export interface LoadedRun {
  readonly path: string;
  readonly directory: string;
  readonly run: RunFile;
  /** Absolute path of a path written in the run file. */
  resolve(path: string): string;
}

/**
 * Reads and validates a run file.
 * @throws UserError when it cannot be read, is not YAML, has an unknown or wrong setting, one without effect beside the
 *   others, or the name of a method, code or coordinate system that there is not; names the setting and line
 */
export async function loadRunFile(path: string): Promise<LoadedRun> {
  const shown = basename(path);
  const yaml = parseRunFileYaml(await readRunFileText(path), shown);
  const result = runFileSchema.safeParse(yaml.content);
  if (!result.success) throw schemaError(shown, result.error, yaml);
  refuseUnfitSettings({ file: shown, run: result.data, yaml });
  const directory = dirname(resolve(path));
  return { path: resolve(path), directory, run: result.data, resolve: (written) => resolve(directory, written) };
}
