import { coordinateTransform } from './crs.ts';
import { areaToParallel } from './ellipsoid-area.ts';
import { type Geometry, mapPositions, type Position, planarArea, polygonsOf, type Ring } from './geometry.ts';

/** Longer edges are cut before they are brought onto the ellipsoid, where straight lines of a map bend; map units. */
const longestEdge = { metres: 1000, degrees: 0.01 };

/** Parts an edge is cut into at most, whatever its length. */
const mostParts = 1000;

/**
 * Area of a polygonal geometry on the CGCS2000 ellipsoid, m². Vertices are brought into the cylinder of equal area, in which
 * areas of the ellipsoid are those of the plane; edges are straight lines of the system given.
 *
 * @param crs system of the coordinates
 */
export function ellipsoidalAreaSquareMetres(geometry: Geometry, crs: string): number {
  const toDegrees = coordinateTransform(crs, 'EPSG:4490');
  const limit = toDegrees.isIdentity ? longestEdge.degrees : longestEdge.metres;
  const rings = polygonsOf(geometry).map((polygon) => polygon.map((ring) => densified(ring, limit)));
  const cylinder = mapPositions({ type: 'MultiPolygon', coordinates: rings }, ([x, y]) => {
    const [longitude, latitude] = toDegrees.point(x, y);
    return [(longitude * Math.PI) / 180, areaToParallel(latitude)];
  });
  return planarArea(cylinder);
}

function densified(ring: Ring, limit: number): Ring {
  return ring.flatMap((to, at): Position[] => {
    if (at === 0) return [to];
    const from = ring[at - 1]!;
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    const parts = Math.min(mostParts, Math.max(1, Math.ceil(length / limit)));
    return Array.from({ length: parts }, (_, n): Position => {
      const share = (n + 1) / parts;
      return n + 1 === parts ? to : [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
    });
  });
}
