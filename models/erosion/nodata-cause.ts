/**
 * Why a cell has no erosion modulus. The companion raster of every result holds one of these codes per cell;
 * 0 means the cell has a value. When several causes meet, the smallest non-zero code is recorded.
 */
export const nodataCauses = [
  { code: 0, id: 'valid', zh: '有效', en: 'value present' },
  { code: 1, id: 'outside-area', zh: '统计范围外', en: 'outside the area of interest' },
  { code: 2, id: 'elevation', zh: '高程缺失', en: 'no elevation' },
  { code: 3, id: 'rainfall', zh: '降雨缺失', en: 'no rainfall erosivity' },
  { code: 4, id: 'soil', zh: '土壤缺失', en: 'no soil erodibility' },
  { code: 5, id: 'land-use', zh: '土地利用缺失', en: 'no land use' },
  { code: 6, id: 'land-use-unmapped', zh: '土地利用代码未定义', en: 'land-use code not in the table' },
  { code: 7, id: 'cover', zh: '植被覆盖缺失', en: 'no vegetation cover' },
  { code: 8, id: 'understorey', zh: '林下盖度缺失', en: 'no understorey cover' },
  { code: 9, id: 'engineering', zh: '工程措施代码未定义', en: 'engineering measure not in the table' },
  { code: 10, id: 'tillage', zh: '耕作措施缺失', en: 'no tillage factor' },
  { code: 11, id: 'slope', zh: '坡度无法计算', en: 'slope cannot be computed' },
  { code: 12, id: 'slope-length', zh: '坡长无法计算', en: 'slope length cannot be computed' },
  { code: 13, id: 'cover-practice', zh: '植被措施因子缺失', en: 'no cover-management factor' },
  { code: 14, id: 'support-practice', zh: '水土保持措施因子缺失', en: 'no support-practice factor' },
  { code: 15, id: 'tolerance', zh: '容许土壤流失量缺失', en: 'no tolerable soil loss' },
] as const;

export type NodataCauseId = (typeof nodataCauses)[number]['id'];

/** Code of a cause by its id. */
export const causeCode = Object.fromEntries(nodataCauses.map((cause) => [cause.id, cause.code])) as Record<
  NodataCauseId,
  number
>;
