import { isGeographic } from '../formats/crs.ts';
import { type Geometry, planarArea, polygonsOf } from '../formats/geometry.ts';
import { type GeometryRepair, type PropertyValue, readVector, type VectorFeature } from '../formats/vector-read.ts';
import type { Text } from '../messages/text.ts';
import { userError } from '../messages/user-error.ts';
import { type QuarantinedRow, quarantineFields } from './quarantine.ts';
import { requireField } from './require-field.ts';

/** A polygonal feature with its attributes under the names this product uses. */
export interface NamedFeature {
  readonly fid: number;
  readonly geometry: Geometry;
  /** Attributes by the names of this product where one is known, else by those of the file. */
  readonly attributes: Readonly<Record<string, PropertyValue>>;
}

export interface ReadFeaturesOptions {
  readonly layer?: string;
  readonly encoding?: string;
  /** Stated where the file has none. */
  readonly crs?: string;
  /** Name of this product → name in the file. */
  readonly names?: Readonly<Record<string, string>>;
}

export interface NamedFeatures {
  readonly crs: string;
  readonly features: readonly NamedFeature[];
  readonly quarantine: readonly QuarantinedRow[];
  readonly repairs: readonly GeometryRepair[];
}

/**
 * Polygons of a vector file. Invalid ones are repaired and listed; rows without usable polygons, and rows that repeat
 * another in every attribute and vertex, go to quarantine.
 *
 * @throws UserError when the file cannot be read, lacks a field that is named, or has no coordinate system and none is stated
 */
export async function readFeatures(path: string, options: ReadFeaturesOptions = {}): Promise<NamedFeatures> {
  const { layer, encoding, crs, names = {} } = options;
  const data = await readVector(path, {
    ...(layer === undefined ? {} : { layer }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(crs === undefined ? {} : { sourceCrs: crs }),
  });
  if (data.crs === null) throw withoutCrs(path);
  const present = data.fields.map(({ name }) => name);
  for (const field of Object.values(names)) requireField(path, field, present);
  const features: NamedFeature[] = [];
  const quarantine: QuarantinedRow[] = [];
  const seen = new Set<string>();
  const inDegrees = isGeographic(data.crs);
  for (const feature of data.features) {
    const attributes = renamed(feature, names);
    const polygons = feature.geometry === null ? [] : polygonsOf(feature.geometry);
    const geometry: Geometry = { type: 'MultiPolygon', coordinates: polygons };
    const same = JSON.stringify([feature.properties, polygons]);
    const reason = seen.has(same) ? reasons.duplicate : refusal(feature.geometry, geometry, inDegrees);
    seen.add(same);
    if (reason === undefined) features.push({ fid: feature.fid, geometry, attributes });
    else quarantine.push({ fid: feature.fid, reason, attributes, geometry: feature.geometry });
  }
  return { crs: data.crs, features, quarantine, repairs: data.repairs };
}

const reasons = {
  none: { zh: '没有几何', en: 'no geometry, or none that could be repaired' },
  notPolygon: { zh: '几何不是面', en: 'the geometry is no polygon' },
  flat: { zh: '面积为零', en: 'the polygon has no area' },
  notDegrees: { zh: '坐标不是经纬度，坐标系有误', en: 'coordinates are no degrees: the coordinate system is wrong' },
  duplicate: { zh: '与前面的一行完全相同', en: 'repeats an earlier row' },
} as const;

function refusal(found: Geometry | null, polygons: Geometry, inDegrees: boolean): Text | undefined {
  if (found === null) return reasons.none;
  if (inDegrees && !liesOnEarth(polygons)) return reasons.notDegrees;
  if (polygonsOf(polygons).length === 0) return reasons.notPolygon;
  return planarArea(polygons) > 0 ? undefined : reasons.flat;
}

function liesOnEarth(polygons: Geometry): boolean {
  const rings = polygonsOf(polygons).flat();
  return rings.every((ring) => ring.every(([x, y]) => Math.abs(x) <= 360 && Math.abs(y) <= 90));
}

function renamed(
  { properties }: VectorFeature,
  names: Readonly<Record<string, string>>,
): Record<string, PropertyValue> {
  const taken = new Set<string>([...Object.values(names), ...quarantineFields]);
  const own = Object.entries(names).map(([name, source]) => [name, properties[source] ?? null] as const);
  return Object.fromEntries([...Object.entries(properties).filter(([name]) => !taken.has(name)), ...own]);
}

const withoutCrs = (path: string): Error =>
  userError(
    'crs-missing',
    path,
    { zh: '没有坐标系', en: 'has no coordinate system' },
    { zh: '应有 .prj 文件或 EPSG 代码', en: 'expected a .prj file or an EPSG code' },
    { zh: '请用 --crs 写明', en: 'state it with --crs' },
  );
