import type { LandAreaRule } from '../land-area.ts';
import type { ZoneStatistics } from '../zone-statistics.ts';
import type { Bilingual } from './table.ts';

/** What every area table says about its figures. */
export const shareNote: Bilingual = {
  zh: '水土流失面积为轻度及以上强度面积之和，不含微度；各强度等级比例以水土流失面积为分母，无水土流失面积时记“—”。',
  en: 'Eroded area is light and worse, without micro; shares of the classes are of the eroded area, a dash where there is none.',
};

export const closingNote: Bilingual = {
  zh: '面积经闭合取整，各级合计与分项在打印数字上严格相等，与原值之差小于0.01 km²。',
  en: 'Areas are rounded so that printed parts add up to printed sums; each differs from its raw value by less than 0.01 km².',
};

/** Said instead of {@link closingNote} when no rounding stays within one unit. */
export const looseClosingNote: Bilingual = {
  zh: '面积经闭合取整，各级合计与分项在打印数字上严格相等；个别数值与原值之差达到或超过0.01 km²。',
  en: 'Areas are rounded so that printed parts add up to printed sums; some differ from their raw value by 0.01 km² or more.',
};

const denominators: Record<LandAreaRule, Bilingual> = {
  pixels: {
    zh: '土地总面积为有侵蚀强度的栅格面积，即水土保持率的分母；未覆盖面积不计入。',
    en: 'Land area, the denominator of the conservation rate, is the area of cells with a class; the uncovered area is left out.',
  },
  scale: {
    zh: '土地总面积采用法定面积（含水域和建设用地），即水土保持率的分母；各等级面积按法定面积与有效栅格面积之比放缩。',
    en: 'Land area, the denominator of the conservation rate, is the official area (water and built-up land included); class areas are scaled to it.',
  },
  'residual-micro': {
    zh: '土地总面积采用法定面积（含水域和建设用地），即水土保持率的分母；与有效栅格面积之差计入微度。',
    en: 'Land area, the denominator of the conservation rate, is the official area (water and built-up land included); the difference to the cells goes to micro.',
  },
};

/** What the land area of the tables is. */
export const denominatorNote = (rule: LandAreaRule): Bilingual => denominators[rule];

/** Notes on single zones: scale factors, residuals, missing official areas, gaps in coverage. */
export function zoneNotes(zones: readonly ZoneStatistics[]): Bilingual[] {
  const notes: Bilingual[] = [];
  const official = zones.filter((zone) => zone.level === 1 && zone.officialArea !== undefined);
  const scaled = official.filter((zone) => zone.areaFactor !== undefined && zone.areaFactor !== 1);
  if (scaled.length > 0)
    notes.push(list('面积放缩系数：', 'Scale factors: ', scaled, (zone) => zone.areaFactor!.toFixed(6)));
  const residual = official.filter((zone) => zone.residualArea !== 0);
  if (residual.length > 0)
    notes.push(
      list(
        '计入微度的面积差：',
        'Difference put into micro: ',
        residual,
        (zone) => `${zone.residualArea.toFixed(4)} km²`,
      ),
    );
  const mixed = zones.some((zone) => zone.landAreaSource === 'mixed');
  const without = zones.filter((zone) => zone.level === 1 && zone.landAreaSource === 'pixels');
  if (mixed)
    notes.push(
      list('无法定面积、按栅格面积计：', 'Without official area, counted by cells: ', without, (zone) => zone.code),
    );
  const warned = zones.filter((zone) => zone.coverage === 'warn');
  if (warned.length > 0)
    notes.push(list('未覆盖面积超过1%，成果供参考：', 'More than 1 % uncovered, use with care: ', warned, gapOf));
  const refused = zones.filter((zone) => zone.coverage === 'refuse');
  if (refused.length > 0)
    notes.push(
      list(
        '未覆盖面积超过5%或无有效栅格，不计算水土保持率：',
        'More than 5 % uncovered or no valid cells, no conservation rate given: ',
        refused,
        gapOf,
      ),
    );
  return notes;
}

/** Share of a zone that the result does not cover: cells without a class, or official area outside the grid. */
export function gapPercent(zone: ZoneStatistics): number {
  const missing = zone.officialArea === undefined ? 0 : (1 - zone.pixelArea / zone.officialArea) * 100;
  return Math.max(zone.uncoveredPercent, missing);
}

const gapOf = (zone: ZoneStatistics): string => `${gapPercent(zone).toFixed(2)}%`;

function list(
  zh: string,
  en: string,
  zones: readonly ZoneStatistics[],
  value: (zone: ZoneStatistics) => string,
): Bilingual {
  return {
    zh: `${zh}${zones.map((zone) => `${zone.name.zh} ${value(zone)}`).join('、')}。`,
    en: `${en}${zones.map((zone) => `${zone.name.en} ${value(zone)}`).join(', ')}.`,
  };
}
