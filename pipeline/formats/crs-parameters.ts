/** Comparing coordinate systems by what their PROJ strings mean instead of how they are spelt. */

const namedEllipsoids: Record<string, readonly [semiMajorMetres: number, inverseFlattening: number]> = {
  GRS80: [6378137, 298.257222101],
  WGS84: [6378137, 298.257223563],
  krass: [6378245, 298.3],
  IAU76: [6378140, 298.257],
  clrk66: [6378206.4, 294.978698213898],
  clrk80: [6378249.145, 293.465],
  bessel: [6377397.155, 299.1528128],
  intl: [6378388, 297],
  aust_SA: [6378160, 298.25],
  sphere: [6370997, Number.POSITIVE_INFINITY],
};

const ellipsoidOfDatum: Record<string, string> = { WGS84: 'WGS84', NAD83: 'GRS80', NAD27: 'clrk66' };

/** What a PROJ string says, with defaults filled in. */
export interface CrsParameters {
  readonly projection: string;
  readonly isGeographic: boolean;
  readonly semiMajorMetres: number;
  readonly semiMinorMetres: number;
  /** Numeric parameters of the projection (lon_0, x_0, …), degrees and metres. */
  readonly numbers: Readonly<Record<string, number>>;
  readonly towgs84: readonly number[] | undefined;
  /** Metres in one unit of x and y; 1 for geographic systems. */
  readonly metresPerUnit: number;
  /** Everything else that changes coordinates (axis, pm, grids), sorted. */
  readonly rest: string;
}

const defaults: Record<string, number> = { lat_0: 0, lon_0: 0, x_0: 0, y_0: 0, k: 1, lat_1: 0, lat_2: 0, lat_ts: 0 };
const linearUnits: Record<string, number> = { m: 1, km: 1000, ft: 0.3048, 'us-ft': 1200 / 3937 };
const ignored = new Set(['no_defs', 'wktext', 'type', 'proj', 'datum', 'ellps', 'a', 'b', 'rf', 'R', 'f', 'towgs84']);
const geographicNames = new Set(['longlat', 'latlong', 'latlon', 'lonlat']);

function rawParameters(projString: string): Map<string, string> {
  const pairs = projString.matchAll(/\+([A-Za-z0-9_]+)(?:=(\S+))?/g);
  return new Map([...pairs].map((match): [string, string] => [match[1]!, match[2] ?? '']));
}

function ellipsoidAxes(raw: Map<string, string>): [number, number] {
  const name = raw.get('ellps') ?? ellipsoidOfDatum[raw.get('datum') ?? ''] ?? 'WGS84';
  const [namedMajor, namedInverse] = namedEllipsoids[name] ?? [Number.NaN, Number.NaN];
  if (raw.has('R')) return [Number(raw.get('R')), Number(raw.get('R'))];
  const major = raw.has('a') ? Number(raw.get('a')) : namedMajor;
  if (raw.has('b')) return [major, Number(raw.get('b'))];
  const inverse = raw.has('rf') ? Number(raw.get('rf')) : raw.has('f') ? 1 / Number(raw.get('f')) : namedInverse;
  return [major, major * (1 - 1 / inverse)];
}

/** Reads a PROJ string; `+proj=utm` is expanded so that it compares with its transverse Mercator. */
export function crsParameters(projString: string): CrsParameters {
  const raw = rawParameters(projString);
  let projection = raw.get('proj') ?? '';
  const isGeographic = geographicNames.has(projection);
  if (isGeographic) projection = 'longlat';
  const numbers: Record<string, number> = isGeographic ? {} : { ...defaults };
  const rest: string[] = [];
  let metresPerUnit = 1;
  for (const [key, value] of raw) {
    if (ignored.has(key)) continue;
    if (key === 'units') metresPerUnit = linearUnits[value] ?? Number.NaN;
    else if (key === 'to_meter') metresPerUnit = Number(value);
    else if (key === 'k_0') numbers.k = Number(value);
    else if (value !== '' && Number.isFinite(Number(value))) numbers[key] = Number(value);
    else if (!(key === 'nadgrids' && value === '@null')) rest.push(`${key}=${value}`);
  }
  if (projection === 'utm') {
    const { zone = 0, ...others } = numbers;
    projection = 'tmerc';
    const south = rest.indexOf('south=');
    if (south >= 0) rest.splice(south, 1);
    Object.assign(numbers, others, { lon_0: 6 * zone - 183, k: 0.9996, x_0: 500_000, y_0: south >= 0 ? 1e7 : 0 });
    delete numbers.zone;
  }
  const [semiMajorMetres, semiMinorMetres] = ellipsoidAxes(raw);
  const shift = raw.get('towgs84')?.split(',').map(Number);
  const towgs84 = shift?.some((value) => value !== 0) ? shift : undefined;
  return {
    projection,
    isGeographic,
    semiMajorMetres,
    semiMinorMetres,
    numbers,
    towgs84,
    metresPerUnit,
    rest: rest.sort().join(' '),
  };
}

const close = (a: number, b: number, tolerance: number): boolean => Math.abs(a - b) <= tolerance;

/**
 * True when both describe the same coordinates to a tenth of a millimetre.
 *
 * WGS 84 and CGCS2000 pass for the same ellipsoid (their polar axes differ by 0.1 mm) unless `exactEllipsoid` is set.
 */
export function sameParameters(a: CrsParameters, b: CrsParameters, exactEllipsoid = false): boolean {
  const ellipsoidTolerance = exactEllipsoid ? 1e-5 : 1e-3;
  if (a.projection !== b.projection || a.rest !== b.rest) return false;
  if (!close(a.metresPerUnit, b.metresPerUnit, 1e-12)) return false;
  if (!close(a.semiMajorMetres, b.semiMajorMetres, ellipsoidTolerance)) return false;
  if (!close(a.semiMinorMetres, b.semiMinorMetres, ellipsoidTolerance)) return false;
  if ((a.towgs84 ?? []).join() !== (b.towgs84 ?? []).join()) return false;
  const names = new Set([...Object.keys(a.numbers), ...Object.keys(b.numbers)]);
  return [...names].every((name) => {
    const tolerance = name === 'x_0' || name === 'y_0' ? 1e-4 : 1e-11;
    return close(
      a.numbers[name] ?? defaults[name] ?? Number.NaN,
      b.numbers[name] ?? defaults[name] ?? Number.NaN,
      tolerance,
    );
  });
}

/** Families of datums that this project tells apart; members of one family need no shift between them. */
export type DatumFamily = 'CGCS2000/WGS 84' | 'Beijing 1954' | 'Xian 1980' | 'other';

/** Datum family by the ellipsoid; a definition that carries its own shift to WGS 84 counts as its ellipsoid's family. */
export function datumFamilyOf(parameters: CrsParameters): DatumFamily {
  const { semiMajorMetres: major, semiMinorMetres: minor } = parameters;
  const inverse = major / (major - minor);
  if (close(major, 6378137, 0.01) && (close(inverse, 298.257222, 1e-3) || minor === major)) return 'CGCS2000/WGS 84';
  if (close(major, 6378245, 0.01) && close(inverse, 298.3, 1e-3)) return 'Beijing 1954';
  if (close(major, 6378140, 0.01) && close(inverse, 298.257, 1e-3)) return 'Xian 1980';
  return 'other';
}
