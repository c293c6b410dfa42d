import { type ChineseDatum, type GaussKruegerZone, gaussKruegerZone, gaussKruegerZones } from '../crs-definitions.ts';
import type { CrsInspection } from './inspection.ts';
import { findNode, parseWkt, type WktNode } from './wkt.ts';

type GaussKruger = NonNullable<CrsInspection['gaussKruger']>;

const geographicCodes: Readonly<Record<ChineseDatum, number>> = {
  'Beijing 1954': 4214,
  'Xian 1980': 4610,
  CGCS2000: 4490,
};

/** Datum by the names in use for it, or by its ellipsoid when the name says nothing. */
export function chineseDatum(name: string, semiMajor?: number, inverseFlattening?: number): ChineseDatum | undefined {
  const plain = name.replace(/[\s_()-]+/g, '').toLowerCase();
  if (/beijing1?9?54|北京(1?9?)54|pulkovo1942.*china/.test(plain)) return 'Beijing 1954';
  if (/xi'?an1?9?80|西安(1?9?)80/.test(plain)) return 'Xian 1980';
  if (/cgcs2000|china(geodetic(coordinatesystem)?)?2000|国家?2000|chinageodetic/.test(plain)) return 'CGCS2000';
  if (/wgs|itrf|nad|etrs|pulkovo|gda/.test(plain)) return undefined;
  if (semiMajor === 6378245) return 'Beijing 1954';
  if (semiMajor === 6378140 && Math.abs((inverseFlattening ?? 0) - 298.257) < 0.001) return 'Xian 1980';
  return undefined;
}

/** EPSG code of a Gauss–Krüger zone of a Chinese datum, or undefined when there is no such zone. */
export function gaussKrugerCode(datum: ChineseDatum, zone: GaussKruger): number | undefined {
  return gaussKruegerZones.find(
    (known) =>
      known.datum === datum &&
      known.zone === zone.zone &&
      known.zoneWidthDegrees === zone.zoneWidthDegrees &&
      known.zonePrefix === zone.zonePrefix,
  )?.epsg;
}

const zoneFields = (known: GaussKruegerZone): GaussKruger => ({
  zoneWidthDegrees: known.zoneWidthDegrees,
  zone: known.zone,
  centralMeridianDegrees: known.centralMeridianDegrees,
  zonePrefix: known.zonePrefix,
});

function gaussKruger(width: 3 | 6, zone: number, zonePrefix: boolean): GaussKruger {
  const centralMeridianDegrees = width === 6 ? zone * 6 - 3 : zone * 3;
  return { zoneWidthDegrees: width, zone, centralMeridianDegrees, zonePrefix };
}

/** Zone from central meridian and false easting; undefined when they do not fit the Chinese scheme. */
function zoneOfParameters(meridian: number, falseEasting: number, name: string): GaussKruger | undefined {
  const prefix = Math.floor(falseEasting / 1e6);
  if (Math.abs(falseEasting - prefix * 1e6 - 500000) > 1e-3) return undefined;
  const three = meridian / 3;
  const six = (meridian + 3) / 6;
  if (prefix > 0) {
    if (prefix >= 25 && prefix === three) return gaussKruger(3, prefix, true);
    if (prefix <= 23 && prefix === six) return gaussKruger(6, prefix, true);
    return undefined;
  }
  if (!Number.isInteger(three) || three < 25 || three > 45) return undefined;
  // Every 6-degree meridian is also a 3-degree one; without a prefix the name decides, and 3 degrees is the custom.
  const saysSix =
    /6[\s_-]*deg|6度|6°/i.test(name) || (!/3[\s_-]*deg|3度|3°/i.test(name) && /gk_?cm|gauss.?kruger cm/i.test(name));
  return saysSix && Number.isInteger(six) ? gaussKruger(6, six, false) : gaussKruger(3, three, false);
}

/**
 * Coordinate system from well-known text: kind, Chinese datum and zone, EPSG code.
 * An authority code on the outermost node wins; otherwise the parameters decide.
 */
export function identifyWkt(text: string): CrsInspection {
  const root = parseWkt(text);
  if (!root) return { kind: 'unreadable', name: text.slice(0, 60) };
  const name = String(root.values[0] ?? '');
  if (['LOCAL_CS', 'ENGCRS', 'ENGINEERINGCRS'].includes(root.keyword)) return { kind: 'engineering', name };
  const projected = findNode(root, 'PROJCS', 'PROJCRS', 'PROJECTEDCRS');
  const geographic = findNode(
    root,
    'GEOGCS',
    'GEOGCRS',
    'GEODCRS',
    'GEODETICCRS',
    'GEOGRAPHICCRS',
    'BASEGEOGCRS',
    'BASEGEODCRS',
  );
  if (!projected && !geographic) return { kind: 'unreadable', name };
  const main = projected ?? geographic!;
  const mainName = String(main.values[0] ?? '');
  const datumNode = findNode(main, 'DATUM', 'ENSEMBLE');
  const ellipsoid = findNode(main, 'SPHEROID', 'ELLIPSOID');
  const datumNames = [datumNode?.values[0], geographic?.values[0], mainName].join(' ');
  const datum = chineseDatum(datumNames, Number(ellipsoid?.values[1]), Number(ellipsoid?.values[2]));
  const code = authorityCode(main);
  const unit = unitOf(main);
  if (!projected) {
    const epsg = code ?? (datum ? geographicCodes[datum] : undefined);
    return {
      kind: 'geographic',
      name: mainName,
      datum: datum ?? datumLabel(datumNode),
      epsg,
      from: code ? 'code' : 'wkt',
    };
  }
  const known = code === undefined ? undefined : gaussKruegerZone(code);
  const zone = known ? zoneFields(known) : isTransverseMercator(main) ? zoneOf(main, mainName) : undefined;
  const found = datum && zone && code === undefined ? gaussKrugerCode(datum, zone) : undefined;
  return {
    kind: 'projected',
    name: mainName,
    datum: known?.datum ?? datum ?? datumLabel(datumNode),
    epsg: code ?? found,
    from: code ? 'code' : found ? 'parameters' : 'wkt',
    unitToMetre: unit,
    ...(zone && (known || datum) ? { gaussKruger: zone } : {}),
  };
}

function datumLabel(node: WktNode | undefined): string | undefined {
  const name = node ? String(node.values[0] ?? '') : '';
  if (name === '') return undefined;
  return /wgs.?_?(19)?84|World Geodetic System 1984/i.test(name)
    ? 'WGS 84'
    : name.replace(/^D_/, '').replaceAll('_', ' ');
}

function authorityCode(node: WktNode): number | undefined {
  const own = node.children.find((child) => ['AUTHORITY', 'ID'].includes(child.keyword));
  if (!own || !/^EPSG$/i.test(String(own.values[0]))) return undefined;
  const code = Number(own.values[1]);
  return Number.isInteger(code) && code > 0 ? code : undefined;
}

function unitOf(node: WktNode): number | undefined {
  const own = node.children.filter((child) => ['UNIT', 'LENGTHUNIT'].includes(child.keyword)).at(-1);
  const any = own ?? findNode(node, 'LENGTHUNIT');
  const value = Number(any?.values[1]);
  return Number.isFinite(value) && value > 0 ? value : undefined;
}

function isTransverseMercator(node: WktNode): boolean {
  const method = findNode(node, 'PROJECTION', 'METHOD');
  return /transverse.?mercator|gauss.?kr[uü]e?ger/i.test(String(method?.values[0] ?? ''));
}

function zoneOf(node: WktNode, name: string): GaussKruger | undefined {
  const parameters = new Map<string, number>();
  const visit = (current: WktNode): void => {
    if (current.keyword === 'PARAMETER')
      parameters.set(
        String(current.values[0])
          .toLowerCase()
          .replace(/[\s_]+/g, ''),
        Number(current.values[1]),
      );
    for (const child of current.children) visit(child);
  };
  visit(node);
  const meridian = parameters.get('centralmeridian') ?? parameters.get('longitudeofnaturalorigin');
  const scale = parameters.get('scalefactor') ?? parameters.get('scalefactoratnaturalorigin') ?? 1;
  if (meridian === undefined || Math.abs(scale - 1) > 1e-9) return undefined;
  return zoneOfParameters(meridian, parameters.get('falseeasting') ?? 0, name);
}

/** Coordinate system named in a free-text citation, such as "Beijing 1954 / 3-degree Gauss-Kruger zone 39". */
export function identifyCitation(citation: string): CrsInspection | undefined {
  const wkt = /(PROJCS|PROJCRS|GEOGCS)\s*\[/.exec(citation);
  if (wkt) {
    const inner = identifyWkt(citation.slice(wkt.index));
    if (inner.kind !== 'unreadable') return { ...inner, from: 'citation' };
  }
  const datum = chineseDatum(citation);
  if (!datum) return undefined;
  const six = /6[\s_-]*deg/i.test(citation);
  const zoneText = /(?:zone|带号?)[\s_]*(\d{2})\b/i.exec(citation);
  const meridianText = /CM[\s_]*(\d{2,3})[\s_]*E/i.exec(citation);
  let zone: GaussKruger | undefined;
  if (zoneText) {
    const number = Number(zoneText[1]);
    zone = gaussKruger(number <= 23 || six ? 6 : 3, number, true);
  } else if (meridianText) {
    const three = /3[\s_-]*deg/i.test(citation);
    const meridian = Number(meridianText[1]);
    zone = zoneOfParameters(meridian, 500000, three ? '3 degree' : '6 degree');
  }
  if (!zone) return undefined;
  return {
    kind: 'projected',
    name: citation.split('|')[0]!.trim(),
    datum,
    epsg: gaussKrugerCode(datum, zone),
    from: 'citation',
    unitToMetre: 1,
    gaussKruger: zone,
  };
}
