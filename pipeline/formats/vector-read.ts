import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import type { Text } from '../messages/text.ts';
import { userError } from '../messages/user-error.ts';
import { coordinateTransform, crsFromSpatialReference } from './crs.ts';
import { gdal } from './gdal.ts';
import { type Geometry, mapPositions } from './geometry.ts';
import { type GeometryRepair, repairedGeometry } from './geometry-repair.ts';
import { InspectionError } from './inspect/inspection-error.ts';
import { plainMessage } from './inspect/plain-message.ts';
import { encodingLabel } from './inspect/text-encoding.ts';
import { eachFeature } from './layer-features.ts';
import { jsonDrivers, ogrDrivers, shapefileDriver } from './ogr-drivers.ts';
import { withReadable } from './readable-copy.ts';
import { shapefileEncoding } from './shapefile-encoding.ts';
import { unusableFile } from './unusable-file.ts';

export type { Geometry } from './geometry.ts';
export type { GeometryRepair } from './geometry-repair.ts';

export type PropertyValue = string | number | boolean | null;

export interface VectorFeature {
  /** Number of the feature in the file. */
  readonly fid: number;
  /** Null when the file has none or it could not be made usable. */
  readonly geometry: Geometry | null;
  /** Attributes by field name; dates as `YYYY-MM-DD` or ISO date and time. */
  readonly properties: Readonly<Record<string, PropertyValue>>;
}

export interface VectorField {
  readonly name: string;
  /** OGR's name: `string`, `integer`, `integer64`, `real`, `date`, … */
  readonly type: string;
  readonly width: number;
  readonly precision: number;
}

/** What a layer is, beside its features. */
export interface VectorLayer {
  readonly path: string;
  readonly driver: string;
  readonly layer: string;
  /** Names of all layers of the file. */
  readonly layers: readonly string[];
  /** Coordinate system of the geometries here: the target when one was asked for, else the file's. */
  readonly crs: string | null;
  /** Coordinate system of the file. */
  readonly sourceCrs: string | null;
  /** Encoding that was used for a Shapefile's attributes; undefined for formats that settle it themselves. */
  readonly encoding: string | undefined;
  readonly fields: readonly VectorField[];
  readonly repairs: readonly GeometryRepair[];
}

export interface VectorData extends VectorLayer {
  readonly features: readonly VectorFeature[];
}

export interface ReadVectorOptions {
  readonly layer?: string;
  /** Encoding of a Shapefile's attributes, or of JSON that is not UTF-8 (`gbk`, `big5`); `auto` or nothing looks for itself. */
  readonly encoding?: string;
  /** Takes the place of the file's coordinate system. */
  readonly sourceCrs?: string;
  /** Coordinate system to bring the geometries into. */
  readonly targetCrs?: string;
  /** Make invalid polygons valid; true by default. */
  readonly repair?: boolean;
}

type Dataset = ReturnType<typeof gdal.open>;
type Layer = ReturnType<Dataset['layers']['get']>;

interface Complaint {
  readonly reason: Text;
  readonly cure: Text;
}

const checkOrExport: Text = { zh: '请检查路径和文件，或重新导出', en: 'check path and file, or export it again' };

/** Why a file cannot be read: GDAL's own words only where they say more than that. */
function complaint(path: string, error: unknown): Complaint {
  if (error instanceof InspectionError) return { reason: error.reason, cure: checkOrExport };
  const words = plainMessage(error, path);
  if (/\.shx/i.test(words))
    return {
      reason: { zh: '.shx（索引）已损坏', en: 'its .shx (index) is damaged' },
      cure: { zh: '请删除 .shx 再试，缺少的索引会重建', en: 'delete the .shx and try again: a missing one is rebuilt' },
    };
  if (words === '' || /not recognized as|^Error opening dataset/.test(words))
    return {
      reason: { zh: '不是矢量文件，或文件已损坏', en: 'it is no vector file, or damaged' },
      cure: checkOrExport,
    };
  return {
    reason: { zh: `无法读取矢量（${words}）`, en: `the vector file cannot be read (${words})` },
    cure: checkOrExport,
  };
}

const expectedVector: Text = {
  zh: '应为完整的 Shapefile、GeoPackage、GeoJSON 或 KML',
  en: 'expected a complete Shapefile, GeoPackage, GeoJSON or KML',
};

function unreadable(path: string, error: unknown): Error {
  const { reason, cure } = unusableFile(path) ?? complaint(path, error);
  return userError('vector-unreadable', path, reason, expectedVector, cure);
}

function refuseUnknownEncoding(path: string, asked: string | undefined): void {
  if (asked === undefined || asked === 'auto' || encodingLabel(asked) !== undefined) return;
  throw userError(
    'encoding-unknown',
    path,
    { zh: `不认识编码“${asked}”`, en: `no encoding is called “${asked}”` },
    { zh: '应为 gbk、utf-8、big5 等', en: 'expected gbk, utf-8, big5 or another' },
    { zh: '不写则自动识别', en: 'leave it out to have it found' },
  );
}

const isShapefile = (path: string): boolean => extname(path).toLowerCase() === '.shp';

function openDataset(path: string, encoding: string | undefined): Dataset {
  if (!isShapefile(path)) return gdal.open(path, 'r', [...ogrDrivers, ...jsonDrivers]);
  const options = encoding === undefined ? [] : [`ENCODING=${encoding}`];
  return gdal.drivers.get(shapefileDriver).open(path, 'r', options);
}

