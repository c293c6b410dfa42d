import { erosionClassesSl190 } from '../../models/parameters/erosion-classes-sl190.ts';
import type { Language, Text } from '../messages/text.ts';
import type { PrintedZone } from './printed-zones.ts';
import { svgText } from './svg-text.ts';

const words = {
  zh: {
    legend: '图  例',
    uncovered: '未覆盖（无数据）',
    region: '区域界',
    zone: (name: string) => `${name}界`,
    eroded: '水土流失面积',
    rate: '水土保持率',
    target: '目标值',
    refused: '无法计算',
  },
  en: {
    legend: 'Legend',
    uncovered: 'Not covered (no data)',
    region: 'Region border',
    zone: (name: string) => `${name.slice(0, 1).toUpperCase()}${name.slice(1)} border`,
    eroded: 'Eroded area',
    rate: 'Conservation rate',
    target: 'Target',
    refused: 'not given',
  },
} as const;

const rowHeight = 44;

/** Fill of cells without a class; refers to the pattern of {@link hatchPattern}. */
export const hatchFill = 'url(#hatch)';

/** Grey ground with slanting lines: data are missing here. */
export const hatchPattern =
  '<pattern id="hatch" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
  '<rect width="9" height="9" fill="#dcdcdc"/><rect width="2" height="9" fill="#8c8c8c"/></pattern>';

/**
 * Legend of an intensity map, its left upper corner at (x, y): the six classes with the areas of table 1, missing data, borders,
 * and under them eroded area and conservation rate of the region.
 */
export function intensityMapLegend(
  x: number,
  y: number,
  width: number,
  region: PrintedZone,
  zoneName: Text,
  language: Language,
): string {
  const word = words[language];
  const right = x + width;
  const row = (index: number) => y + 62 + index * rowHeight;
  const swatch = (index: number, fill: string) =>
    `<rect x="${x}" y="${row(index) - 21}" width="48" height="27" fill="${fill}" stroke="#555" stroke-width="1"/>`;
  const line = (index: number, weight: number) =>
    `<path d="M${x} ${row(index) - 7}h48" stroke="#222" stroke-width="${weight}"/>`;
  const name = (index: number, text: string) => svgText(x + 64, row(index), text, { size: 21 });
  const area = (index: number, text: string) => svgText(right, row(index), text, { size: 21, anchor: 'end' });
  const { target } = region.statistics;
  const rate = region.conservationRate === undefined ? word.refused : `${region.conservationRate}%`;
  const share = region.erodedShare === undefined ? '' : ` (${region.erodedShare}%)`;
  return [
    svgText(x, y + 12, word.legend, { size: 26, bold: true }),
    svgText(right, y + 12, 'km²', { size: 18, anchor: 'end', colour: '#555' }),
    ...erosionClassesSl190.flatMap(({ code, name: className, colour }, index) => [
      swatch(index, colour),
      name(index, className[language]),
      area(index, region.classAreas[code]),
    ]),
    swatch(6, hatchFill),
    name(6, word.uncovered),
    area(6, region.uncoveredArea),
    line(7, 4),
    name(7, word.region),
    line(8, 1.8),
    name(8, word.zone(zoneName[language])),
    `<path d="M${x} ${row(9) - 14}H${right}" stroke="#999" stroke-width="1"/>`,
    svgText(x, row(9) + 22, word.eroded, { size: 21, bold: true }),
    svgText(right, row(9) + 22, `${region.erodedArea}${share}`, { size: 21, bold: true, anchor: 'end' }),
    svgText(x, row(10) + 22, word.rate, { size: 21, bold: true }),
    svgText(right, row(10) + 22, rate, { size: 21, bold: true, anchor: 'end' }),
    ...(target
      ? [
          svgText(x, row(11) + 22, word.target, { size: 21, colour: '#555' }),
          svgText(right, row(11) + 22, `${target.targetPercent.toFixed(2)}%`, {
            size: 21,
            anchor: 'end',
            colour: '#555',
          }),
        ]
      : []),
  ].join('');
}

/** Height of the legend in pixels. */
export const intensityMapLegendHeight = 62 + 12 * rowHeight;
