import type { z } from 'zod';
import { runFileSchema } from './run-file-schema.ts';

/* The schema looked at from outside: which names it knows where, and all settings there are. */

interface Definition {
  readonly type: string;
  readonly innerType?: z.core.$ZodType;
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly options?: readonly z.core.$ZodType[];
  readonly element?: z.core.$ZodType;
  readonly values?: readonly unknown[];
}

const definition = (schema: z.core.$ZodType): Definition => (schema as z.ZodType).def as unknown as Definition;

/** The schema inside its wrappers (optional, default, prefault): objects, unions, lists and single values remain. */
function peel(schema: z.core.$ZodType): z.core.$ZodType {
  const { innerType } = definition(schema);
  return innerType ? peel(innerType) : schema;
}

/** Names a schema, that of the run file by default, knows at a place; where `kind` decides, those of the kind that is written. */
export function knownNames(
  path: readonly PropertyKey[],
  content: unknown,
  schema: z.core.$ZodType = runFileSchema,
): string[] {
  let schemas: z.core.$ZodType[] = [schema];
  let value = content;
  for (const key of path) {
    schemas = schemas.flatMap((schema) => step(schema, key, value));
    value = (value as Record<PropertyKey, unknown> | undefined)?.[key as string];
  }
  return [...new Set(schemas.flatMap((schema) => shapes(schema, value)).flatMap((shape) => Object.keys(shape)))];
}

function shapes(schema: z.core.$ZodType, value?: unknown): Readonly<Record<string, z.core.$ZodType>>[] {
  const { shape, options } = definition(peel(schema));
  if (shape) return [shape];
  const all = (options ?? []).flatMap((option) => shapes(option));
  const kind = (value as { kind?: unknown } | undefined | null)?.kind;
  const ofKind = all.filter((each) => each.kind && definition(peel(each.kind)).values?.includes(kind));
  return ofKind.length > 0 ? ofKind : all;
}

function step(schema: z.core.$ZodType, key: PropertyKey, value: unknown): z.core.$ZodType[] {
  const { element } = definition(peel(schema));
  if (typeof key === 'number' && element) return [element];
  return shapes(schema, value).flatMap((shape) => shape[key as string] ?? []);
}

/**
 * Every setting of the run file by name, such as `grid.tileSize`; the kinds of an input are told apart as
 * `inputs.rain<daily-stations>.years`, entries of a list as `statistics.zones[].id`.
 */
export function settingNames(schema: z.core.$ZodType = runFileSchema, at = ''): string[] {
  const { shape, options, element } = definition(peel(schema));
  if (shape)
    return Object.entries(shape).flatMap(([name, inner]) => settingNames(inner, at === '' ? name : `${at}.${name}`));
  const inner = element && definition(peel(element));
  if (element && (inner?.shape || inner?.options)) return settingNames(element, `${at}[]`);
  if (options?.every((option) => definition(option).shape))
    return options.flatMap((option) => {
      const [kind] = definition(peel(definition(option).shape!.kind!)).values!;
      return settingNames(option, `${at}<${kind}>`);
    });
  return [at];
}
