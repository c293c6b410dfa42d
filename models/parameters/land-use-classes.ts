import type { Bilingual, Confidence } from './confidence.ts';

/** Source of the classification of the monitoring. */
const source = '区域水土流失动态监测土地利用分类';

/** A first-level class. */
export interface LandUseGroup {
  readonly code: number;
  readonly name: Bilingual;
}

/** A second-level class; its first digit is the first-level class. */
export interface LandUseClass {
  readonly code: number;
  readonly name: Bilingual;
  readonly source: string;
  /** How well code and name are known together. */
  readonly confidence: Confidence;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

/** The 8 first-level classes. */
export const landUseGroups = [
  { code: 1, name: { zh: '耕地', en: 'cropland' } },
  { code: 2, name: { zh: '园地', en: 'garden' } },
  { code: 3, name: { zh: '林地', en: 'forest' } },
  { code: 4, name: { zh: '草地', en: 'grassland' } },
  { code: 5, name: { zh: '建设用地', en: 'built-up land' } },
  { code: 6, name: { zh: '交通运输用地', en: 'transport land' } },
  { code: 7, name: { zh: '水域及水利设施用地', en: 'water' } },
  { code: 8, name: { zh: '其他土地', en: 'other land' } },
] as const satisfies readonly LandUseGroup[];

const entry = <const Code extends number>(code: Code, zh: string, en: string, confidence: Confidence) => ({
  code,
  name: { zh, en },
  source,
  confidence,
  validFrom: null,
  validTo: null,
});

/** The 25 second-level classes (TDLYDM, TDLYMC); some lists have 24. */
export const landUseClasses = [
  entry(11, '水田', 'paddy', 'recalled'),
  entry(12, '水浇地', 'irrigated cropland', 'seen'),
  entry(13, '旱地', 'dry cropland', 'seen'),
  entry(21, '果园', 'orchard', 'seen'),
  entry(22, '茶园', 'tea garden', 'recalled'),
  entry(23, '其他园地', 'other garden', 'recalled'),
  entry(31, '有林地', 'forest', 'seen'),
  entry(32, '灌木林地', 'shrubland', 'seen'),
  entry(33, '其他林地', 'other woodland', 'seen'),
  entry(41, '天然牧草地', 'natural pasture', 'recalled'),
  entry(42, '人工牧草地', 'sown pasture', 'recalled'),
  entry(43, '其他草地', 'other grassland', 'seen'),
  entry(51, '城镇建设用地', 'urban land', 'seen'),
  entry(52, '农村建设用地', 'rural settlement', 'seen'),
  entry(53, '人为扰动用地', 'land disturbed by construction', 'seen'),
  entry(54, '其他建设用地', 'other built-up land', 'seen'),
  entry(61, '农村道路', 'rural road', 'seen'),
  entry(62, '其他交通用地', 'other transport land', 'seen'),
  entry(71, '河湖库塘', 'rivers, lakes, reservoirs, ponds', 'seen'),
  entry(72, '沼泽地', 'marsh', 'recalled'),
  entry(73, '冰川及永久积雪', 'glacier and permanent snow', 'recalled'),
  entry(81, '盐碱地', 'saline land', 'recalled'),
  entry(82, '沙地', 'sand', 'recalled'),
  entry(83, '裸土地', 'bare soil', 'recalled'),
  entry(84, '裸岩石砾地', 'bare rock and gravel', 'recalled'),
] as const satisfies readonly LandUseClass[];

export type LandUseCode = (typeof landUseClasses)[number]['code'];

const byCode: ReadonlyMap<number, LandUseClass> = new Map(landUseClasses.map((row) => [row.code, row]));

/** A second-level class by its code, or undefined. */
export const landUseClass = (code: number): LandUseClass | undefined => byCode.get(code);

/** First-level code of a second-level code: its first digit. */
export const landUseGroupCode = (code: number): number => Math.floor(code / 10);

/** First-level class 耕地. */
export const croplandGroup = 1;

/** True for 水田, 水浇地, 旱地. */
export const isCropland = (code: number): boolean => code >= 11 && code <= 13;

/** True for gardens, forests and grasslands, where vegetation cover is graded. */
export const isVegetated = (code: number): boolean => byCode.has(code) && code >= 21 && code <= 43;
