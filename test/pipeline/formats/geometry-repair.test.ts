import { describe, expect, it } from 'vitest';
import { gdal } from '../../../pipeline/formats/gdal.ts';
import { planarArea } from '../../../pipeline/formats/geometry.ts';
import { repairedGeometry } from '../../../pipeline/formats/geometry-repair.ts';

type Corner = readonly [x: number, y: number];

function polygon(...rings: (readonly Corner[])[]) {
  const shape = new gdal.Polygon();
  for (const corners of rings) {
    const ring = new gdal.LinearRing();
    for (const [x, y] of corners) ring.points.add(x, y);
    shape.rings.add(ring);
  }
  return shape;
}

const square: readonly Corner[] = [
  [0, 0],
  [10, 0],
  [10, 10],
  [0, 10],
  [0, 0],
];
/** Two lobes of 25 square units each. */
const bowTie: readonly Corner[] = [
  [0, 0],
  [10, 10],
  [10, 0],
  [0, 10],
  [0, 0],
];

describe('a geometry made valid', () => {
  it('is the same where it is valid, closed where a ring is open', () => {
    const expected = { geometry: { type: 'Polygon', coordinates: [square] } };
    expect(repairedGeometry(polygon(square), true)).toEqual(expected);
    expect(repairedGeometry(polygon(square.slice(0, 4)), true)).toEqual(expected);
  });

  it('keeps all lobes of a polygon that crosses itself, and says so', () => {
    const { geometry, repair } = repairedGeometry(polygon(bowTie), true);
    expect(repair).toEqual({ problem: 'invalid', areaBefore: 0, areaAfter: 50 });
    expect(geometry?.type).toBe('MultiPolygon');
    expect(planarArea(geometry!)).toBe(50);
    expect(repairedGeometry(polygon(bowTie), false)).toEqual({ geometry: { type: 'Polygon', coordinates: [bowTie] } });
  });

  it('is none where its coordinates are no numbers, alone or among others', () => {
    const unusable = { geometry: null, repair: { problem: 'unusable', areaAfter: 0 } };
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const broken = polygon([[wrong, 0], ...square.slice(1, 4), [wrong, 0]]);
      expect(repairedGeometry(broken, true)).toMatchObject(unusable);
      expect(repairedGeometry(broken, false)).toMatchObject(unusable);
      const collection = new gdal.GeometryCollection();
      collection.children.add(polygon(square));
      collection.children.add(new gdal.Point(wrong, 1));
      expect(repairedGeometry(collection, false)).toMatchObject(unusable);
    }
  });

  it('is none where there was none, or where no area is left', () => {
    const none = { geometry: null, repair: { problem: 'no-geometry', areaBefore: 0, areaAfter: 0 } };
    expect(repairedGeometry(null, true)).toEqual(none);
    expect(repairedGeometry(new gdal.Polygon(), true)).toEqual(none);
    const line: readonly Corner[] = [square[0]!, square[1]!, square[0]!, square[0]!];
    expect(repairedGeometry(polygon(line), true)).toMatchObject({ geometry: null, repair: { problem: 'unusable' } });
  });
});
