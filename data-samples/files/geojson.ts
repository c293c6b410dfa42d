import { sampleCrs } from '../region-frame.ts';
import type { SampleFeature } from '../zones/polygons.ts';

/**
 * Features as GeoJSON, one a line. Coordinates are projected metres: the file names its system by the `crs` member of
 * GeoJSON 2008, which GIS programs read and RFC 7946 no longer describes.
 */
export function geoJson(name: string, features: readonly SampleFeature[]): string {
  const urn = `urn:ogc:def:crs:EPSG::${sampleCrs.slice('EPSG:'.length)}`;
  const lines = features.map(({ geometry, properties }) => JSON.stringify({ type: 'Feature', properties, geometry }));
  const head = `"type":"FeatureCollection","name":${JSON.stringify(name)}`;
  const crs = `"crs":{"type":"name","properties":{"name":"${urn}"}}`;
  return `{${head},${crs},"features":[\n${lines.join(',\n')}\n]}\n`;
}
