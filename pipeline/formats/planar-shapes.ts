import { gdal } from './gdal.ts';
import { type Geometry, planarArea, polygonsOf, type Ring } from './geometry.ts';
import { validPolygons } from './make-valid.ts';
import { fromWkb, toWkb } from './wkb.ts';

/** A polygonal shape in a plane, ready for set operations by GEOS. */
export type PlanarShape = InstanceType<typeof gdal.Geometry>;

/** Corners per quarter circle of a widened shape: arcs stay within 0.5 % of the distance. */
const quarterCorners = 16;

/**
 * Shape of a polygonal geometry. One whose rings cross, overlap or repeat is made valid first, so that set operations have
 * an answer; vertex order, ring start and winding do not matter.
 */
export const shapeOf = (geometry: Geometry): PlanarShape => validPolygons(geometry);

/** Shape of a line or of polygons, of which only distances are asked: polygons are made valid, lines are taken as they are. */
export const anyShape = (geometry: Geometry): PlanarShape =>
  geometry.type === 'LineString' ? gdal.Geometry.fromWKB(Buffer.from(toWkb(geometry))) : shapeOf(geometry);

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

/** Length of all rings of a shape. */
export const outlineLength = (shape: PlanarShape): number => (shape.isEmpty() ? 0 : lineLength(shape.boundary()));

/** Length of the outline of a shape that lies farther from another than a distance. */
export function outlineBeyond(shape: PlanarShape, other: PlanarShape, distance: number): number {
  return shape.isEmpty() ? 0 : lineLength(shape.boundary().difference(widened(other, distance)));
}

function lineLength(lines: PlanarShape): number {
  const length = (geometry: Geometry): number => {
    if (geometry.type === 'LineString') return pathLength(geometry.coordinates);
    if (geometry.type === 'MultiLineString')
      return geometry.coordinates.reduce((sum, line) => sum + pathLength(line), 0);
    if (geometry.type !== 'GeometryCollection') return 0;
    return geometry.geometries.reduce((sum, part) => sum + length(part), 0);
  };
  return lines.isEmpty() ? 0 : length(fromWkb(lines.toWKB()));
}

function pathLength(line: Ring): number {
  let sum = 0;
  for (let at = 1; at < line.length; at++)
    sum += Math.hypot(line[at]![0] - line[at - 1]![0], line[at]![1] - line[at - 1]![1]);
  return sum;
}

/** Shortest distance between two shapes; 0 where they touch. */
export const distanceBetween = (a: PlanarShape, b: PlanarShape): number => a.distance(b);
