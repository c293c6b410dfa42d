import { coordinateTransform } from './crs.ts';
import { type Geometry, mapPositions } from './geometry.ts';

/** A geometry brought into another system, vertex by vertex. */
export function placedIn(geometry: Geometry, from: string, to: string): Geometry {
  const transform = coordinateTransform(from, to);
  return transform.isIdentity ? geometry : mapPositions(geometry, ([x, y]) => transform.point(x, y));
}
