import { statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { inspectCrsText } from './crs-inspect.ts';
import type { CrsInspection, FieldInspection, InspectionRequest, VectorInspection } from './inspection.ts';
import { InspectionError } from './inspection-error.ts';
import { readBytes } from './read-bytes.ts';
import { decodeText, encodingLabel, encodingName, guessEncoding } from './text-encoding.ts';
import { type GeometryPart, VectorSummary } from './vector-summary.ts';

/** A longer file is refused: it would be held in memory whole. */
export const maximumGeoJsonBytes = 120e6;
const geometryTypes = ['Point', 'MultiPoint', 'LineString', 'MultiLineString', 'Polygon', 'MultiPolygon'];

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Describes a GeoJSON file; throws an InspectionError when it is not JSON or not GeoJSON. */
export function inspectGeoJson(request: InspectionRequest): VectorInspection {
  const { text, encoding } = readJsonText(request);
  const root = parse(text);
  const features = featuresOf(root);
  const summary = new VectorSummary(request.rings ?? false);
  const fields = new Map<string, string>();
  const values: Record<string, (string | null)[]> = Object.fromEntries(
    (request.fields ?? []).map((name) => [name, []]),
  );
  for (const feature of features) {
    addFeature(summary, feature);
    const properties = isObject(feature) && isObject(feature.properties) ? feature.properties : {};
    for (const [name, value] of Object.entries(properties))
      if (!fields.has(name) && fields.size < 200) fields.set(name, value === null ? 'null' : typeof value);
    for (const name of Object.keys(values)) {
      const value = properties[name];
      if (values[name]!.length < 20000)
        values[name]!.push(value === undefined || value === null ? null : String(value));
    }
  }
  const crs = request.crs ? inspectCrsText(request.crs) : crsOf(root);
  return {
    ...summary.describe(request.path, crs),
    format: 'GeoJSON',
    layer: basename(request.path, extname(request.path)),
    fields: [...fields].map(([name, type]): FieldInspection => ({ name, type })),
    encoding,
    missingParts: [],
    values,
  };
}

function readJsonText(request: InspectionRequest): { text: string; encoding: VectorInspection['encoding'] } {
  const size = statSync(request.path).size;
  if (size > maximumGeoJsonBytes)
    throw new InspectionError(
      'json-too-large',
      {
        zh: `JSON 文件为 ${Math.round(size / 1e6)} MB，超过上限 ${maximumGeoJsonBytes / 1e6} MB`,
        en: `the JSON file has ${Math.round(size / 1e6)} MB, above the limit of ${maximumGeoJsonBytes / 1e6} MB`,
      },
      { zh: '请转换为 GeoPackage', en: 'convert it to GeoPackage' },
    );
  const bytes = readBytes(request.path);
  const declared = request.encoding ? encodingLabel(request.encoding) : undefined;
  const label = declared ?? guessEncoding(bytes);
  const text = decodeText(bytes, label).replace(/^\uFEFF/, '');
  const from = declared ? 'declared' : label === 'utf-8' || label === 'ascii' ? 'format' : 'guessed';
  return { text, encoding: { name: label === 'ascii' ? 'UTF-8' : encodingName(label), from } };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const said = error instanceof Error ? error.message.replace(/\s+/g, ' ').slice(0, 100) : '';
    throw new InspectionError(
      'json-invalid',
      { zh: `不是有效的 JSON（${said}）`, en: `not valid JSON (${said})` },
      { zh: '请用原软件重新导出为 GeoJSON', en: 'export it again as GeoJSON' },
    );
  }
}

const notGeoJson = (zh: string, en: string): InspectionError =>
  new InspectionError(
    'geojson-invalid',
    { zh, en },
    { zh: '应为 GeoJSON 的 FeatureCollection', en: 'a GeoJSON FeatureCollection is expected' },
  );

function featuresOf(root: unknown): unknown[] {
  if (!isObject(root)) throw notGeoJson('JSON 中没有 GeoJSON 对象', 'the JSON holds no GeoJSON object');
  const type = root.type;
  if (type === 'FeatureCollection') {
    if (!Array.isArray(root.features))
      throw notGeoJson('FeatureCollection 没有 features 数组', 'the FeatureCollection has no array of features');
    return root.features;
  }
  if (type === 'Feature') return [root];
  if (typeof type === 'string' && (geometryTypes.includes(type) || type === 'GeometryCollection'))
    return [{ type: 'Feature', properties: null, geometry: root }];
  if (type === 'Topology') throw notGeoJson('这是 TopoJSON', 'this is TopoJSON');
  throw notGeoJson(`type 为 ${shown(type)}`, `its type is ${shown(type)}`);
}

const shown = (value: unknown): string => (JSON.stringify(value) ?? 'undefined').slice(0, 40);

function addFeature(summary: VectorSummary, feature: unknown): void {
  const index = summary.features;
  if (!isObject(feature) || feature.type !== 'Feature') {
    summary.add(null, []);
    summary.addInvalid(index, { zh: '不是 Feature 对象', en: 'not a Feature object' });
    return;
  }
  const geometry = feature.geometry;
  if (geometry === null || geometry === undefined) {
    summary.add(null, []);
    return;
  }
  const parts: GeometryPart[] = [];
  const type = isObject(geometry) ? String(geometry.type) : 'unknown';
  if (isObject(geometry) && collect(geometry, parts, 0)) summary.add(type, parts);
  else {
    summary.add(type, []);
    summary.addInvalid(index, {
      zh: `几何无法识别（${type.slice(0, 30)}）`,
      en: `geometry not understood (${type.slice(0, 30)})`,
    });
  }
}

const depths: Readonly<Record<string, number>> = {
  Point: 0,
  MultiPoint: 1,
  LineString: 1,
  MultiLineString: 2,
  Polygon: 2,
  MultiPolygon: 3,
};

function collect(geometry: Json, parts: GeometryPart[], level: number): boolean {
  if (geometry.type === 'GeometryCollection')
    return (
      level < 8 &&
      Array.isArray(geometry.geometries) &&
      geometry.geometries.every((inner) => isObject(inner) && collect(inner, parts, level + 1))
    );
  const depth = depths[String(geometry.type)];
  const ring = String(geometry.type).endsWith('Polygon');
  return depth !== undefined && positions(geometry.coordinates, depth, ring, parts);
}

function positions(value: unknown, depth: number, ring: boolean, parts: GeometryPart[]): boolean {
  if (!Array.isArray(value)) return false;
  if (depth > 1) return value.every((inner) => positions(inner, depth - 1, ring, parts));
  const list = depth === 0 ? [value] : value;
  const flat: number[] = [];
  for (const position of list) {
    if (!Array.isArray(position) || position.length < 2) return false;
    const [x, y] = position;
    if (typeof x !== 'number' || typeof y !== 'number') return false;
    flat.push(x, y);
  }
  parts.push({ points: flat, ring });
  return true;
}

/** GeoJSON is longitude and latitude unless an old-style `crs` member says otherwise. */
function crsOf(root: unknown): CrsInspection {
  const member = isObject(root) && isObject(root.crs) ? root.crs : undefined;
  const properties = member && isObject(member.properties) ? member.properties : undefined;
  const name = typeof properties?.name === 'string' ? properties.name : undefined;
  const code = name ? /EPSG:+(\d{4,6})$/i.exec(name)?.[1] : undefined;
  if (code) return { ...inspectCrsText(`EPSG:${code}`), from: 'code' };
  return { ...inspectCrsText('EPSG:4326'), from: 'format' };
}
