import { coordinateTransform, crsFromSpatialReference, projString } from '../crs.ts';
import { gdal } from '../gdal.ts';
import { identifyWkt } from './crs-identify.ts';
import type { CrsInspection, ExtentInspection } from './inspection.ts';

type SpatialReference = InstanceType<typeof gdal.SpatialReference>;

export const lonLatProj = '+proj=longlat +datum=WGS84 +no_defs';

/** Coordinate system of a dataset or layer as GDAL reads it. */
export function inspectSpatialReference(srs: SpatialReference | null): CrsInspection {
  if (!srs) return { kind: 'missing' };
  let wkt: string;
  try {
    wkt = srs.toWKT();
  } catch {
    return { kind: 'unreadable' };
  }
  return withProj(identifyWkt(wkt), srs);
}

/** Coordinate system from WKT, an `EPSG:n` code or a PROJ string. */
export function inspectCrsText(text: string): CrsInspection {
  try {
    return inspectSpatialReference(gdal.SpatialReference.fromUserInput(text));
  } catch {
    return withProj(identifyWkt(text), null);
  }
}

function withProj(crs: CrsInspection, srs: SpatialReference | null): CrsInspection {
  if (crs.kind !== 'projected' && crs.kind !== 'geographic') return crs;
  try {
    const description = crs.epsg === undefined ? crsFromSpatialReference(srs) : `EPSG:${crs.epsg}`;
    return description ? { ...crs, proj4: projString(description) } : crs;
  } catch {
    return crs;
  }
}

/** Extent in degrees, from points along the edges; undefined where it cannot be computed. */
export function lonLatExtent(extent: ExtentInspection | undefined, crs: CrsInspection): ExtentInspection | undefined {
  if (!extent || !crs.proj4 || ![extent.west, extent.east, extent.south, extent.north].every(Number.isFinite))
    return undefined;
  if (crs.kind === 'geographic') return extent;
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  try {
    const transform = coordinateTransform(crs.proj4, lonLatProj);
    const steps = 8;
    for (let index = 0; index <= steps; index++) {
      const x = extent.west + ((extent.east - extent.west) * index) / steps;
      const y = extent.south + ((extent.north - extent.south) * index) / steps;
      for (const [px, py] of [
        [x, extent.south],
        [x, extent.north],
        [extent.west, y],
        [extent.east, y],
      ] as const) {
        const [longitude, latitude] = transform.point(px, py);
        if (!Number.isFinite(longitude) || !Number.isFinite(latitude)) return undefined;
        west = Math.min(west, longitude);
        east = Math.max(east, longitude);
        south = Math.min(south, latitude);
        north = Math.max(north, latitude);
      }
    }
  } catch {
    return undefined;
  }
  return { west, south, east, north };
}
