import { implausibleErodibility } from '../../../models/factors/soil-erodibility-ready.ts';
import type { Finding } from '../../messages/finding.ts';
import {
  finding,
  type InspectedInput,
  type InspectedRaster,
  inLayerUnit,
  isRaster,
  spellingOf,
} from '../inspected-input.ts';
import { plainNumber } from '../numbers.ts';
import { yearlyRain } from '../yearly-rain.ts';
import { cover } from './units-cover.ts';
import { type Range, rangeText, storedRange, wrong } from './value-range.ts';

/** The values are in the unit that the run file says, as far as their size can tell. */
export function checkUnits(input: InspectedInput): Finding[] {
  if (!isRaster(input) || input.spec.kind !== 'continuous') return [];
  const stored = storedRange(input);
  if (!stored) return [];
  const values: Range = {
    minimum: inLayerUnit(input, stored.minimum),
    maximum: inLayerUnit(input, stored.maximum),
    median: inLayerUnit(input, stored.median),
  };
  const special = specialOf(input, stored, values);
  return special.length > 0 ? special : checkPossible(input, stored, values);
}

function specialOf(input: InspectedRaster, stored: Range, values: Range): Finding[] {
  switch (input.spec.id) {
    case 'soilErodibility':
      return erodibility(input, values);
    case 'vegetationCover':
    case 'understoreyCover':
      return cover(input, stored);
    case 'dailyRain':
    case 'monthlyRain':
    case 'annualRain':
      return rain(input, stored);
    case 'elevation':
      return elevation(input, stored, values);
    case 'slope':
      return slope(input, stored);
    case 'sand':
    case 'silt':
    case 'clay':
      return values.maximum > 0 && values.maximum <= 1
        ? [
            wrong(
              input,
              'unit-fraction',
              stored,
              { zh: '像是小数（0–1）', en: 'look like fractions (0–1)' },
              { zh: '应为百分数', en: 'percent is expected' },
              { zh: '请乘以 100', en: 'multiply them by 100' },
            ),
          ]
        : values.maximum > 100 && values.maximum <= 1000
          ? [
              wrong(
                input,
                'unit-per-mille',
                stored,
                { zh: '像是 g/kg', en: 'look like g/kg' },
                { zh: '应为百分数', en: 'percent is expected' },
                { zh: '请除以 10', en: 'divide them by 10' },
              ),
            ]
          : [];
    default:
      return [];
  }
}

function erodibility(input: InspectedRaster, values: Range): Finding[] {
  if (spellingOf(input)?.id !== 'SI' || values.median <= implausibleErodibility) return [];
  return [
    wrong(
      input,
      'unit-k-us',
      values,
      { zh: '像是美制单位', en: 'look like US units' },
      {
        zh: `国际制 K 值（t·hm²·h/(hm²·MJ·mm)）的中位数应不大于 ${implausibleErodibility}`,
        en: `the median of K in SI units, t·ha·h/(ha·MJ·mm), is at most ${implausibleErodibility}`,
      },
      {
        zh: '请写明 unit: US（乘以 0.1317），或换用国际制数据',
        en: 'state unit: US (× 0.1317), or use data in SI units',
      },
    ),
  ];
}

function rain(input: InspectedRaster, stored: Range): Finding[] {
  const yearly = yearlyRain(input);
  if (yearly === undefined) return [];
  const shown = plainNumber(yearly);
  const expected = { zh: '年降雨量应在 5 与 6000 mm 之间', en: 'the rain of a year lies between 5 and 6000 mm' };
  const spelling = spellingOf(input)!.id;
  const said = {
    zh: `各波段之和约为 ${shown} mm/年（按 ${spellingOf(input)!.name.zh}）`,
    en: `its bands add up to about ${shown} mm a year (read as ${spellingOf(input)!.name.en})`,
  };
  if (yearly > 6000)
    return [
      finding(
        input,
        'error',
        'unit-rain-tenths',
        said,
        expected,
        yearly / 10 <= 6000 && spelling === 'millimetre'
          ? {
              zh: '像是 0.1 mm：请写明 unit: tenth-millimetre',
              en: 'it looks like tenths of a millimetre: state unit: tenth-millimetre',
            }
          : { zh: '请核对单位与缺测码', en: 'check the unit and the codes for missing values' },
      ),
    ];
  if (yearly < 5 && stored.maximum > 0)
    return [
      finding(
        input,
        'error',
        'unit-rain-small',
        said,
        expected,
        yearly * 1000 >= 5 && yearly * 1000 <= 6000
          ? { zh: '像是以米为单位：请乘以 1000', en: 'it looks like metres: multiply by 1000' }
          : { zh: '请核对单位', en: 'check the unit' },
      ),
    ];
  // A wet place in tenths passes the test of the yearly sum only when declared wrongly the other way round.
  if (yearly < 60 && spelling === 'tenth-millimetre')
    return [
      finding(input, 'warning', 'unit-rain-doubtful', said, expected, {
        zh: '若数据本是 mm，请写明 unit: millimetre',
        en: 'if the data are in mm already, state unit: millimetre',
      }),
    ];
  return [];
}

