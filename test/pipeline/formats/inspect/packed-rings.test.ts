import { expect, it } from 'vitest';
import { mapRings, RingPacker } from '../../../../pipeline/formats/inspect/packed-rings.ts';

it('packs rings one after the other, however many', () => {
  const packer = new RingPacker();
  const rings = Array.from({ length: 500 }, (_, index) =>
    Array.from({ length: 2 * (index % 9) }, (_, at) => index + at),
  );
  for (const ring of rings) packer.add(ring);
  const { coordinates, ends } = packer.rings;
  expect(ends.map((end, index) => [...coordinates.subarray(ends[index - 1] ?? 0, end)])).toEqual(rings);
  expect(coordinates).toHaveLength(ends.at(-1)!);
});

it('leaves out a ring that would be too much, not the shorter ones after it', () => {
  const packer = new RingPacker(8);
  for (const ring of [
    [1, 2, 3, 4],
    [5, 5, 5, 5, 5, 5],
    [6, 7],
    [8, 9],
    [9, 9],
  ])
    packer.add(ring);
  expect(packer.rings).toEqual({ coordinates: Float64Array.of(1, 2, 3, 4, 6, 7, 8, 9), ends: [4, 6, 8] });
});

it('replaces every position and leaves the rings as they were', () => {
  const rings = { coordinates: Float64Array.of(1, 2, 3, 4, 5, 6), ends: [4, 6] };
  expect(mapRings(rings, (x, y) => [y, 10 * x])).toEqual({
    coordinates: Float64Array.of(2, 10, 4, 30, 6, 50),
    ends: [4, 6],
  });
  expect(rings.coordinates[0]).toBe(1);
});
