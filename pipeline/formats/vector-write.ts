import { accessSync, constants, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname } from 'node:path';
import { userError } from '../messages/user-error.ts';
import { crsForFile } from './crs.ts';
import { gdal } from './gdal.ts';
import { geoJsonText } from './geojson-text.ts';
import type { Geometry } from './geometry.ts';
import { toWkb } from './wkb.ts';

/** A field of an output file. Names have at most ten characters, so that every format can carry them. */
export interface OutputField {
  readonly name: string;
  readonly type: 'text' | 'number' | 'whole';
  /** Bytes of text in a Shapefile, at most 254. */
  readonly width?: number;
}

export interface OutputFeature {
  readonly geometry: Geometry;
  readonly properties: Readonly<Record<string, string | number | null>>;
}

export interface OutputLayer {
  readonly crs: string;
  readonly fields: readonly OutputField[];
  readonly features: readonly OutputFeature[];
}

const drivers: Readonly<Record<string, string>> = { '.shp': 'ESRI Shapefile', '.gpkg': 'GPKG' };

/** Endings this writer knows. */
export const vectorEndings = ['.geojson', ...Object.keys(drivers)] as const;

/**
 * Writes polygons as GeoJSON, Shapefile (UTF-8, with .cpg) or GeoPackage, by the ending of the path. A file that is there is
 * replaced.
 *
 * @throws UserError for other endings, and when the file cannot be written
 */
export function writeVector(path: string, layer: OutputLayer): void {
  const ending = extname(path).toLowerCase();
  if (ending === '.geojson' || ending === '.json') {
    writeGeoJson(path, layer);
    return;
  }
  const driver = drivers[ending];
  if (driver === undefined)
    throw userError(
      'vector-format',
      path,
      { zh: `不支持的格式“${ending}”`, en: `unknown format “${ending}”` },
      { zh: `应为 ${vectorEndings.join('、')}`, en: `expected one of ${vectorEndings.join(', ')}` },
    );
  // Told by the system in words that can be passed on; GDAL has its own.
  accessSync(dirname(path), constants.W_OK);
  removeOld(path, ending);
  const dataset = created(path, driver);
  try {
    const name = basename(path, extname(path));
    const options = ending === '.shp' ? ['ENCODING=UTF-8'] : [];
    const target = dataset.layers.create(name, crsForFile(layer.crs), gdal.wkbMultiPolygon, options);
    for (const field of layer.fields) target.fields.add(definition(field));
    for (const { geometry, properties } of layer.features) {
      const feature = new gdal.Feature(target);
      feature.setGeometry(gdal.Geometry.fromWKB(Buffer.from(toWkb(geometry))));
      for (const [field, value] of Object.entries(properties)) if (value !== null) feature.fields.set(field, value);
      target.features.add(feature);
    }
  } finally {
    dataset.close();
  }
}

function created(path: string, driver: string): ReturnType<typeof gdal.open> {
  try {
    return gdal.drivers.get(driver).create(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw userError('vector-unwritable', path, {
      zh: `无法写出（${reason}）`,
      en: `cannot be written (${reason})`,
    });
  }
}

function definition({ name, type, width }: OutputField): InstanceType<typeof gdal.FieldDefn> {
  const kinds = { text: gdal.OFTString, number: gdal.OFTReal, whole: gdal.OFTInteger };
  const field = new gdal.FieldDefn(name, kinds[type]);
  if (type === 'text') field.width = Math.min(254, width ?? 80);
  return field;
}

function removeOld(path: string, ending: string): void {
  const base = path.slice(0, path.length - ending.length);
  const companions = ending === '.shp' ? ['.shp', '.shx', '.dbf', '.prj', '.cpg', '.qix'] : [ending];
  for (const each of companions) rmSync(base + each, { force: true });
}

/** By hand: drivers turn coordinates round for systems whose registry lists latitude first. */
function writeGeoJson(path: string, { crs, features }: OutputLayer): void {
  const rows = features.map(({ geometry, properties }) => JSON.stringify({ type: 'Feature', properties, geometry }));
  writeFileSync(path, geoJsonText(crs, rows));
}
