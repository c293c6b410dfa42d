import type { Bilingual, Confidence } from './confidence.ts';

/** One intensity class of SL 190-2007. */
export interface ErosionClass {
  /** Value in class rasters; 0 is nodata. */
  readonly code: 1 | 2 | 3 | 4 | 5 | 6;
  readonly name: Bilingual;
  /** Least modulus, t/(km²·a); null for the first class, which begins at 0, and the second, which begins at the tolerance. */
  readonly fromModulus: number | null;
  /** Mean depth of soil lost at `fromModulus` for 1.35 t/m³ as printed in the standard, mm/a. */
  readonly fromDepthMillimetres: number | null;
  /** Colour on maps, sRGB. */
  readonly colour: string;
}

export type ErosionClassCode = ErosionClass['code'];

/**
 * 土壤侵蚀强度分级, water erosion. The limits are those of the standard; that a limit belongs to the class above it, and 15000 to
 * the class below, is a choice of this product, as are codes and colours.
 */
export const erosionClassesSl190 = [
  {
    code: 1,
    name: { zh: '微度', en: 'micro' },
    fromModulus: null,
    fromDepthMillimetres: null,
    colour: '#b7dfa8',
  },
  {
    code: 2,
    name: { zh: '轻度', en: 'light' },
    fromModulus: null,
    fromDepthMillimetres: null,
    colour: '#ffffb2',
  },
  {
    code: 3,
    name: { zh: '中度', en: 'moderate' },
    fromModulus: 2500,
    fromDepthMillimetres: 1.9,
    colour: '#fecc5c',
  },
  {
    code: 4,
    name: { zh: '强烈', en: 'strong' },
    fromModulus: 5000,
    fromDepthMillimetres: 3.7,
    colour: '#fd8d3c',
  },
  {
    code: 5,
    name: { zh: '极强烈', en: 'very strong' },
    fromModulus: 8000,
    fromDepthMillimetres: 5.9,
    colour: '#e31a1c',
  },
  {
    code: 6,
    name: { zh: '剧烈', en: 'severe' },
    fromModulus: 15000,
    fromDepthMillimetres: 11.1,
    colour: '#800026',
  },
] as const satisfies readonly ErosionClass[];

/** Where the table comes from and how long it holds. */
export const erosionClassesSl190Facts: {
  readonly standard: string;
  readonly source: string;
  readonly confidence: Confidence;
  readonly validFrom: string | null;
  readonly validTo: string | null;
} = {
  standard: 'SL190-2007',
  source: 'SL 190-2007 土壤侵蚀分类分级标准',
  confidence: 'seen',
  validFrom: '2008-04-04',
  validTo: null,
};
