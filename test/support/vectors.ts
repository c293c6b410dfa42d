import { readFileSync } from 'node:fs';

/** One worked example: named inputs and the numbers that follow from them. */
export interface Vector {
  readonly inputs: Readonly<Record<string, number | string>>;
  readonly out: readonly number[];
}

const groups = JSON.parse(readFileSync(new URL('../fixtures/vectors.json', import.meta.url), 'utf8')) as Record<
  string,
  readonly Vector[]
>;

/** The vectors of the group whose name begins so. */
export function vectorsOf(start: string): readonly Vector[] {
  return Object.entries(groups).find(([name]) => name.startsWith(start))?.[1] ?? [];
}
