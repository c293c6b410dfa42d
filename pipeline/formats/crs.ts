import proj4 from 'proj4';
import { userError } from '../messages/user-error.ts';
import { gaussKruegerZones, projStringsByEpsg } from './crs-definitions.ts';
import {
  type CrsParameters,
  crsParameters,
  type DatumFamily,
  datumFamilyOf,
  sameParameters,
} from './crs-parameters.ts';
import { gdal } from './gdal.ts';

export {
  type ChineseDatum,
  chinaAlbers,
  epsgFromLongitude,
  type GaussKruegerZone,
  gaussKruegerZone,
  gaussKruegerZones,
  projStringsByEpsg,
  zoneFromLongitude,
  zonePrefixOfEasting,
} from './crs-definitions.ts';
export type { CrsParameters, DatumFamily } from './crs-parameters.ts';

type SpatialReference = InstanceType<typeof gdal.SpatialReference>;

/** EPSG number of `EPSG:4544` or `4544`, or undefined for other spellings. */
export function epsgNumber(crs: string): number | undefined {
  const match = /^(?:EPSG:)?(\d{4,6})$/i.exec(crs.trim());
  return match ? Number(match[1]) : undefined;
}

const unknownCrs = (crs: string): Error =>
  userError(
    'crs-unknown',
    crs.slice(0, 120),
    { zh: '无法识别的坐标系', en: 'coordinate system not recognised' },
    {
      zh: '应为 EPSG 代码（如 EPSG:4544）、PROJ 字符串或 WKT',
      en: 'an EPSG code (such as EPSG:4544), a PROJ string or WKT',
    },
  );

// Heights play no part in horizontal transforms, and proj4js does not know these words.
const withoutVertical = (projString: string): string =>
  projString.replace(/\s*\+(geoidgrids|geoid_crs|vunits|vto_meter|type)=\S+/g, '').trim();

function projStringFor(crs: string): string {
  const epsg = epsgNumber(crs);
  try {
    if (epsg !== undefined) {
      const known = projStringsByEpsg.get(epsg);
      return known ?? withoutVertical(gdal.SpatialReference.fromEPSG(epsg).toProj4());
    }
    if (crs.trim().startsWith('+')) return crs.trim();
    return withoutVertical(gdal.SpatialReference.fromWKT(crs).toProj4());
  } catch {
    throw unknownCrs(crs);
  }
}

const projStrings = new Map<string, string>();

/**
 * PROJ string, in x–y order, of an `EPSG:nnnn`, PROJ or WKT description.
 *
 * Raises a `UserError` (`crs-unknown`) when the description has no projection that PROJ can name.
 */
export function projString(crs: string): string {
  let found = projStrings.get(crs);
  if (found === undefined) {
    found = projStringFor(crs);
    if (!found.includes('+proj=')) throw unknownCrs(crs);
    projStrings.set(crs, found);
  }
  return found;
}

/**
 * GDAL object for transforms, always in x–y order.
 *
 * GDAL's own objects for EPSG codes and rasters use northing-easting or latitude-longitude, hence the detour over PROJ.
 */
export function crs(code: string | number): SpatialReference {
  return gdal.SpatialReference.fromProj4(projString(String(code)));
}

const forFiles = new Map<string, SpatialReference>();

/** GDAL object to write into output files, not to be changed: keeps the EPSG code and name; never use it for transforms. */
export function crsForFile(code: string): SpatialReference {
  let found = forFiles.get(code);
  if (found === undefined) {
    const epsg = epsgNumber(code);
    if (epsg !== undefined) found = gdal.SpatialReference.fromEPSG(epsg);
    else if (code.trim().startsWith('+')) found = gdal.SpatialReference.fromProj4(code);
    else found = gdal.SpatialReference.fromWKT(code);
    forFiles.set(code, found);
  }
  return found;
}

/** Parameters behind a description. */
export const parametersOf = (code: string): CrsParameters => crsParameters(projString(code));

/** True for longitude-latitude systems. */
export const isGeographic = (code: string): boolean => parametersOf(code).isGeographic;

/** True when two descriptions mean the same coordinates; zones with and without prefix differ. */
export function crsEquivalent(a: string, b: string): boolean {
  return a === b || sameParameters(parametersOf(a), parametersOf(b));
}

/** Datum family of a description. */
export const datumFamily = (code: string): DatumFamily => datumFamilyOf(parametersOf(code));

/**
 * True when going from one system to the other would need a datum shift that neither description carries.
 *
 * Beijing 1954 and Xian 1980 lie 30–150 m from CGCS2000, by amounts that are not published. `coordinateTransform` leaves
 * longitude and latitude as they are in that case; callers must ask the user first. Within one datum nothing is lost.
 */
export function datumShiftMissing(from: string, to: string): boolean {
  const a = parametersOf(from);
  const b = parametersOf(to);
  if (datumFamilyOf(a) === datumFamilyOf(b) && datumFamilyOf(a) !== 'other') return false;
  if (a.semiMajorMetres === b.semiMajorMetres && a.semiMinorMetres === b.semiMinorMetres) return false;
  const known = (side: CrsParameters): boolean =>
    side.towgs84 !== undefined || datumFamilyOf(side) === 'CGCS2000/WGS 84';
  return !(known(a) && known(b));
}

