import { readFileSync } from 'node:fs';

export interface VectorRow {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly out: readonly unknown[];
}

const vectors = JSON.parse(readFileSync(new URL('../../fixtures/vectors.json', import.meta.url), 'utf8')) as Record<
  string,
  VectorRow[]
>;

/** Worked vectors of one group, such as `O1`. */
export function vectorRows(group: string): VectorRow[] {
  const found = Object.entries(vectors).find(([title]) => title.startsWith(`${group} `));
  if (found === undefined) throw new Error(`no vectors ${group}`);
  return found[1];
}
