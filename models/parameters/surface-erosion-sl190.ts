import type { Confidence } from './confidence.ts';
import type { ErosionClassCode } from './erosion-classes-sl190.ts';

/** Where the tables of this file come from. */
export const surfaceErosionFacts: { readonly source: string; readonly confidence: Confidence } = {
  source: 'SL 190-2007 土壤侵蚀分类分级标准, 面蚀分级',
  confidence: 'recalled',
};

/** Upper limits of the rows, percent of cover: above the first is 微度, and the last row has no lower limit. */
export const surfaceCoverLimitsPercent = [75, 60, 45, 30] as const;

type SlopeRow = readonly [ErosionClassCode, ErosionClassCode, ErosionClassCode, ErosionClassCode, ErosionClassCode];

/** Class by cover 60–75, 45–60, 30–45, under 30 % (rows) and slope 5–8, 8–15, 15–25, 25–35, over 35° (columns). */
export const surfaceClassByCoverSl190: readonly [SlopeRow, SlopeRow, SlopeRow, SlopeRow] = [
  [2, 2, 2, 3, 3],
  [2, 2, 3, 3, 4],
  [2, 3, 3, 4, 5],
  [3, 3, 4, 5, 6],
];

/** Class of sloping cropland by the same slopes. */
export const croplandClassBySlopeSl190: SlopeRow = [2, 3, 4, 5, 6];

/** Lower limits, exclusive below the first class, of gully and gravity erosion: 轻度, 中度, 强烈, 极强烈, 剧烈. */
export const gullyErosionSl190 = {
  /** Share of gullies in the slope, percent; under 10 is 轻度. */
  gullySharePercent: [0, 10, 25, 35, 50],
  /** Gully density, km/km². */
  gullyDensity: [1, 2, 3, 5, 7],
  /** 崩塌面积占坡面面积比, percent; under 10 is 轻度. */
  collapseSharePercent: [0, 10, 15, 20, 30],
  source: 'SL 190-2007 土壤侵蚀分类分级标准, 沟蚀与重力侵蚀分级',
  confidence: 'recalled',
} as const;
