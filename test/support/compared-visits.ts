import { expect } from 'vitest';
import { referenceVisits, type TerrainVisits } from '../../models/terrain/tiled/terrain-visits.ts';

/** Visits that hold compiled ones against the reference, answer by answer. */
export function comparing(compiled: TerrainVisits, differences: string[]): TerrainVisits {
  const both =
    <A extends unknown[], R extends object>(name: string, norm: (...args: A) => R, other: (...args: A) => R) =>
    (...args: A): R => {
      const expected = norm(...args);
      compare(name, { result: expected }, { result: other(...args) }, differences);
      return expected;
    };
  return {
    fill: both('fill', referenceVisits.fill, compiled.fill),
    flow: both('flow', referenceVisits.flow, compiled.flow),
    slope: both('slope', referenceVisits.slope, compiled.slope),
    paths: both('paths', referenceVisits.paths, compiled.paths),
    factors: both('factors', referenceVisits.factors, compiled.factors),
  };
}

export function compare(name: string, expected: object, found: object, differences: string[]): void {
  expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
  for (const [key, value] of Object.entries(expected)) {
    const other = (found as Record<string, unknown>)[key];
    if (!ArrayBuffer.isView(value)) compare(`${name}.${key}`, value as object, other as object, differences);
    else if (!sameBytes(value, other as ArrayBufferView)) differences.push(`${name}.${key}`);
  }
}

function sameBytes(a: ArrayBufferView, b: ArrayBufferView): boolean {
  return (
    a.constructor === b.constructor &&
    Buffer.compare(
      Buffer.from(a.buffer, a.byteOffset, a.byteLength),
      Buffer.from(b.buffer, b.byteOffset, b.byteLength),
    ) === 0
  );
}
