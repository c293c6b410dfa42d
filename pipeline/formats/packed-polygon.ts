import { type Geometry, polygonsOf, type Ring } from './geometry.ts';

/**
 * A polygon in 16 bytes a vertex; as arrays of positions it would take four times as much. The vertices of a province's
 * parcels are ten million.
 */
export interface PackedPolygon {
  /** x, y, x, y, … of all rings, one after the other; each ring ends where it began. */
  readonly coordinates: Float64Array;
  /** Where each ring ends in `coordinates`. */
  readonly ringEnds: readonly number[];
  /** Bounds of the outer ring, the first. */
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** The polygons of a geometry, packed; none for points and lines. */
export const packedPolygons = (geometry: Geometry): PackedPolygon[] => polygonsOf(geometry).map(packed);

function packed(rings: readonly Ring[]): PackedPolygon {
  const coordinates: number[] = [];
  const ringEnds: number[] = [];
  for (const ring of rings) {
    for (const [x, y] of ring) coordinates.push(x, y);
    const [start, end] = [ring[0], ring.at(-1)];
    if (start && end && (start[0] !== end[0] || start[1] !== end[1])) coordinates.push(start[0], start[1]);
    ringEnds.push(coordinates.length);
  }
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of rings[0] ?? []) {
    west = Math.min(west, x);
    east = Math.max(east, x);
    south = Math.min(south, y);
    north = Math.max(north, y);
  }
  return { coordinates: Float64Array.from(coordinates), ringEnds, west, south, east, north };
}