// Without prefix, a 6° zone and the 3° zone of the same meridian have the same parameters; survey data is mostly 3°.
const byLikelihood = [...gaussKruegerZones].sort((a, b) => a.zoneWidthDegrees - b.zoneWidthDegrees);

function identify(parameters: CrsParameters): string | undefined {
  const candidates = [4490, 4610, 4214, 4326, ...byLikelihood.map((zone) => zone.epsg)];
  const found = candidates.find((epsg) => sameParameters(parametersOf(`EPSG:${epsg}`), parameters, true));
  return found === undefined ? undefined : `EPSG:${found}`;
}

/**
 * Description of a GDAL reference: `EPSG:nnnn` where the code is stored or the parameters name a Chinese system,
 * otherwise a PROJ string; null when there is none or it has no known projection.
 */
export function crsFromSpatialReference(srs: SpatialReference | null): string | null {
  if (srs === null) return null;
  try {
    if (!srs.isCompound()) {
      const code = srs.getAuthorityCode(null);
      if (srs.getAuthorityName(null) === 'EPSG' && /^\d{4,6}$/.test(code) && projString(`EPSG:${code}`))
        return `EPSG:${code}`;
    }
  } catch {
    // No code on the root node, or a code PROJ does not know: the parameters decide.
  }
  try {
    const text = withoutVertical(srs.toProj4());
    return text.includes('+proj=') ? (identify(crsParameters(text)) ?? text) : null;
  } catch {
    return null;
  }
}

/** Description of a WKT text, as `crsFromSpatialReference` gives it. */
export function crsFromWkt(wkt: string): string | null {
  try {
    return crsFromSpatialReference(gdal.SpatialReference.fromWKT(wkt));
  } catch {
    return null;
  }
}

/** Maps coordinates between two systems, in x–y order (longitude–latitude in degrees for geographic systems). */
export interface CoordinateTransform {
  /** One point; NaN where the transform has no value. */
  point(x: number, y: number): [number, number];
  /** Many points in place. */
  arrays(x: Float64Array, y: Float64Array): void;
  readonly isIdentity: boolean;
}

// A definition without datum makes proj4js skip the shift even when the other side carries one.
const forProj4js = (text: string): string => {
  const parameters = crsParameters(text);
  const hasDatum = /\+(datum|towgs84|nadgrids)=/.test(text);
  const centred =
    datumFamilyOf(parameters) === 'CGCS2000/WGS 84' && !hasDatum ? `${text} +towgs84=0,0,0,0,0,0,0` : text;
  return /\+x_0=/.test(centred) || parameters.isGeographic || /\+proj=utm/.test(centred)
    ? centred
    : `${centred} +x_0=0 +y_0=0`;
};

const identity: CoordinateTransform = { point: (x, y) => [x, y], arrays: () => {}, isIdentity: true };

type PointFunction = (x: number, y: number) => [number, number];

function gdalPoint(from: string, to: string): PointFunction {
  const transformation = new gdal.CoordinateTransformation(crs(from), crs(to));
  return (x, y) => {
    const out = transformation.transformPoint(x, y);
    return [out.x, out.y];
  };
}

function pointFunction(from: string, to: string): PointFunction {
  try {
    const converter = proj4(forProj4js(projString(from)), forProj4js(projString(to)));
    return (x, y) => converter.forward([x, y]) as [number, number];
  } catch {
    // Projections that proj4js lacks.
    return gdalPoint(from, to);
  }
}

function guarded(inner: PointFunction): PointFunction {
  return (x, y) => {
    if (!Number.isFinite(x) || !Number.isFinite(y)) return [Number.NaN, Number.NaN];
    try {
      const out = inner(x, y);
      return Number.isFinite(out[0]) && Number.isFinite(out[1]) ? out : [Number.NaN, Number.NaN];
    } catch {
      return [Number.NaN, Number.NaN];
    }
  };
}

const transforms = new Map<string, CoordinateTransform>();

/**
 * Transform between two descriptions.
 *
 * Computed by proj4js, whose arithmetic is the same on every machine; GDAL steps in for projections it lacks. No datum
 * shift is applied unless both sides carry one (`datumShiftMissing`).
 */
export function coordinateTransform(from: string, to: string): CoordinateTransform {
  const key = `${from}\n${to}`;
  let transform = transforms.get(key);
  if (transform === undefined) {
    if (crsEquivalent(from, to)) transform = identity;
    else {
      const point = guarded(pointFunction(from, to));
      const arrays = (x: Float64Array, y: Float64Array): void => {
        for (let i = 0; i < x.length; i++) [x[i], y[i]] = point(x[i]!, y[i]!) as [number, number];
      };
      transform = { point, arrays, isIdentity: false };
    }
    transforms.set(key, transform);
  }
  return transform;
}
