/** Geometries as GeoJSON spells them, two coordinates per position, always in x (east), y (north) order. */

export type Position = readonly [x: number, y: number];
export type Ring = readonly Position[];

export type Geometry =
  | { readonly type: 'Point'; readonly coordinates: Position }
  | { readonly type: 'MultiPoint'; readonly coordinates: readonly Position[] }
  | { readonly type: 'LineString'; readonly coordinates: readonly Position[] }
  | { readonly type: 'MultiLineString'; readonly coordinates: readonly Ring[] }
  | { readonly type: 'Polygon'; readonly coordinates: readonly Ring[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly Ring[])[] }
  | { readonly type: 'GeometryCollection'; readonly geometries: readonly Geometry[] };

/** Polygons of a geometry, each as its rings (outer first); empty for points and lines. */
export function polygonsOf(geometry: Geometry): readonly (readonly Ring[])[] {
  if (geometry.type === 'Polygon') return [geometry.coordinates];
  if (geometry.type === 'MultiPolygon') return geometry.coordinates;
  return geometry.type === 'GeometryCollection' ? geometry.geometries.flatMap(polygonsOf) : [];
}

/** The same geometry with every position replaced. */
export function mapPositions(geometry: Geometry, map: (position: Position) => Position): Geometry {
  const line = (positions: readonly Position[]): Position[] => positions.map(map);
  const lines = (rings: readonly Ring[]): Position[][] => rings.map(line);
  switch (geometry.type) {
    case 'Point':
      return { type: 'Point', coordinates: map(geometry.coordinates) };
    case 'MultiPoint':
    case 'LineString':
      return { type: geometry.type, coordinates: line(geometry.coordinates) };
    case 'MultiLineString':
    case 'Polygon':
      return { type: geometry.type, coordinates: lines(geometry.coordinates) };
    case 'MultiPolygon':
      return { type: 'MultiPolygon', coordinates: geometry.coordinates.map(lines) };
    case 'GeometryCollection':
      return { type: 'GeometryCollection', geometries: geometry.geometries.map((part) => mapPositions(part, map)) };
  }
}

/** Planar area of the polygons of a geometry, in squared units of its coordinates; holes are taken off. */
export function planarArea(geometry: Geometry): number {
  const ringArea = (ring: Ring): number => {
    const [originX, originY] = ring[0] ?? [0, 0];
    let twice = 0;
    for (let i = 1; i < ring.length; i++) {
      const [ax, ay] = ring[i - 1]!;
      const [bx, by] = ring[i]!;
      twice += (ax - originX) * (by - originY) - (bx - originX) * (ay - originY);
    }
    return Math.abs(twice) / 2;
  };
  const areas = polygonsOf(geometry).map(([outer, ...holes]) =>
    holes.reduce((area, hole) => area - ringArea(hole), outer === undefined ? 0 : ringArea(outer)),
  );
  return areas.reduce((sum, area) => sum + area, 0);
}
