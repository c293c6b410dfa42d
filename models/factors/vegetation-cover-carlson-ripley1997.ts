import { cellFactorMethod } from './factor-method.ts';
import {
  endMemberParameters,
  endMembersGutmanIgnatov,
  type NdviEndMembers,
  requireEndMembers,
  vegetationCoverLinear,
} from './vegetation-cover-gutman-ignatov1998.ts';

/** FVC = [(NDVI − NDVI_soil)/(NDVI_veg − NDVI_soil)]², the linear value held within 0–1 first. */
export function vegetationCoverSquare(ndvi: number, endMembers: NdviEndMembers): number {
  return vegetationCoverLinear(ndvi, endMembers) ** 2;
}

/**
 * Vegetation cover as the square of the scaled NDVI.
 * Carlson T.N., Ripley D.A. 1997. On the relation between NDVI, fractional vegetation cover, and leaf area index. Remote Sensing
 * of Environment 62: 241–252.
 */
export const carlsonRipley1997 = cellFactorMethod(
  {
    id: 'carlson-ripley1997',
    version: 1,
    factor: 'vegetationCover',
    name: { zh: 'NDVI 平方法', en: 'squared NDVI, Carlson & Ripley 1997' },
    citation: 'Carlson & Ripley 1997, Remote Sensing of Environment 62: 241–252',
    formula: 'FVC = [(NDVI − NDVI_s)/(NDVI_v − NDVI_s)]²',
    unit: '1',
    validRange: { zh: 'NDVI −1–1', en: 'NDVI −1–1' },
    inputs: [{ name: 'ndvi', unit: '1', meaning: { zh: '归一化植被指数', en: 'NDVI' } }],
    confidence: 'recalled',
    defaults: endMembersGutmanIgnatov,
    parameters: endMemberParameters,
  },
  (endMembers) => {
    requireEndMembers(endMembers);
    return (ndvi: number) => vegetationCoverSquare(ndvi, endMembers);
  },
);
