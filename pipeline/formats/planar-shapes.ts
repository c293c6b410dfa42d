import { gdal } from './gdal.ts';
import { type Geometry, planarArea, polygonsOf } from './geometry.ts';
import { validPolygons } from './make-valid.ts';
import { fromWkb } from './wkb.ts';

/** A polygonal shape in a plane, ready for set operations by GEOS. */
export type PlanarShape = InstanceType<typeof gdal.Geometry>;

/** Corners per quarter circle of a widened shape: arcs stay within 0.5 % of the distance. */
const quarterCorners = 16;

/**
 * Shape of a polygonal geometry. One whose rings cross, overlap or repeat is made valid first, so that set operations have
 * an answer; vertex order, ring start and winding do not matter.
 */
export const shapeOf = (geometry: Geometry): PlanarShape => validPolygons(geometry);

/** Polygons of a shape; lines and points that set operations leave behind have no area and are left out. */
export function polygonGeometry(shape: PlanarShape): Geometry {
  if (shape.isEmpty()) return { type: 'MultiPolygon', coordinates: [] };
  return { type: 'MultiPolygon', coordinates: polygonsOf(fromWkb(shape.toWKB())) };
}

/** Area in squared units of the plane. */
export function shapeArea(shape: PlanarShape): number {
  if (shape.isEmpty()) return 0;
  if (shape instanceof gdal.Polygon || shape instanceof gdal.MultiPolygon) return shape.getArea();
  return planarArea(fromWkb(shape.toWKB()));
}

/** Union of shapes, undefined of none. */
export function unionOf(shapes: readonly PlanarShape[]): PlanarShape | undefined {
  const [first, ...others] = shapes;
  // Few boundaries meet at one patch, so one after the other is quick enough.
  return others.reduce<PlanarShape | undefined>((all, shape) => all!.union(shape), first);
}

/** The shape widened (or, with a negative distance, narrowed) on all sides. */
export const widened = (shape: PlanarShape, distance: number): PlanarShape =>
  distance === 0 ? shape : shape.buffer(distance, quarterCorners);

/** Part of a shape that another holds, as an area. */
export const sharedArea = (shape: PlanarShape, other: PlanarShape): number => shapeArea(shape.intersection(other));

/** Part of a shape outside another, as an area. */
export const areaOutside = (shape: PlanarShape, other: PlanarShape): number => shapeArea(shape.difference(other));

/** Shortest distance between two shapes; 0 where they touch. */
export const distanceBetween = (a: PlanarShape, b: PlanarShape): number => a.distance(b);
