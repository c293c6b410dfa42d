import { expect, test } from 'vitest';
import { encodeBoundary } from '../../../models/terrain/tiled/boundary-bytes.ts';
import { referenceVisits } from '../../../models/terrain/tiled/terrain-visits.ts';
import type { TaskContext } from '../../../pipeline/tasks/task.ts';
import { boundaryOutput, readBoundary } from '../../../pipeline/tasks/terrain/boundary-artifact.ts';
import { fractalTerrain } from '../../support/terrains.ts';

const { elevation, width, height } = fractalTerrain(200, 160, 5, 60, 0.1);
const { boundary } = referenceVisits.fill(elevation, { width, height });

const bytesOf = (made: object): Uint8Array => {
  const output = boundaryOutput(made);
  if (!('bytes' in output)) throw new Error('a boundary is no file');
  return output.bytes;
};
const contextWith = (bytes: Uint8Array) => ({ inputBytes: async () => bytes }) as unknown as TaskContext;

test('a boundary comes back as it was, wherever its bytes lie in a buffer', async () => {
  const bytes = bytesOf(boundary);
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  expect(await readBoundary(contextWith(shifted.subarray(3)), 'x')).toEqual(boundary);
});

test('the boundary of hills takes less than half the room of its numbers', () => {
  expect(bytesOf(boundary).length).toBeLessThan(encodeBoundary(boundary).length / 2);
});

test('a boundary cut short is refused', async () => {
  const bytes = bytesOf(boundary);
  await expect(readBoundary(contextWith(bytes.subarray(0, bytes.length - 9)), 'x')).rejects.toThrow();
});
