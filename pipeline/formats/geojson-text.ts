import { epsgNumber } from './crs.ts';

/**
 * A GeoJSON collection of features that are text already, with the coordinate system they are in: its number in the registry,
 * or else its description, which GDAL understands too.
 */
export function geoJsonText(crs: string, features: readonly string[]): string {
  const epsg = epsgNumber(crs);
  const name = epsg === undefined ? crs : `urn:ogc:def:crs:EPSG::${epsg}`;
  const head = JSON.stringify({ type: 'FeatureCollection', crs: { type: 'name', properties: { name } } });
  return `${head.slice(0, -1)},"features":[\n${features.join(',\n')}\n]}\n`;
}
