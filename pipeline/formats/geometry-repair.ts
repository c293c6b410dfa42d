import type { gdal } from './gdal.ts';
import type { Geometry } from './geometry.ts';
import { planarArea, polygonsOf } from './geometry.ts';
import { validPolygons } from './make-valid.ts';
import { fromWkb } from './wkb.ts';

type GdalGeometry = InstanceType<typeof gdal.Geometry>;

/** What was wrong with a geometry and what became of it. */
export interface GeometryRepair {
  /** Place of the feature in the result, from 0. */
  readonly feature: number;
  readonly fid: number;
  readonly problem: 'no-geometry' | 'invalid' | 'unusable';
  /** Planar areas before and after, in squared map units. */
  readonly areaBefore: number;
  readonly areaAfter: number;
}

export interface RepairedGeometry {
  readonly geometry: Geometry | null;
  readonly repair?: Omit<GeometryRepair, 'feature' | 'fid'>;
}

const isPolygonal = (geometry: Geometry): boolean => geometry.type === 'Polygon' || geometry.type === 'MultiPolygon';

/** The polygons among the pieces that making a polygon valid leaves behind; lines and points have no area. */
function polygonsOnly(geometry: Geometry): Geometry | null {
  const polygons = polygonsOf(geometry).filter((rings) => rings.length > 0 && rings[0]!.length >= 4);
  if (polygons.length === 0) return null;
  return polygons.length === 1
    ? { type: 'Polygon', coordinates: polygons[0]! }
    : { type: 'MultiPolygon', coordinates: polygons };
}

const binary = (shape: GdalGeometry): Geometry => fromWkb(shape.toWKB());

const allFinite = (coordinates: unknown): boolean =>
  Array.isArray(coordinates) ? coordinates.every(allFinite) : Number.isFinite(coordinates);

const finite = (geometry: Geometry): boolean =>
  geometry.type === 'GeometryCollection' ? geometry.geometries.every(finite) : allFinite(geometry.coordinates);

/**
 * Geometry of a feature, made valid where it is not.
 *
 * Self-crossing polygons keep the area of all their lobes (what `make_valid` keeps; a zero-width buffer would drop some);
 * parts of a multipolygon that overlap become their union.
 */
export function repairedGeometry(shape: GdalGeometry | null, repair: boolean): RepairedGeometry {
  if (shape === null || shape.isEmpty())
    return { geometry: null, repair: { problem: 'no-geometry', areaBefore: 0, areaAfter: 0 } };
  let areaBefore = 0;
  try {
    const before = binary(shape);
    areaBefore = planarArea(before);
    if (!finite(before)) throw new RangeError('coordinates are not finite');
    if (!isPolygonal(before) || !repair) return { geometry: before };
    shape.closeRings();
    if (shape.isValid()) return { geometry: binary(shape) };
    const geometry = polygonsOnly(binary(validPolygons(binary(shape))));
    const problem = geometry === null ? 'unusable' : 'invalid';
    return { geometry, repair: { problem, areaBefore, areaAfter: geometry === null ? 0 : planarArea(geometry) } };
  } catch {
    return { geometry: null, repair: { problem: 'unusable', areaBefore, areaAfter: 0 } };
  }
}
