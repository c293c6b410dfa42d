import type { Text } from '../../messages/text.ts';
import { type UserError, userError } from '../../messages/user-error.ts';
import { placeText } from '../run-file-issues.ts';
import type { RunFile } from '../run-file-schema.ts';
import type { ParsedYaml } from '../run-file-yaml.ts';

/** A run file that fits the schema, with what was really written in it. */
export interface WrittenRun {
  /** Name of the run file for messages. */
  readonly file: string;
  readonly run: RunFile;
  readonly yaml: ParsedYaml;
}

type Path = readonly (string | number)[];

/** Value of a setting as written; undefined where the run file leaves it out. */
export function written({ yaml }: WrittenRun, path: Path): unknown {
  let value: unknown = yaml.content;
  for (const key of path) value = (value as Record<string | number, unknown> | undefined | null)?.[key];
  return value;
}

/** An objection to one setting, naming it and its line. */
export function settingError(
  run: WrittenRun,
  code: string,
  path: Path,
  found: Text,
  expected: Text,
  cure: Text,
): UserError {
  const place = placeText(run.yaml.lineOf(path));
  const name = path.join('.');
  return userError(
    code,
    run.file,
    { zh: `${place.zh}设置“${name}”${found.zh}`, en: `${place.en}setting “${name}” ${found.en}` },
    expected,
    cure,
  );
}