function elevation(input: InspectedRaster, stored: Range, values: Range): Finding[] {
  if (values.maximum <= 8900 && values.minimum >= -160) return [];
  if (spellingOf(input)?.id === 'metre' && stored.maximum > 8900 && stored.maximum <= 89_000 && stored.minimum >= -1600)
    return [
      wrong(
        input,
        'unit-elevation',
        stored,
        { zh: '像是分米或英尺', en: 'look like decimetres or feet' },
        { zh: '高程应在 −160 与 8900 m 之间', en: 'elevation lies between −160 and 8900 m' },
        { zh: '请写明 unit: decimetre 或 foot', en: 'state unit: decimetre or foot' },
      ),
    ];
  return [];
}

/** A slope of 100 % is 45°: no landscape has a median above that, and no slope exceeds 90°. */
function slope(input: InspectedRaster, stored: Range): Finding[] {
  if (spellingOf(input)?.id !== 'degree' || (stored.maximum <= 90 && stored.median <= 45)) return [];
  return [
    wrong(
      input,
      'unit-slope-percent',
      stored,
      { zh: '像是百分数', en: 'look like percent' },
      { zh: '坡度应以度为单位，不超过 90', en: 'slope in degrees does not exceed 90' },
      { zh: '请写明 unit: percent，或换算为度', en: 'state unit: percent, or convert it to degrees' },
    ),
  ];
}

/** Values that can occur, as the file spells them: NDVI goes below zero, slopes in percent have no upper limit. */
function possibleRange(input: InspectedRaster): readonly [number, number] | undefined {
  const spelling = spellingOf(input)?.id;
  if (spelling === 'ndvi') return [-1, 1];
  if (spelling === 'percent' && input.spec.id === 'slope') return undefined;
  return input.spec.possible;
}

function checkPossible(input: InspectedRaster, stored: Range, values: Range): Finding[] {
  const { usualMedian, unit, name } = input.spec;
  const possible = possibleRange(input);
  const marks = new Set<number>();
  for (const band of input.inspection.statistics) for (const [value] of band.sentinels) marks.add(value);
  if (possible && (values.minimum < possible[0] || values.maximum > possible[1])) {
    // Undeclared nodata are told by their own check; saying it twice would only blur it.
    if (marks.has(stored.minimum) || marks.has(stored.maximum)) return [];
    return [
      finding(
        input,
        'error',
        'values-impossible',
        { zh: `数值为 ${rangeText(values)} ${unit.zh}`, en: `its values are ${rangeText(values)} ${unit.en}` },
        {
          zh: `${name.zh}应在 ${plainNumber(possible[0])} 与 ${plainNumber(possible[1])} ${unit.zh} 之间`,
          en: `${name.en} lies between ${plainNumber(possible[0])} and ${plainNumber(possible[1])} ${unit.en}`,
        },
        { zh: '请核对单位、比例系数与无数据值', en: 'check unit, scale and nodata value' },
      ),
    ];
  }
  if (usualMedian && (values.median < usualMedian[0] || values.median > usualMedian[1]))
    return [
      finding(
        input,
        'warning',
        'values-unusual',
        {
          zh: `中位数为 ${plainNumber(values.median)} ${unit.zh}`,
          en: `its median is ${plainNumber(values.median)} ${unit.en}`,
        },
        {
          zh: `通常在 ${plainNumber(usualMedian[0])} 与 ${plainNumber(usualMedian[1])} 之间`,
          en: `it is usually between ${plainNumber(usualMedian[0])} and ${plainNumber(usualMedian[1])}`,
        },
        { zh: '请核对单位', en: 'check the unit' },
      ),
    ];
  return [];
}
