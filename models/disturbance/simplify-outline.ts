/** A closed ring of map positions, first repeated at the end. */
export type OutlineRing = readonly (readonly [x: number, y: number])[];

/** What simplifying an outline gave. */
export interface SimplifiedOutline {
  readonly polygons: readonly (readonly OutlineRing[])[];
  /** Bound of the area by which it differs from the exact outline, squared units: the sum of the triangles cut off or in. */
  readonly changedArea: number;
}

interface Corner {
  readonly x: number;
  readonly y: number;
  before: Corner;
  after: Corner;
  removed: boolean;
}

/**
 * Simplifies an outline by taking out, again and again, the corner whose triangle with its neighbours is smallest
 * (Visvalingam & Whyatt 1993, The Cartographic Journal 30, 46–51), as long as all triangles together stay within a share
 * of the area. A corner stays when another lies in its triangle, so rings neither cross nor swallow each other; a ring keeps
 * at least four corners.
 *
 * @param polygons shells and holes
 * @param share of the area that may change, such as 0.02
 */
export function simplifyOutline(polygons: readonly (readonly OutlineRing[])[], share: number): SimplifiedOutline {
  const rings = polygons.map((polygon) => polygon.map(linked));
  const corners = rings.flat(2);
  const budget = share * Math.abs(polygons.flat().reduce((sum, ring) => sum + signedArea(ring), 0));
  const left = new Map(rings.flat().map((ring) => [ring, ring.length]));
  const ringOf = new Map(rings.flat().flatMap((ring) => ring.map((corner) => [corner, ring] as const)));
  // Sorted once per round: a round goes through the corners from the smallest triangle on, each neighbourhood once.
  let changedArea = 0;
  for (let progress = true; progress; ) {
    progress = false;
    const touched = new Set<Corner>();
    const round = corners.filter(({ removed }) => !removed).sort((a, b) => triangle(a) - triangle(b));
    for (const corner of round) {
      const area = triangle(corner);
      if (changedArea + area > budget) break;
      const ring = ringOf.get(corner)!;
      if (touched.has(corner) || left.get(ring)! <= 4 || isCrowded(corner, corners)) continue;
      corner.removed = true;
      corner.before.after = corner.after;
      corner.after.before = corner.before;
      touched.add(corner.before).add(corner.after);
      left.set(ring, left.get(ring)! - 1);
      changedArea += area;
      progress = true;
    }
  }
  return { polygons: rings.map((polygon) => polygon.map(closed)), changedArea };
}

function linked(ring: OutlineRing): Corner[] {
  const corners = ring.slice(0, -1).map(([x, y]) => ({ x, y, removed: false }) as Corner);
  corners.forEach((corner, at) => {
    corner.before = corners[(at + corners.length - 1) % corners.length];
    corner.after = corners[(at + 1) % corners.length];
  });
  return corners;
}

function closed(corners: readonly Corner[]): OutlineRing {
  const kept = corners.filter(({ removed }) => !removed).map(({ x, y }) => [x, y] as const);
  return [...kept, kept[0]];
}

const cross = (a: Corner, b: Corner, c: Corner): number => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);

const triangle = (corner: Corner): number => Math.abs(cross(corner.before, corner, corner.after)) / 2;

/** True when another corner lies in or on the triangle that taking a corner out would cut. */
function isCrowded(corner: Corner, corners: readonly Corner[]): boolean {
  const { before, after } = corner;
  const turn = Math.sign(cross(before, corner, after));
  // On a straight stretch nothing is cut.
  if (turn === 0) return false;
  const [west, east] = [Math.min(before.x, corner.x, after.x), Math.max(before.x, corner.x, after.x)];
  return corners.some((other) => {
    if (other.removed || other.x < west || other.x > east) return false;
    if (other === corner || other === before || other === after) return false;
    return (
      cross(before, corner, other) * turn >= 0 &&
      cross(corner, after, other) * turn >= 0 &&
      cross(after, before, other) * turn >= 0
    );
  });
}

function signedArea(ring: OutlineRing): number {
  let twice = 0;
  for (let at = 1; at < ring.length; at++) {
    const [ax, ay] = ring[at - 1];
    const [bx, by] = ring[at];
    // Relative to the first corner, since map coordinates are large.
    twice += (ax - ring[0][0]) * (by - ring[0][1]) - (bx - ring[0][0]) * (ay - ring[0][1]);
  }
  return twice / 2;
}
