import type { Dataset, Layer } from 'gdal-async';
import { gdal } from '../gdal.ts';
import type { Geometry } from '../geometry.ts';
import { eachFeature } from '../layer-features.ts';
import { ogrDrivers } from '../ogr-drivers.ts';
import { fromWkb } from '../wkb.ts';
import { inspectCrsText, inspectSpatialReference } from './crs-inspect.ts';
import type { InspectionRequest, VectorInspection } from './inspection.ts';
import { InspectionError } from './inspection-error.ts';
import { plainMessage } from './plain-message.ts';
import { readTime } from './read-time.ts';
import { type GeometryPart, VectorSummary } from './vector-summary.ts';

/** Describes GeoPackage, FlatGeobuf, KML, GML, MapInfo and file geodatabase layers. */
export async function inspectOgr(request: InspectionRequest): Promise<VectorInspection> {
  const dataset = open(request.path);
  try {
    return await describe(request, dataset, pickLayer(request, dataset));
  } finally {
    dataset.close();
  }
}

function open(path: string): Dataset {
  try {
    return gdal.open(path, 'r', [...ogrDrivers]);
  } catch (error) {
    const said = plainMessage(error, path);
    throw new InspectionError(
      'vector-unreadable',
      { zh: `矢量文件无法打开：${said}`, en: `the vector file cannot be opened: ${said}` },
      { zh: '请转换为 GeoPackage 或 Shapefile', en: 'convert it to GeoPackage or shapefile' },
    );
  }
}

function pickLayer(request: InspectionRequest, dataset: Dataset): Layer {
  const count = dataset.layers.count();
  const names = Array.from({ length: count }, (_, index) => dataset.layers.get(index).name);
  if (count === 0) throw new InspectionError('vector-empty', { zh: '文件中没有图层', en: 'the file has no layers' });
  if (request.layerName === undefined) return dataset.layers.get(0);
  const index = names.indexOf(request.layerName);
  if (index >= 0) return dataset.layers.get(index);
  throw new InspectionError(
    'vector-layer-missing',
    { zh: `没有图层 ${request.layerName}`, en: `there is no layer ${request.layerName}` },
    { zh: `现有图层：${names.slice(0, 8).join('、')}`, en: `its layers are: ${names.slice(0, 8).join(', ')}` },
  );
}

async function describe(request: InspectionRequest, dataset: Dataset, layer: Layer): Promise<VectorInspection> {
  const summary = new VectorSummary(request.rings ?? false);
  const fields = layer.fields.map((field) => ({ name: field.name, type: field.type, width: field.width }));
  const wanted = (request.fields ?? []).filter((name) => fields.some((field) => field.name === name));
  const values: Record<string, (string | null)[]> = Object.fromEntries(wanted.map((name) => [name, []]));
  const allowed = readTime(request);
  const started = process.cpuUsage();
  let damage: VectorInspection['damage'];
  try {
    await eachFeature(layer, (feature, geometry) => {
      const parts: GeometryPart[] = [];
      const shape = geometry ? fromWkb(geometry.toWKB()) : undefined;
      // An empty point is two NaN in binary.
      if (shape && !geometry!.isEmpty()) flatten(shape, parts);
      summary.add(shape?.type ?? null, parts);
      if (summary.features <= 20000)
        for (const name of wanted) {
          const value = feature.fields.get(name);
          values[name]!.push(value === null || value === undefined ? null : String(value));
        }
      if (summary.features % 64 !== 0 || millisecondsSince(started) <= allowed) return true;
      const seconds = (allowed / 1000).toFixed(0);
      damage = {
        zh: `${seconds} 秒内未能读完，只检查了前 ${summary.features} 个要素`,
        en: `could not be read within ${seconds} s; only the first ${summary.features} features were looked at`,
      };
      return false;
    });
  } catch (error) {
    const said = plainMessage(error, request.path);
    damage = {
      zh: `读到第 ${summary.features + 1} 个要素时出错：${said}`,
      en: `fails at feature ${summary.features + 1}: ${said}`,
    };
  }
  const crs = request.crs ? inspectCrsText(request.crs) : inspectSpatialReference(layer.srs);
  return {
    ...summary.describe(request.path, crs),
    format: dataset.driver.description,
    layer: layer.name,
    fields,
    encoding: { name: 'UTF-8', from: 'format' },
    missingParts: [],
    values,
    ...(damage ? { damage } : {}),
  };
}

function millisecondsSince(started: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

function flatten(geometry: Geometry, parts: GeometryPart[]): void {
  if (geometry.type === 'GeometryCollection') {
    for (const inner of geometry.geometries) flatten(inner, parts);
    return;
  }
  const ring = geometry.type.endsWith('Polygon');
  const visit = (value: unknown): void => {
    if (!Array.isArray(value) || value.length === 0) return;
    if (typeof value[0] === 'number') parts.push({ points: [value[0], value[1] as number], ring });
    else if (Array.isArray(value[0]) && typeof value[0][0] === 'number')
      parts.push({ points: (value as number[][]).flatMap(([x, y]) => [x!, y!]), ring });
    else for (const inner of value) visit(inner);
  };
  visit(geometry.coordinates);
}
