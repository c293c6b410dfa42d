import type { Arc } from './boundary-arcs.ts';

export type Position = [number, number];
/** Outer ring counter-clockwise, then holes clockwise; every ring closed. */
export type Polygon = Position[][];

/** A feature as GeoJSON tells it, in the region's projected coordinates. */
export interface SampleFeature {
  readonly geometry: { readonly type: 'MultiPolygon'; readonly coordinates: Polygon[] };
  readonly properties: Record<string, string | number>;
}

/** Where lattice units lie on the map. */
export interface LatticePlace {
  readonly originX: number;
  readonly originY: number;
  readonly cellSizeMetres: number;
}

/** Twice the signed area of a ring; positive when counter-clockwise on a north-up map. */
export function ringArea(ring: readonly Position[]): number {
  let sum = 0;
  const [ox, oy] = ring[0]!;
  for (let at = 0; at + 1 < ring.length; at++) {
    const [ax, ay] = ring[at]!;
    const [bx, by] = ring[at + 1]!;
    sum += (ax - ox) * (by - oy) - (bx - ox) * (ay - oy);
  }
  return sum / 2;
}

/** Area of polygons, m²; holes do not count. */
export function polygonsArea(polygons: readonly Polygon[]): number {
  let sum = 0;
  for (const polygon of polygons) for (const ring of polygon) sum += ringArea(ring);
  return sum;
}

/** Even-odd test against all rings; a point on a western or southern edge counts as inside, on others as outside. */
export function insidePolygons(polygons: readonly Polygon[], x: number, y: number): boolean {
  let inside = false;
  for (const polygon of polygons)
    for (const ring of polygon)
      for (let at = 0; at + 1 < ring.length; at++) {
        const [ax, ay] = ring[at]!;
        const [bx, by] = ring[at + 1]!;
        if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
      }
  return inside;
}

interface DirectedArc {
  readonly arc: Arc;
  readonly reversed: boolean;
  readonly from: number;
  readonly to: number;
  readonly out: number;
  readonly arrive: number;
}

/**
 * Polygons of every group of labels, put together from shared arcs, so that neighbours have the same points and groups of
 * groups nest exactly.
 *
 * @param groupOf the group of a label ≥ 0, or −1 for none.
 */
export function polygonsByGroup(
  arcs: readonly Arc[],
  groupOf: (label: number) => number,
  place: LatticePlace,
): Map<number, Polygon[]> {
  const byGroup = new Map<number, DirectedArc[]>();
  const add = (group: number, directed: DirectedArc) => {
    if (group < 0) return;
    const list = byGroup.get(group);
    if (list) list.push(directed);
    else byGroup.set(group, [directed]);
  };
  for (const arc of arcs) {
    const left = arc.left < 0 ? -1 : groupOf(arc.left);
    const right = arc.right < 0 ? -1 : groupOf(arc.right);
    if (left === right) continue;
    const back = { from: arc.end, to: arc.start, out: (arc.lastStep + 2) & 3, arrive: (arc.firstStep + 2) & 3 };
    add(left, { arc, reversed: false, from: arc.start, to: arc.end, out: arc.firstStep, arrive: arc.lastStep });
    add(right, { arc, reversed: true, ...back });
  }
  const result = new Map<number, Polygon[]>();
  for (const group of [...byGroup.keys()].sort((a, b) => a - b))
    result.set(group, withHoles(joinRings(byGroup.get(group)!, place)));
  return result;
}

function joinRings(directed: readonly DirectedArc[], place: LatticePlace): Position[][] {
  const starting = new Map<number, DirectedArc[]>();
  for (const piece of directed) {
    const list = starting.get(piece.from);
    if (list) list.push(piece);
    else starting.set(piece.from, [piece]);
  }
  const used = new Set<DirectedArc>();
  const rings: Position[][] = [];
  for (const first of directed) {
    if (used.has(first)) continue;
    const ring: Position[] = [];
    let piece = first;
    do {
      used.add(piece);
      const { points } = piece.arc;
      for (let at = 0; at < points.length - 1; at++) {
        const [x, y] = points[piece.reversed ? points.length - 1 - at : at]!;
        ring.push([place.originX + x * place.cellSizeMetres, place.originY - y * place.cellSizeMetres]);
      }
      // The sharpest turn to the left stays with the same cells where two pieces of a group touch at a corner.
      const { arrive } = piece;
      const turn = (next: DirectedArc) => (next.out - arrive + 5) & 3;
      piece = starting.get(piece.to)!.reduce((best, next) => (turn(next) < turn(best) ? next : best));
    } while (piece !== first);
    rings.push(...simpleRings(ring));
  }
  return rings;
}

/** Cuts an open ring where it comes back to one of its own points, so that shells and holes touch but never pinch. */
function simpleRings(points: readonly Position[]): Position[][] {
  const rings: Position[][] = [];
  const path: Position[] = [];
  const placeInPath = new Map<string, number>();
  const close = (from: number) => {
    const loop = path.splice(from);
    for (const [x, y] of loop) placeInPath.delete(`${x} ${y}`);
    rings.push([...loop, [loop[0]![0], loop[0]![1]]]);
  };
  for (const point of points) {
    const key = `${point[0]} ${point[1]}`;
    const before = placeInPath.get(key);
    if (before !== undefined) close(before);
    placeInPath.set(key, path.length);
    path.push(point);
  }
  close(0);
  return rings;
}

/** Gives every hole to the smallest shell around it; shells in the order they were found. */
function withHoles(rings: readonly Position[][]): Polygon[] {
  const polygons: Polygon[] = rings.filter((ring) => ringArea(ring) > 0).map((ring) => [ring]);
  for (const hole of rings.filter((ring) => ringArea(ring) < 0)) {
    const [x, y] = [(hole[0]![0] + hole[1]![0]) / 2, (hole[0]![1] + hole[1]![1]) / 2];
    const around = polygons.filter((polygon) => insidePolygons([[polygon[0]!]], x, y));
    around.sort((a, b) => ringArea(a[0]!) - ringArea(b[0]!));
    around[0]?.push(hole);
  }
  return polygons;
}
