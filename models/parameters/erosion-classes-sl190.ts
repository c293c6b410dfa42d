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
  /** Names of older editions, accepted on import. */
  readonly formerNames: readonly string[];
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
    formerNames: [],
  },
  {
    code: 2,
    name: { zh: '轻度', en: 'light' },
    fromModulus: null,
    fromDepthMillimetres: null,
    colour: '#ffffb2',
    formerNames: [],
  },
  {
    code: 3,
    name: { zh: '中度', en: 'moderate' },
    fromModulus: 2500,
    fromDepthMillimetres: 1.9,
    colour: '#fecc5c',
    formerNames: [],
  },
  {
    code: 4,
    name: { zh: '强烈', en: 'strong' },
    fromModulus: 5000,
    fromDepthMillimetres: 3.7,
    colour: '#fd8d3c',
    formerNames: ['强度'],
  },
  {
    code: 5,
    name: { zh: '极强烈', en: 'very strong' },
    fromModulus: 8000,
    fromDepthMillimetres: 5.9,
    colour: '#e31a1c',
    formerNames: ['极强度'],
  },
  {
    code: 6,
    name: { zh: '剧烈', en: 'severe' },
    fromModulus: 15000,
    fromDepthMillimetres: 11.1,
    colour: '#800026',
    formerNames: [],
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

/** Class of a name, of this edition or an older one; undefined for an unknown name. */
export function erosionClassByName(name: string): ErosionClass | undefined {
  const wanted = name.trim().replace(/侵蚀$/, '');
  const classes: readonly ErosionClass[] = erosionClassesSl190;
  return classes.find((entry) => entry.name.zh === wanted || entry.formerNames.includes(wanted));
}
