import { ErosionError } from '../errors.ts';
import { cellFactorMethod, type FactorParameter } from './factor-method.ts';

/** NDVI of bare soil and of full vegetation. */
export interface NdviEndMembers {
  readonly soil: number;
  readonly vegetation: number;
}

/** End-members of Gutman & Ignatov; a region's own come from its histogram (5 % and 95 %). */
export const endMembersGutmanIgnatov: NdviEndMembers = { soil: 0.04, vegetation: 0.52 };

/** What the end-members mean, for every method that scales NDVI between them. */
export const endMemberParameters = {
  soil: { unit: '1', meaning: { zh: '裸土 NDVI', en: 'NDVI of bare soil' }, confidence: 'recalled' },
  vegetation: { unit: '1', meaning: { zh: '纯植被 NDVI', en: 'NDVI of full vegetation' }, confidence: 'recalled' },
} as const satisfies Record<keyof NdviEndMembers, FactorParameter>;

/** @throws ErosionError `cover-range` unless vegetation is greener than soil */
export function requireEndMembers({ soil, vegetation }: NdviEndMembers): void {
  if (!(vegetation > soil))
    throw new ErosionError('cover-range', `NDVI of vegetation (${vegetation}) must exceed that of soil (${soil})`, {
      soil,
      vegetation,
    });
}

/**
 * FVC = (NDVI − NDVI_soil)/(NDVI_veg − NDVI_soil), held within 0–1.
 * @param ndvi −1…1, not scaled; NaN gives NaN
 */
export function vegetationCoverLinear(ndvi: number, { soil, vegetation }: NdviEndMembers): number {
  return Math.min(1, Math.max(0, (ndvi - soil) / (vegetation - soil)));
}

/**
 * Vegetation cover by pixel dichotomy (像元二分法). Water has low NDVI and comes out as bare: take water from land use.
 * Gutman G., Ignatov A. 1998. The derivation of the green vegetation fraction from NOAA/AVHRR data for use in numerical weather
 * prediction models. International Journal of Remote Sensing 19(8): 1533–1543.
 */
export const gutmanIgnatov1998 = cellFactorMethod(
  {
    id: 'gutman-ignatov1998',
    version: 1,
    factor: 'vegetationCover',
    name: { zh: '像元二分法', en: 'pixel dichotomy, Gutman & Ignatov 1998' },
    citation: 'Gutman & Ignatov 1998, International Journal of Remote Sensing 19(8): 1533–1543',
    formula: 'FVC = (NDVI − NDVI_s)/(NDVI_v − NDVI_s)',
    unit: '1',
    validRange: { zh: 'NDVI −1–1', en: 'NDVI −1–1' },
    inputs: [{ name: 'ndvi', unit: '1', meaning: { zh: '归一化植被指数', en: 'NDVI' } }],
    confidence: 'seen',
    defaults: endMembersGutmanIgnatov,
    parameters: endMemberParameters,
  },
  (endMembers) => {
    requireEndMembers(endMembers);
    return (ndvi: number) => vegetationCoverLinear(ndvi, endMembers);
  },
);
