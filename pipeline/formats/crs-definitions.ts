/**
 * Chinese coordinate systems by EPSG code, as PROJ strings in x (east), y (north) order.
 *
 * proj4js knows none of them, and GDAL's own objects for these codes use northing-easting order, so every transform in
 * the project starts from these strings. Codes and parameters: EPSG registry; a test compares each with PROJ's database.
 */

export type ChineseDatum = 'CGCS2000' | 'Xian 1980' | 'Beijing 1954';

/** One Gauss–Krüger zone of one datum. */
export interface GaussKruegerZone {
  readonly epsg: number;
  readonly datum: ChineseDatum;
  /** Width of the zone, degrees. */
  readonly zoneWidthDegrees: 3 | 6;
  /** Zone number as written before eastings: 13–23 for 6°, 25–45 for 3°. */
  readonly zone: number;
  readonly centralMeridianDegrees: number;
  /** True when eastings carry the zone number (35 500 000), false when they start at 500 000. */
  readonly zonePrefix: boolean;
}

const ellipsoids: Record<ChineseDatum, string> = {
  CGCS2000: 'GRS80',
  'Xian 1980': 'IAU76',
  'Beijing 1954': 'krass',
};

interface Series {
  readonly datum: ChineseDatum;
  readonly width: 3 | 6;
  readonly prefix: boolean;
  readonly first: number;
}

const series: readonly Series[] = [
  { datum: 'CGCS2000', width: 6, prefix: true, first: 4491 },
  { datum: 'CGCS2000', width: 6, prefix: false, first: 4502 },
  { datum: 'CGCS2000', width: 3, prefix: true, first: 4513 },
  { datum: 'CGCS2000', width: 3, prefix: false, first: 4534 },
  { datum: 'Xian 1980', width: 6, prefix: true, first: 2327 },
  { datum: 'Xian 1980', width: 6, prefix: false, first: 2338 },
  { datum: 'Xian 1980', width: 3, prefix: true, first: 2349 },
  { datum: 'Xian 1980', width: 3, prefix: false, first: 2370 },
  { datum: 'Beijing 1954', width: 6, prefix: true, first: 21413 },
  { datum: 'Beijing 1954', width: 6, prefix: false, first: 21453 },
  { datum: 'Beijing 1954', width: 3, prefix: true, first: 2401 },
  { datum: 'Beijing 1954', width: 3, prefix: false, first: 2422 },
];

function zonesOf({ datum, width, prefix, first }: Series): GaussKruegerZone[] {
  const firstZone = width === 6 ? 13 : 25;
  const count = width === 6 ? 11 : 21;
  return Array.from({ length: count }, (_, index) => ({
    epsg: first + index,
    datum,
    zoneWidthDegrees: width,
    zone: firstZone + index,
    centralMeridianDegrees: width === 6 ? 6 * (firstZone + index) - 3 : 3 * (firstZone + index),
    zonePrefix: prefix,
  }));
}

/** All Gauss–Krüger zones of the three Chinese datums. */
export const gaussKruegerZones: readonly GaussKruegerZone[] = series.flatMap(zonesOf);

const projStringOfZone = (zone: GaussKruegerZone): string => {
  const falseEasting = (zone.zonePrefix ? zone.zone * 1_000_000 : 0) + 500_000;
  return `+proj=tmerc +lat_0=0 +lon_0=${zone.centralMeridianDegrees} +k=1 +x_0=${falseEasting} +y_0=0 +ellps=${ellipsoids[zone.datum]} +units=m +no_defs`;
};

/** PROJ strings of the Chinese systems and of the two world systems met most, by EPSG code. */
export const projStringsByEpsg: ReadonlyMap<number, string> = new Map<number, string>([
  [4490, '+proj=longlat +ellps=GRS80 +no_defs'],
  [4610, '+proj=longlat +ellps=IAU76 +no_defs'],
  [4214, '+proj=longlat +ellps=krass +no_defs'],
  [4326, '+proj=longlat +datum=WGS84 +no_defs'],
  ...gaussKruegerZones.map((zone): [number, string] => [zone.epsg, projStringOfZone(zone)]),
]);

/**
 * The equal-area system of Chinese national statistics: Albers, standard parallels 25° and 47°, central meridian 105°,
 * CGCS2000 ellipsoid. x_0 and y_0 are spelt out because proj4js returns NaN without them.
 */
export const chinaAlbers =
  '+proj=aea +lat_1=25 +lat_2=47 +lat_0=0 +lon_0=105 +x_0=0 +y_0=0 +ellps=GRS80 +units=m +no_defs';

/** The Gauss–Krüger zone of a code, or undefined when the code is none of the Chinese zones. */
export function gaussKruegerZone(epsg: number): GaussKruegerZone | undefined {
  return gaussKruegerZones.find((zone) => zone.epsg === epsg);
}

/**
 * Zone number and central meridian of a longitude.
 *
 * A longitude on the border of two zones belongs to the eastern one: 6°: floor(λ/6)+1; 3°: floor((λ−1.5)/3)+1.
 */
export function zoneFromLongitude(
  longitudeDegrees: number,
  zoneWidthDegrees: 3 | 6,
): { zone: number; centralMeridianDegrees: number } {
  if (zoneWidthDegrees === 6) {
    const zone = Math.floor(longitudeDegrees / 6) + 1;
    return { zone, centralMeridianDegrees: 6 * zone - 3 };
  }
  const zone = Math.floor((longitudeDegrees - 1.5) / 3) + 1;
  return { zone, centralMeridianDegrees: 3 * zone };
}

/** EPSG code of the zone that holds a longitude, or undefined outside the zones of China (72°E–138°E). */
export function epsgFromLongitude(
  longitudeDegrees: number,
  zoneWidthDegrees: 3 | 6,
  options: { datum?: ChineseDatum; zonePrefix?: boolean } = {},
): number | undefined {
  const { zone } = zoneFromLongitude(longitudeDegrees, zoneWidthDegrees);
  const datum = options.datum ?? 'CGCS2000';
  const zonePrefix = options.zonePrefix ?? false;
  return gaussKruegerZones.find(
    (candidate) =>
      candidate.zone === zone &&
      candidate.zoneWidthDegrees === zoneWidthDegrees &&
      candidate.datum === datum &&
      candidate.zonePrefix === zonePrefix,
  )?.epsg;
}

/** Zone number written before an easting of eight digits (35 412 345 → 35), or undefined for an easting without one. */
export function zonePrefixOfEasting(eastingMetres: number): number | undefined {
  const zone = Math.floor(eastingMetres / 1_000_000);
  return zone >= 13 && zone <= 45 ? zone : undefined;
}
