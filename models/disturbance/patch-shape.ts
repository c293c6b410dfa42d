import { type CornerPolygon, type CornerRing, twiceArea } from './cell-polygon.ts';

/** Shape of a patch, in cells. */
export interface PatchShape {
  readonly cells: number;
  /** Length of all rings, cell sides. */
  readonly perimeterSides: number;
  readonly parts: number;
  readonly holes: number;
  /** 4π·area / perimeter²: 1 for a disc, π/4 for a square of cells. */
  readonly compactness: number;
  /** 2·area / perimeter: the width of a long strip, cell sides. */
  readonly meanWidthSides: number;
  /** Longer over shorter side of the box around the patch. */
  readonly elongation: number;
  /** Box around the patch: first column and row, and the ones after the last. */
  readonly box: readonly [west: number, north: number, east: number, south: number];
}

/** Measures a patch outline; counts and lengths are whole numbers and do not depend on any tiling. */
export function patchShape(polygons: readonly CornerPolygon[]): PatchShape {
  const rings = polygons.flat();
  const cells = rings.reduce((sum, ring) => sum + twiceArea(ring), 0) / 2;
  const perimeterSides = rings.reduce((sum, ring) => sum + ringLength(ring), 0);
  const [west, north, east, south] = boxOf(rings);
  const [wide, high] = [east - west, south - north];
  return {
    cells,
    perimeterSides,
    parts: polygons.length,
    holes: rings.length - polygons.length,
    compactness: (4 * Math.PI * cells) / (perimeterSides * perimeterSides),
    meanWidthSides: (2 * cells) / perimeterSides,
    elongation: Math.max(wide, high) / Math.min(wide, high),
    box: [west, north, east, south],
  };
}

function ringLength(ring: CornerRing): number {
  let length = 0;
  for (let at = 1; at < ring.length; at++)
    length += Math.abs(ring[at][0] - ring[at - 1][0]) + Math.abs(ring[at][1] - ring[at - 1][1]);
  return length;
}

function boxOf(rings: readonly CornerRing[]): PatchShape['box'] {
  let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings)
    for (const [column, row] of ring) {
      west = Math.min(west, column);
      east = Math.max(east, column);
      north = Math.min(north, row);
      south = Math.max(south, row);
    }
  return [west, north, east, south];
}
