import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AreaMask } from '../../../../pipeline/formats/inspect/area-mask.ts';
import { type PackedRings, RingPacker } from '../../../../pipeline/formats/inspect/packed-rings.ts';

const side = 24;
/** Corners in and around the raster, on halves of cells too, where the half-open rule decides. */
const corner = fc.integer({ min: -8, max: 2 * side + 8 }).map((half) => half / 2);
const ring = fc.array(corner, { minLength: 6, maxLength: 24 }).map((flat) => flat.slice(0, flat.length & ~1));
const rings = fc.array(ring, { minLength: 1, maxLength: 4 });
const rows = Array.from({ length: side }, (_, row) => row);

/** Whether the centre of a cell lies inside, by the edges that a ray to the left of it crosses. */
function isInside(shape: readonly (readonly number[])[], column: number, row: number): boolean {
  const [x, y] = [column + 0.5, row + 0.5];
  let inside = false;
  for (const each of shape)
    for (let index = 0; index < each.length; index += 2) {
      const next = (index + 2) % each.length;
      const [ax, ay, bx, by] = [each[index]!, each[index + 1]!, each[next]!, each[next + 1]!];
      if (
        ay <= y !== by <= y &&
        (ay < by ? ax + ((y - ay) / (by - ay)) * (bx - ax) : bx + ((y - by) / (ay - by)) * (ax - bx)) <= x
      )
        inside = !inside;
    }
  return inside;
}

function columnsOf(spans: Int32Array): number[] {
  const columns: number[] = [];
  for (let index = 0; index < spans.length; index += 2)
    for (let column = spans[index]!; column < spans[index + 1]!; column++) columns.push(column);
  return columns.filter((column) => column >= 0 && column < side);
}

function packed(shape: readonly (readonly number[])[]): PackedRings {
  const packer = new RingPacker();
  for (const ring of shape) packer.add(ring);
  return packer.rings;
}

describe('AreaMask', () => {
  it('holds the cells whose centre lies inside, by the even-odd rule', () => {
    fc.assert(
      fc.property(rings, (shape) => {
        const mask = new AreaMask(packed(shape));
        for (const row of rows)
          expect(columnsOf(mask.spans(row))).toEqual(rows.filter((column) => isInside(shape, column, row)));
      }),
      { seed: 20261127, numRuns: 200 },
    );
  });

  it('gives a row the same spans in whatever order rows are asked for', () => {
    fc.assert(
      fc.property(rings, fc.shuffledSubarray(rows), (shape, asked) => {
        const mask = new AreaMask(packed(shape));
        for (const row of asked) expect(mask.spans(row)).toEqual(new AreaMask(packed(shape)).spans(row));
      }),
      { seed: 20261127, numRuns: 200 },
    );
  });
});
