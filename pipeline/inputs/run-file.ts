import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { type UserError, userError } from '../messages/user-error.ts';
import { closestName } from './closest-name.ts';
import { type RunFile, runFileSchema } from './run-file-schema.ts';

/** A run file that was read and found valid; paths inside are still as written. */
export interface LoadedRun {
  readonly path: string;
  readonly directory: string;
  readonly run: RunFile;
  /** Absolute path of a path written in the run file. */
  resolve(path: string): string;
}

/** Run files are short; anything larger is not one. */
const maximumBytes = 1 << 20;

/**
 * Reads and validates a run file.
 * @throws UserError when it cannot be read, is not YAML, or has an unknown or wrong setting; names the setting and line.
 */
export async function loadRunFile(path: string): Promise<LoadedRun> {
  const shown = basename(path);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw userError(
      'run-file-unreadable',
      path,
      { zh: `无法读取运行文件（${error.code}）`, en: `the run file cannot be read (${error.code})` },
      { zh: '应为 YAML 运行文件', en: 'expected a YAML run file' },
      { zh: '请检查路径与权限', en: 'check the path and its permissions' },
    );
  });
  if (text.length > maximumBytes)
    throw userError('run-file-too-large', shown, {
      zh: '文件超过 1 MB，不是运行文件',
      en: 'larger than 1 MB, so not a run file',
    });
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, maxAliasCount: 20 } as Parameters<
    typeof parseDocument
  >[1]);
  const [problem] = document.errors;
  if (problem) {
    const line = problem.linePos?.[0]?.line ?? 1;
    throw userError(
      'run-file-not-yaml',
      shown,
      { zh: `第 ${line} 行不是合法的 YAML：${problem.code}`, en: `line ${line} is not valid YAML: ${problem.code}` },
      { zh: '应为“名称: 值”的层级结构', en: 'expected nested “name: value” lines' },
      { zh: '请检查缩进与冒号', en: 'check the indentation and colons' },
    );
  }
  const content: unknown = document.toJS({ maxAliasCount: 20 });
  const result = runFileSchema.safeParse(content);
  if (!result.success) throw schemaError(shown, result.error, content, (keys) => lineOf(document, lines, keys));
  const directory = dirname(resolve(path));
  return { path: resolve(path), directory, run: result.data, resolve: (written) => resolve(directory, written) };
}

type Keys = readonly PropertyKey[];

function lineOf(document: ReturnType<typeof parseDocument>, lines: LineCounter, keys: Keys): number | undefined {
  for (let length = keys.length; length > 0; length--) {
    const node = document.getIn(keys.slice(0, length), true) as { range?: [number, number, number] } | undefined;
    if (node?.range) return lines.linePos(node.range[0]).line;
  }
  return undefined;
}

function schemaError(
  file: string,
  error: z.ZodError,
  content: unknown,
  line: (keys: Keys) => number | undefined,
): UserError {
  const issue = mostTelling(error.issues);
  if (issue.code === 'unrecognized_keys') {
    const unknown = issue.keys[0]!;
    const path = [...issue.path, unknown];
    const suggestion = closestName(unknown, knownNames(issue.path, content));
    const at = line(path);
    return userError(
      'run-file-unknown-setting',
      file,
      {
        zh: `${at ? `第 ${at} 行，` : ''}未知设置“${path.join('.')}”`,
        en: `${at ? `line ${at}, ` : ''}unknown setting “${path.join('.')}”`,
      },
      suggestion
        ? { zh: `是否应为“${suggestion}”`, en: `did you mean “${suggestion}”` }
        : { zh: '运行文件中没有这一项', en: 'the run file has no such setting' },
      { zh: '请改正或删除', en: 'correct or remove it' },
    );
  }
  const path = issue.path.join('.');
  const at = line(issue.path);
  return userError(
    'run-file-wrong-setting',
    file,
    {
      zh: `${at ? `第 ${at} 行，` : ''}设置“${path}”不合要求`,
      en: `${at ? `line ${at}, ` : ''}setting “${path}” is not acceptable`,
    },
    { zh: issue.message, en: issue.message },
    { zh: '请按要求改正', en: 'correct it as required' },
  );
}

type Issue = z.core.$ZodIssue;

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

/** Names the schema knows at a place: parse errors list only the unknown ones, so the shape is walked. */
function knownNames(path: Keys, content: unknown): string[] {
  let schemas: z.core.$ZodType[] = [runFileSchema];
  let value = content;
  for (const key of path) {
    value = (value as Record<PropertyKey, unknown> | undefined)?.[key as string];
    schemas = schemas.flatMap((schema) => step(schema, key));
  }
  return schemas.flatMap((schema) => shapes(schema, value)).flatMap((shape) => Object.keys(shape));
}

/* The wrappers (optional, default, prefault) are peeled so that only objects and unions remain. */
function peel(schema: z.core.$ZodType): z.core.$ZodType {
  const definition = (schema as z.ZodType).def as unknown as { innerType?: z.core.$ZodType };
  return definition.innerType ? peel(definition.innerType) : schema;
}

function shapes(schema: z.core.$ZodType, value?: unknown): Record<string, z.core.$ZodType>[] {
  const peeled = peel(schema) as unknown as {
    def: { shape?: Record<string, z.core.$ZodType>; options?: z.core.$ZodType[] };
  };
  if (peeled.def.shape) return [peeled.def.shape];
  const all = (peeled.def.options ?? []).flatMap((option) => shapes(option));
  const kind = (value as { kind?: unknown } | undefined)?.kind;
  const ofKind = all.filter((shape) => {
    const values = (shape.kind as unknown as { def?: { values?: unknown[] } } | undefined)?.def?.values;
    return values?.includes(kind);
  });
  return ofKind.length > 0 ? ofKind : all;
}

function step(schema: z.core.$ZodType, key: PropertyKey): z.core.$ZodType[] {
  const element = (peel(schema) as unknown as { def: { element?: z.core.$ZodType } }).def.element;
  if (typeof key === 'number' && element) return [element];
  return shapes(schema).flatMap((shape) => shape[key as string] ?? []);
}
