import type { z } from 'zod';
import { didYouMean } from '../messages/closest-name.ts';
import type { Text } from '../messages/text.ts';
import { type UserError, userError } from '../messages/user-error.ts';
import { runFileSchema } from './run-file-schema.ts';
import { knownNames } from './run-file-shape.ts';
import type { Keys, ParsedYaml } from './run-file-yaml.ts';

type Issue = z.core.$ZodIssue;

/** What the schema objects to first, as one line about a setting and where it stands. */
export function schemaError(
  file: string,
  error: z.ZodError,
  yaml: ParsedYaml,
  schema: z.ZodType = runFileSchema,
): UserError {
  const issue = mostTelling(error.issues);
  if (issue.code === 'unrecognized_keys') return unknownSetting(file, issue, yaml, schema);
  const name = issue.path.join('.');
  const value = valueAt(yaml.content, issue.path);
  const place = placeText(yaml.lineOf(issue.path));
  if (value === undefined)
    return userError(
      'run-file-missing-setting',
      file,
      { zh: `${place.zh}缺少设置“${name}”`, en: `${place.en}setting “${name}” is missing` },
      expectedText(issue),
      { zh: '请补充', en: 'add it' },
    );
  const written = typeof value === 'object' ? undefined : String(value).slice(0, 60);
  return userError(
    'run-file-wrong-setting',
    file,
    {
      zh: `${place.zh}设置“${name}”不合要求${written === undefined ? '' : `（写的是“${written}”）`}`,
      en: `${place.en}setting “${name}” is not acceptable${written === undefined ? '' : ` (it says “${written}”)`}`,
    },
    expectedText(issue),
    suggestion(written, choicesOf(issue)),
  );
}

/** `line 3, ` in both languages, or nothing where the line is not known. */
export const placeText = (line: number | undefined): Text =>
  line === undefined ? { zh: '', en: '' } : { zh: `第 ${line} 行，`, en: `line ${line}, ` };

/** The nearest of some names as a question, else a plain request. */
export function suggestion(written: string | undefined, names: readonly string[]): Text {
  return (written === undefined ? undefined : didYouMean(written, names)) ?? { zh: '请改正', en: 'correct it' };
}

function unknownSetting(
  file: string,
  issue: Extract<Issue, { code: 'unrecognized_keys' }>,
  yaml: ParsedYaml,
  schema: z.ZodType,
) {
  const unknown = issue.keys[0]!;
  const path = [...issue.path, unknown];
  const place = placeText(yaml.lineOf(path));
  const names = knownNames(issue.path, yaml.content, schema);
  return userError(
    'run-file-unknown-setting',
    file,
    { zh: `${place.zh}未知设置“${path.join('.')}”`, en: `${place.en}unknown setting “${path.join('.')}”` },
    didYouMean(unknown, names) ?? { zh: `此处可用：${names.join('、')}`, en: `known here: ${names.join(', ')}` },
    { zh: '请改正或删除', en: 'correct or remove it' },
  );
}

function valueAt(content: unknown, path: Keys): unknown {
  let value = content;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | undefined | null)?.[key];
  return value;
}

/** The issue that says most: unknown names first, then the deepest one; unions are looked into. */
function mostTelling(issues: readonly Issue[]): Issue {
  const flat = issues.flatMap((issue): Issue[] => {
    if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
    const inner = issue.errors.flat().map((each) => ({ ...each, path: [...issue.path, ...each.path] }) as Issue);
    return inner.length > 0 ? inner : [issue];
  });
  const unknown = flat.find((issue) => issue.code === 'unrecognized_keys');
  return unknown ?? [...flat].sort((a, b) => b.path.length - a.path.length)[0] ?? issues[0]!;
}

const typeNames: Readonly<Record<string, Text>> = {
  string: { zh: '文字', en: 'text' },
  number: { zh: '数值', en: 'a number' },
  int: { zh: '整数', en: 'a whole number' },
  boolean: { zh: 'true 或 false', en: 'true or false' },
  object: { zh: '“名称: 值”的一组设置', en: 'a group of “name: value” settings' },
  record: { zh: '“代码: 值”的列表', en: 'a list of “code: value”' },
  array: { zh: '列表', en: 'a list' },
};

function choicesOf(issue: Issue): string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  if (issue.code === 'invalid_union') return ((issue as { options?: unknown[] }).options ?? []).map(String);
  return [];
}

/** What the schema wants at this place, in words of the run file. */
function expectedText(issue: Issue): Text {
  const choices = choicesOf(issue);
  if (choices.length > 0)
    return {
      zh: choices.length === 1 ? `应为 ${choices[0]}` : `应为其中之一：${choices.join('、')}`,
      en: choices.length === 1 ? `expected ${choices[0]}` : `expected one of ${choices.join(', ')}`,
    };
  if (issue.code === 'invalid_type') {
    const type = typeNames[issue.expected] ?? { zh: issue.expected, en: issue.expected };
    return { zh: `应为${type.zh}`, en: `expected ${type.en}` };
  }
  if (issue.code === 'too_small' || issue.code === 'too_big') return boundText(issue);
  return { zh: '格式不对', en: issue.message };
}

function boundText(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): Text {
  const limit = issue.code === 'too_small' ? issue.minimum : issue.maximum;
  const [zh, en] =
    issue.code === 'too_small'
      ? issue.inclusive
        ? ['至少', 'at least']
        : ['大于', 'more than']
      : issue.inclusive
        ? ['至多', 'at most']
        : ['小于', 'less than'];
  const count = issue.origin === 'array' ? { zh: ' 项', en: ' entries' } : { zh: '', en: '' };
  if (issue.origin === 'string') return { zh: '不能为空', en: 'it cannot be empty' };
  return { zh: `应${zh} ${limit}${count.zh}`, en: `expected ${en} ${limit}${count.en}` };
}
