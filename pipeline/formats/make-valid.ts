import { gdal } from './gdal.ts';
import { type Geometry, polygonsOf } from './geometry.ts';
import { fromWkb, toWkb } from './wkb.ts';

type GdalGeometry = InstanceType<typeof gdal.Geometry>;

const asGdal = (geometry: Geometry): GdalGeometry => gdal.Geometry.fromWKB(Buffer.from(toWkb(geometry)));

/**
 * The polygons of a geometry as one valid GEOS geometry. Self-crossing rings keep all their lobes. Polygons that overlap
 * each other become their union: made valid as a whole, what they share would turn into a hole.
 */
export function validPolygons(geometry: Geometry): GdalGeometry {
  const polygons = polygonsOf(geometry);
  const whole = asGdal({ type: 'MultiPolygon', coordinates: polygons });
  if (whole.isValid()) return whole;
  const parts = polygons.flatMap((coordinates) => {
    const part = asGdal({ type: 'Polygon', coordinates });
    return part.isValid() ? [coordinates] : polygonsOf(fromWkb(part.makeValid().toWKB()));
  });
  const valid = asGdal({ type: 'MultiPolygon', coordinates: parts });
  return (valid as InstanceType<typeof gdal.MultiPolygon>).unionCascaded();
}
