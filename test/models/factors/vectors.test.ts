import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Vector, vectorCases } from './vector-cases.ts';

const groups: Record<string, Vector[]> = JSON.parse(
  readFileSync(new URL('../../fixtures/vectors.json', import.meta.url), 'utf8'),
);

/** Groups that other parts of the project test: statistics, supervision, terrain, coordinates. */
const testedElsewhere = ['W1', 'W2', 'W3', 'W4', 'W5', 'W6', 'W7', 'W8', 'E2', 'T1', 'C11', 'G1', 'G2', 'G3'].concat([
  'O1',
  'O2',
  'O3',
  'O4',
  'O5',
  'O6',
  'T4',
]);
/** The wind-erosion model is not part of the product. */
const notShipped = ['N1', 'N2', 'N3'];
/** In `test/models/erosion/end-to-end-fixture.test.ts`. */
const ownTest = ['E1'];

const titleOf = (group: string) => group.split(' ')[0]!;

/** Relative 1e-6 or absolute 5e-7, in any nesting of arrays and records. */
function expectClose(actual: unknown, expected: unknown): void {
  if (typeof expected === 'number') {
    expect(actual).toBeTypeOf('number');
    expect(Math.abs((actual as number) - expected)).toBeLessThanOrEqual(Math.max(5e-7, 1e-6 * Math.abs(expected)));
  } else if (expected !== null && typeof expected === 'object') {
    expect(Object.keys(actual as object)).toEqual(Object.keys(expected));
    for (const [key, value] of Object.entries(expected)) expectClose((actual as Record<string, unknown>)[key], value);
  } else expect(actual).toEqual(expected);
}

describe('worked vectors', () => {
  it('leaves no group of formulas untested', () => {
    const accounted = new Set([...Object.keys(vectorCases), ...testedElsewhere, ...notShipped, ...ownTest]);
    expect(Object.keys(groups).map(titleOf).sort()).toEqual([...accounted].sort());
  });

  for (const [group, vectors] of Object.entries(groups)) {
    const vectorCase = vectorCases[titleOf(group)];
    if (vectorCase === undefined) continue;
    it.each(vectors.map((vector) => [JSON.stringify(vector.inputs), vector] as const))(`${group}: %s`, (_, vector) => {
      expectClose(vectorCase(vector.inputs, vector), vector.out);
    });
  }
});
