import type { CrsInspection, ExtentInspection } from '../../formats/inspect/inspection.ts';
import type { Finding } from '../../messages/finding.ts';
import { describeCrs } from '../describe-crs.ts';
import { finding, type InspectedInput } from '../inspected-input.ts';
import { plainNumber } from '../numbers.ts';

/** The coordinate system is there, fits the coordinates, and is one the run can use. */
export function checkCrs(input: InspectedInput): Finding[] {
  const { inspection } = input;
  if (inspection.kind !== 'raster' && inspection.kind !== 'vector') return [];
  if (inspection.kind === 'vector' && inspection.featureCount === 0) return [];
  if (inspection.kind === 'vector' && inspection.format === 'dBASE') return [];
  const { crs, extent } = inspection;
  const unusable = checkPresent(input, crs);
  if (unusable) return [unusable];
  return [
    ...(extent ? checkCoordinates(input, crs, extent) : []),
    ...checkBody(input, crs),
    ...checkUnit(input, crs),
    ...checkUserDefined(input, crs),
    ...checkMeridian(input, crs, inspection.lonLat),
  ];
}

const stateIt = {
  zh: '请在运行文件中用 crs 写明，如 EPSG:4545',
  en: 'state it in the run file as crs, for example EPSG:4545',
};

function checkPresent(input: InspectedInput, crs: CrsInspection): Finding | undefined {
  const expected = { zh: '应有投影坐标系', en: 'a projected coordinate system is needed' };
  if (crs.kind === 'missing')
    return finding(
      input,
      'error',
      'crs-missing',
      { zh: '没有坐标系', en: 'has no coordinate system' },
      expected,
      stateIt,
    );
  if (crs.kind === 'engineering')
    return finding(
      input,
      'error',
      'crs-engineering',
      {
        zh: '坐标系是工程（局部）坐标系，与地球位置无关',
        en: 'has an engineering (local) coordinate system, tied to no place on Earth',
      },
      expected,
      stateIt,
    );
  if (crs.kind === 'unreadable' || (!crs.proj4 && crs.epsg === undefined))
    return finding(
      input,
      'error',
      'crs-unreadable',
      {
        zh: `坐标系无法识别${crs.name ? `（${crs.name.slice(0, 60)}）` : ''}`,
        en: `its coordinate system is not understood${crs.name ? ` (${crs.name.slice(0, 60)})` : ''}`,
      },
      expected,
      stateIt,
    );
  return undefined;
}

const within = (extent: ExtentInspection, x: number, y: number): boolean =>
  Math.max(Math.abs(extent.west), Math.abs(extent.east)) <= x &&
  Math.max(Math.abs(extent.south), Math.abs(extent.north)) <= y;

function checkCoordinates(input: InspectedInput, crs: CrsInspection, extent: ExtentInspection): Finding[] {
  const shown = `x ${plainNumber(extent.west)} … ${plainNumber(extent.east)}, y ${plainNumber(extent.south)} … ${plainNumber(extent.north)}`;
  const named = describeCrs(crs);
  if (crs.kind === 'geographic' && !within(extent, 361, 91))
    return [
      finding(
        input,
        'error',
        'crs-metres-in-geographic',
        {
          zh: `坐标系为${named.zh}，坐标却像米（${shown}）`,
          en: `its system is ${named.en}, but the coordinates look like metres (${shown})`,
        },
        { zh: '经纬度应在 ±180、±90 以内', en: 'longitude and latitude lie within ±180 and ±90' },
        stateIt,
      ),
    ];
  if (crs.kind === 'projected' && within(extent, 180, 90) && !(extent.west <= 0 && extent.east >= 0))
    return [
      finding(
        input,
        'error',
        'crs-degrees-in-projected',
        {
          zh: `坐标系为${named.zh}，坐标却像经纬度（${shown}）`,
          en: `its system is ${named.en}, but the coordinates look like degrees (${shown})`,
        },
        { zh: '投影坐标应以米为单位', en: 'projected coordinates are in metres' },
        {
          zh: '坐标系多半应为 EPSG:4490 或 EPSG:4326，请用 crs 写明',
          en: 'the system is probably EPSG:4490 or EPSG:4326; state it as crs',
        },
      ),
    ];
  const zone = crs.gaussKruger;
  if (!zone) return [];
  const prefix = Math.floor((extent.west + extent.east) / 2 / 1e6);
  if (zone.zonePrefix && prefix === 0)
    return [
      finding(
        input,
        'error',
        'crs-zone-prefix',
        {
          zh: `坐标系为${named.zh}，但横坐标没有带号（${shown}）`,
          en: `its system is ${named.en}, but the eastings carry none (${shown})`,
        },
        { zh: `横坐标应约为 ${zone.zone}500000`, en: `eastings should be near ${zone.zone}500000` },
        {
          zh: '请改用不含带号的坐标系（crs），或给坐标加上带号',
          en: 'use the system without zone prefix (crs), or add the prefix to the coordinates',
        },
      ),
    ];
  if (!zone.zonePrefix && prefix >= 13 && prefix <= 45)
    return [
      finding(
        input,
        'error',
        'crs-zone-prefix',
        {
          zh: `坐标系为${named.zh}，但横坐标带有带号 ${prefix}（${shown}）`,
          en: `its system is ${named.en}, but the eastings carry the prefix ${prefix} (${shown})`,
        },
        { zh: '横坐标应约为 500000', en: 'eastings should be near 500000' },
        { zh: '请改用含带号的坐标系（crs）', en: 'use the system with zone prefix (crs)' },
      ),
    ];
  if (zone.zonePrefix && prefix !== zone.zone)
    return [
      finding(
        input,
        'error',
        'crs-zone-prefix',
        {
          zh: `坐标系为${named.zh}，横坐标的带号却是 ${prefix}`,
          en: `its system is ${named.en}, but the eastings carry the prefix ${prefix}`,
        },
        { zh: `带号应为 ${zone.zone}`, en: `the prefix should be ${zone.zone}` },
        stateIt,
      ),
    ];
  return [];
}

