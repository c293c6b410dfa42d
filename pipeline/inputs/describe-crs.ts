import type { CrsInspection } from '../formats/inspect/inspection.ts';
import type { Text } from '../messages/text.ts';

const datumNames: Readonly<Record<string, string>> = {
  'Beijing 1954': '1954 北京坐标系',
  'Xian 1980': '1980 西安坐标系',
  CGCS2000: '2000 国家大地坐标系',
  'WGS 84': 'WGS 84',
};

/** A coordinate system in a few words, in the terms of Chinese surveying where they apply. */
export function describeCrs(crs: CrsInspection): Text {
  if (crs.kind === 'missing') return { zh: '无坐标系', en: 'no coordinate system' };
  if (crs.kind === 'engineering') return { zh: '工程（局部）坐标系', en: 'an engineering (local) coordinate system' };
  if (crs.kind === 'unreadable')
    return { zh: '坐标系定义无法识别', en: 'a coordinate system that cannot be understood' };
  const code = crs.epsg === undefined ? '' : `EPSG:${crs.epsg}`;
  const brackets = (shown: string): [string, string] => (shown === '' ? ['', ''] : [`（${shown}）`, ` (${shown})`]);
  const [codeZh, codeEn] = brackets(code);
  const zone = crs.gaussKruger;
  if (zone && crs.datum) {
    const width = zone.zoneWidthDegrees;
    const place = zone.zonePrefix
      ? { zh: `第 ${zone.zone} 带（坐标含带号）`, en: `zone ${zone.zone}, eastings with zone prefix` }
      : {
          zh: `，中央经线 ${zone.centralMeridianDegrees}°E（坐标不含带号）`,
          en: `central meridian ${zone.centralMeridianDegrees}°E, eastings without zone prefix`,
        };
    return {
      zh: `${datumNames[crs.datum] ?? crs.datum} 高斯-克吕格 ${width} 度带${place.zh}${codeZh}`,
      en: `${crs.datum} ${width}-degree Gauss–Krüger, ${place.en}${codeEn}`,
    };
  }
  const kind =
    crs.kind === 'geographic'
      ? { zh: '地理坐标（度）', en: 'longitude and latitude' }
      : { zh: '投影坐标', en: 'projected' };
  const named = crs.kind === 'geographic' && crs.datum ? crs.datum : (crs.name ?? crs.datum ?? '');
  return {
    zh: `${datumNames[named] ?? named} ${kind.zh}${codeZh}`.trim(),
    en: `${named} ${kind.en}${codeEn}`.trim(),
  };
}

/** Name of a datum in both languages. */
export const datumText = (datum: string): Text => ({ zh: datumNames[datum] ?? datum, en: datum });

/** Unit of the coordinates of a system behind a number; empty where it is neither a metre nor a degree. */
export function unitSuffix({ kind, unitToMetre = 1 }: CrsInspection): string {
  if (kind === 'geographic') return '°';
  return kind === 'projected' && unitToMetre === 1 ? ' m' : '';
}
