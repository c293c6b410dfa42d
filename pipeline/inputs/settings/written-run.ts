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
  /** Where the settings are written, in a scenario; at the top when left out. */
  readonly at?: Path;
}

type Path = readonly (string | number)[];

/** Value of a setting as written; undefined where the run file leaves it out. */
export function written({ yaml, at = [] }: WrittenRun, path: Path): unknown {
  let value: unknown = yaml.content;
  for (const key of [...at, ...path]) value = (value as Record<string | number, unknown> | undefined | null)?.[key];
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
  const whole = [...(run.at ?? []), ...path];
  const place = placeText(run.yaml.lineOf(whole));
  const name = whole.join('.');
  return userError(
    code,
    run.file,
    { zh: `${place.zh}设置“${name}”${found.zh}`, en: `${place.en}setting “${name}” ${found.en}` },
    expected,
    cure,
  );
}