function chosenLayer(path: string, dataset: Dataset, wanted: string | undefined): Layer {
  const names = dataset.layers.map((layer) => layer.name);
  const index = wanted === undefined ? 0 : names.indexOf(wanted);
  if (index >= 0 && index < names.length) return dataset.layers.get(index);
  if (names.length === 0)
    throw userError(
      'layers-none',
      path,
      { zh: '没有矢量图层', en: 'has no vector layer' },
      { zh: '应为矢量文件，不是栅格', en: 'expected a vector file, not a raster' },
    );
  throw userError(
    'layer-missing',
    path,
    { zh: `没有图层“${wanted ?? ''}”`, en: `has no layer “${wanted ?? ''}”` },
    { zh: `现有图层：${names.join('、')}`, en: `layers present: ${names.join(', ')}` },
  );
}

const padded = (value: number, width = 2): string => String(Math.trunc(value)).padStart(width, '0');

function propertyValue(value: unknown): PropertyValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  const date = value as {
    year?: number;
    month?: number;
    day?: number;
    hour?: number;
    minute?: number;
    second?: number;
  };
  if (date.year !== undefined) {
    const day = `${padded(date.year, 4)}-${padded(date.month ?? 1)}-${padded(date.day ?? 1)}`;
    if (date.hour === undefined) return day;
    return `${day}T${padded(date.hour)}:${padded(date.minute ?? 0)}:${padded(date.second ?? 0)}`;
  }
  return JSON.stringify(value);
}

function readFields(layer: Layer): VectorField[] {
  return layer.fields.map((field) => ({
    name: field.name,
    type: field.type,
    width: field.width,
    precision: field.precision,
  }));
}

function reprojection(path: string, from: string | null, to: string | undefined): (geometry: Geometry) => Geometry {
  if (to === undefined) return (geometry) => geometry;
  if (from === null)
    throw userError(
      'crs-missing',
      path,
      { zh: '没有坐标系', en: 'has no coordinate system' },
      { zh: '.prj 文件或 EPSG 代码', en: 'a .prj file or an EPSG code' },
      { zh: '请补上 .prj 或在运行文件中写明 crs', en: 'add the .prj, or state the crs in the run file' },
    );
  const transform = coordinateTransform(from, to);
  if (transform.isIdentity) return (geometry) => geometry;
  return (geometry) => mapPositions(geometry, ([x, y]) => transform.point(x, y));
}

async function readLayer(
  path: string,
  dataset: Dataset,
  encoding: string | undefined,
  options: ReadVectorOptions,
  visit: (feature: VectorFeature) => void,
): Promise<VectorLayer> {
  const layer = chosenLayer(path, dataset, options.layer);
  const sourceCrs = options.sourceCrs ?? crsFromSpatialReference(layer.srs);
  const reproject = reprojection(path, sourceCrs, options.targetCrs);
  const repairs: GeometryRepair[] = [];
  let count = 0;
  await eachFeature(layer, (feature, shape) => {
    const { geometry, repair } = repairedGeometry(shape, options.repair ?? true);
    if (repair !== undefined) repairs.push({ feature: count, fid: feature.fid, ...repair });
    const raw = Object.entries(feature.fields.toObject() as Record<string, unknown>);
    visit({
      fid: feature.fid,
      geometry: geometry === null ? null : reproject(geometry),
      properties: Object.fromEntries(raw.map(([name, value]) => [name, propertyValue(value)])),
    });
    count++;
    return true;
  });
  return {
    path,
    driver: dataset.driver.description,
    layer: layer.name,
    layers: dataset.layers.map((each) => each.name),
    crs: options.targetCrs ?? sourceCrs,
    sourceCrs,
    encoding,
    fields: readFields(layer),
    repairs,
  };
}

/**
 * Reads one layer of a Shapefile, GeoPackage, GeoJSON or KML file (the first layer by default), feature by feature: none is
 * kept here.
 *
 * Coordinates come in x–y order; heights are dropped. Invalid polygons are made valid and listed in `repairs`, features
 * without usable geometry keep their place with `geometry: null`. Edges are straight lines in the source system: only
 * vertices are transformed. Raises a `UserError` for files that cannot be read, unknown layers and encodings, and missing systems.
 */
export async function visitVector(
  path: string,
  options: ReadVectorOptions,
  visit: (feature: VectorFeature) => void,
): Promise<VectorLayer> {
  if (!existsSync(path) || unusableFile(path) !== undefined) throw unreadable(path, '');
  refuseUnknownEncoding(path, options.encoding);
  // What the caller's own code throws says nothing about the file.
  let fault: unknown;
  const visitOrFail = (feature: VectorFeature): void => {
    try {
      visit(feature);
    } catch (error) {
      fault = error;
      throw error;
    }
  };
  try {
    const encoding = isShapefile(path) ? shapefileEncoding(path, options.encoding) : undefined;
    return await withReadable(path, options.encoding, async (readable) => {
      const dataset = openDataset(readable, encoding);
      try {
        return { ...(await readLayer(path, dataset, encoding, options, visitOrFail)), path };
      } finally {
        dataset.close();
      }
    });
  } catch (error) {
    if (error === fault || (error instanceof Error && error.name === 'UserError')) throw error;
    throw unreadable(path, error);
  }
}

/** Reads a layer whole; see `visitVector`. */
export async function readVector(path: string, options: ReadVectorOptions = {}): Promise<VectorData> {
  const features: VectorFeature[] = [];
  const layer = await visitVector(path, options, (feature) => features.push(feature));
  return { ...layer, features };
}
