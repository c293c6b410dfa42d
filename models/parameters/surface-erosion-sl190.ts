import type { ErosionClassCode } from './erosion-classes-sl190.ts';

/* SL 190-2007 土壤侵蚀分类分级标准, 面蚀分级; recalled, 参数待核. */

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