/** Ellipsoids whose equator is not the Earth's: data of other planets come in the same file formats. */
function checkBody(input: InspectedInput, crs: CrsInspection): Finding[] {
  const match = /\+(?:a|R)=([\d.]+)/.exec(crs.proj4 ?? '');
  const radius = match ? Number(match[1]) : undefined;
  if (radius === undefined || Math.abs(radius - 6_371_000) < 20_000) return [];
  return [
    finding(
      input,
      'error',
      'crs-not-earth',
      {
        zh: `椭球半径为 ${plainNumber(radius / 1000)} km，不是地球`,
        en: `its ellipsoid has a radius of ${plainNumber(radius / 1000)} km, which is not the Earth's`,
      },
      { zh: '地球半径约 6371 km', en: 'the Earth has about 6371 km' },
      { zh: '请更换数据', en: 'use other data' },
    ),
  ];
}

function checkUnit(input: InspectedInput, crs: CrsInspection): Finding[] {
  if (crs.kind !== 'projected' || crs.unitToMetre === undefined || Math.abs(crs.unitToMetre - 1) < 1e-9) return [];
  return [
    finding(
      input,
      'warning',
      'crs-unit',
      {
        zh: `坐标单位为 ${plainNumber(crs.unitToMetre)} m`,
        en: `its coordinates are in units of ${plainNumber(crs.unitToMetre)} m`,
      },
      { zh: '通常为米', en: 'metres are usual' },
      { zh: '将按该单位换算', en: 'they are converted' },
    ),
  ];
}

function checkUserDefined(input: InspectedInput, crs: CrsInspection): Finding[] {
  const named = describeCrs(crs);
  if (crs.userDefined && crs.epsg !== undefined)
    return [
      finding(
        input,
        'note',
        'crs-user-defined',
        {
          zh: `坐标系代码为 32767（自定义），按${crs.from === 'citation' ? '说明文字' : '投影参数'}认定为${named.zh}`,
          en: `its coordinate system code is 32767 (user defined); by its ${crs.from === 'citation' ? 'citation' : 'parameters'} it is ${named.en}`,
        },
        { zh: '', en: '' },
        { zh: '如不符，请用 crs 写明', en: 'if that is wrong, state it as crs' },
      ),
    ];
  if (crs.kind === 'projected' && crs.epsg === undefined && crs.from !== undefined)
    return [
      finding(input, 'note', 'crs-without-code', {
        zh: `坐标系没有 EPSG 代码（${named.zh}），按其参数使用`,
        en: `its coordinate system has no EPSG code (${named.en}); its parameters are used`,
      }),
    ];
  return [];
}

/** Data far from the meridian of their zone: usually the wrong zone, and always a distorted scale. */
function checkMeridian(input: InspectedInput, crs: CrsInspection, lonLat: ExtentInspection | undefined): Finding[] {
  const zone = crs.gaussKruger;
  if (!zone || !lonLat) return [];
  const middle = (lonLat.west + lonLat.east) / 2;
  const away = Math.abs(middle - zone.centralMeridianDegrees);
  if (away <= 3.5) return [];
  return [
    finding(
      input,
      'warning',
      'crs-far-from-meridian',
      {
        zh: `数据中心经度 ${middle.toFixed(2)}°，离中央经线 ${zone.centralMeridianDegrees}° 有 ${away.toFixed(1)}°`,
        en: `its middle, ${middle.toFixed(2)}°E, lies ${away.toFixed(1)}° from the central meridian ${zone.centralMeridianDegrees}°`,
      },
      { zh: '应在 3 度以内', en: 'it should lie within 3°' },
      { zh: '请核对带号', en: 'check the zone' },
    ),
  ];
}
