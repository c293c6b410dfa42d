import type { CodedRow, Confidence, ParameterFacts } from './confidence.ts';
import type { LandUseCode } from './land-use-classes.ts';

const regulation = '区域水土流失动态监测技术规定（试行）2018';

/** Formula by which land of a group turns cover into a soil loss ratio. */
export type SoilLossRatioGroup = 'shrub-tea' | 'grass' | 'forest-orchard';

/** Coefficients of SLR = 1/(a + b·c^(100·FVC)). */
export interface CoverCoefficients {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** 茶园, 灌木林地. */
export const shrubTeaCoefficients: CoverCoefficients = { a: 1.17647, b: 0.86242, c: 1.05905 };
/** 草地. */
export const grassCoefficients: CoverCoefficients = { a: 1.25, b: 0.78845, c: 1.05968 };
/** Coefficients of SLR = p·exp(q·GD) − r·exp(FVC − FVC·GD) + s for 果园, 其他园地, 有林地, 其他林地. */
export const forestOrchardCoefficients = { p: 0.44468, q: -3.20096, r: 0.04099, s: 0.025 } as const;

/** Land use whose B follows its cover through the year. */
export const soilLossRatioGroups: readonly (ParameterFacts & {
  readonly group: SoilLossRatioGroup;
  readonly codes: readonly LandUseCode[];
  readonly needsUnderstorey: boolean;
})[] = [
  {
    group: 'shrub-tea',
    codes: [22, 32],
    needsUnderstorey: false,
    name: { zh: '茶园、灌木林地', en: 'tea and shrub' },
    source: regulation,
    confidence: 'recalled',
    validFrom: null,
    validTo: null,
  },
  {
    group: 'grass',
    codes: [41, 42, 43],
    needsUnderstorey: false,
    name: { zh: '草地', en: 'grassland' },
    source: regulation,
    confidence: 'recalled',
    validFrom: null,
    validTo: null,
  },
  {
    group: 'forest-orchard',
    codes: [21, 23, 31, 33],
    needsUnderstorey: true,
    name: { zh: '果园、其他园地、有林地、其他林地', en: 'orchards, other gardens, forest, other woodland' },
    source: regulation,
    confidence: 'recalled',
    validFrom: null,
    validTo: null,
  },
];

const constant = (
  code: LandUseCode,
  value: number | null,
  zh: string,
  en: string,
  confidence: Confidence,
): CodedRow<number, LandUseCode> => ({
  code,
  value,
  name: { zh, en },
  source: regulation,
  confidence,
  validFrom: null,
  validTo: null,
});

/** B of land whose cover is not followed. Rows without a value must be supplied where the class occurs. */
export const biologicalPracticeConstants: readonly CodedRow<number, LandUseCode>[] = [
  constant(11, 1, '水田', 'paddy', 'seen'),
  constant(12, 1, '水浇地', 'irrigated cropland', 'seen'),
  constant(13, 1, '旱地', 'dry cropland', 'seen'),
  constant(51, 0.01, '城镇建设用地', 'urban land', 'uncertain'),
  constant(52, 0.025, '农村建设用地', 'rural settlement', 'uncertain'),
  constant(53, 1, '人为扰动用地', 'land disturbed by construction', 'uncertain'),
  constant(54, 0.1, '其他建设用地', 'other built-up land', 'uncertain'),
  constant(61, 1, '农村道路', 'rural road', 'uncertain'),
  constant(62, 0.01, '其他交通用地', 'other transport land', 'uncertain'),
  constant(71, 0, '河湖库塘', 'rivers, lakes, reservoirs, ponds', 'recalled'),
  constant(72, 0, '沼泽地', 'marsh', 'recalled'),
  constant(73, 0, '冰川及永久积雪', 'glacier and permanent snow', 'recalled'),
  constant(81, null, '盐碱地', 'saline land', 'uncertain'),
  constant(82, null, '沙地', 'sand', 'uncertain'),
  constant(83, 1, '裸土地', 'bare soil', 'uncertain'),
  constant(84, 0, '裸岩石砾地', 'bare rock and gravel', 'uncertain'),
];
