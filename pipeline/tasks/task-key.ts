import { createHash } from 'node:crypto';
import type { Digest, JsonValue, Plan, TaskKey } from './task.ts';

/** JSON with sorted names and no blanks, so that equal values have equal text. Refuses numbers JSON cannot carry. */
export function canonicalJson(value: JsonValue): string {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`a task parameter must be finite, got ${value}`);
    return JSON.stringify(value);
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const object = value as Readonly<Record<string, JsonValue>>;
  const names = Object.keys(object)
    .filter((name) => object[name] !== undefined)
    .sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalJson(object[name]!)}`).join(',')}}`;
}

export function sha256(data: string | Uint8Array): Digest {
  return createHash('sha256').update(data).digest('hex');
}

/** A plan as the store keeps it. */
export const planBytes = (plan: Plan): Uint8Array =>
  new TextEncoder().encode(canonicalJson(plan as unknown as JsonValue));

/** Content digest of a plan in the store. */
export const planDigestOf = (plan: Plan): Digest => sha256(planBytes(plan));

/** Key of a task from all that determines its result; the inputs enter by content digest only. */
export function taskKey(
  kind: string,
  version: number,
  parameters: JsonValue,
  inputs: Readonly<Record<string, Digest>>,
): TaskKey {
  return sha256(canonicalJson({ kind, version, parameters, inputs }));
}
