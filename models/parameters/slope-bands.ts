import type { Bilingual, Confidence } from './confidence.ts';

/** A set of slope bands, numbered from 1; an upper limit belongs to its own band. */
export interface SlopeBands {
  readonly id: string;
  readonly name: Bilingual;
  /** Upper limits of all bands but the last, degrees. */
  readonly limits: readonly number[];
  readonly bands: readonly Bilingual[];
  readonly source: string;
  readonly confidence: Confidence;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

function bandNames(limits: readonly number[]): Bilingual[] {
  const inner = limits.slice(1).map((upper, index) => `${limits[index]}–${upper}°`);
  const last = `> ${limits[limits.length - 1]}°`;
  return [`≤ ${limits[0]}°`, ...inner, last].map((text) => ({ zh: text, en: text }));
}

const slopeBands = (
  id: string,
  zh: string,
  en: string,
  limits: readonly number[],
  source: string,
  confidence: Confidence,
): SlopeBands => ({
  id,
  name: { zh, en },
  limits,
  bands: bandNames(limits),
  source,
  confidence,
  validFrom: null,
  validTo: null,
});

/** 耕地坡度分级: ≤ 2°, 2–6°, 6–15°, 15–25°, > 25°. */
export const croplandSlopeBands = slopeBands(
  'cropland',
  '耕地坡度分级',
  'slope of cropland',
  [2, 6, 15, 25],
  '第三次全国国土调查耕地坡度分级',
  'seen',
);

/** 面蚀坡度分级: ≤ 5°, 5–8°, 8–15°, 15–25°, 25–35°, > 35°. */
export const surfaceSlopeBands = slopeBands(
  'surface',
  '面蚀坡度分级',
  'slope of sheet erosion',
  [5, 8, 15, 25, 35],
  'SL 190-2007 土壤侵蚀分类分级标准',
  'recalled',
);

/** Band of a slope, from 1; 0 for NaN. */
export function bandOfSlope(slopeDegrees: number, { limits }: SlopeBands): number {
  if (Number.isNaN(slopeDegrees)) return 0;
  const band = limits.findIndex((limit) => slopeDegrees <= limit);
  return band === -1 ? limits.length + 1 : band + 1;
}

/** From this slope, exclusive, cropland counts as sloping (坡耕地): 2° in the land survey, 6° in some texts. */
export const slopingCroplandDegrees = { value: 2, alternatives: [6], confidence: 'uncertain' } as const;

/** Slope above which cropland may not be opened (禁垦坡度), exclusive. 水土保持法 2010, article 20; some provinces set less. */
export const forbiddenCroplandDegrees = {
  value: 25,
  source: '中华人民共和国水土保持法 2010 第二十条',
  confidence: 'seen',
} as const;
