import { cellFactorMethod } from './factor-method.ts';

/**
 * C = exp(−α·NDVI/(β − NDVI)), held within 0–1.
 * @param ndvi −1…1; NaN gives NaN
 */
export function coverManagementVanDerKnijff2000(ndvi: number, alpha = 2, beta = 1): number {
  // At and above β the exponent changes sign through infinity; the limit from below is no erosion.
  if (ndvi >= beta) return 0;
  return Math.min(1, Math.exp((-alpha * ndvi) / (beta - ndvi)));
}

/**
 * Cover-management factor from NDVI.
 * Van der Knijff J.M., Jones R.J.A., Montanarella L. 2000. Soil erosion risk assessment in Europe. EUR 19044 EN.
 */
export const vanDerKnijff2000 = cellFactorMethod(
  {
    id: 'van-der-knijff2000',
    version: 1,
    factor: 'coverManagement',
    name: { zh: 'NDVI 指数公式', en: 'NDVI, van der Knijff et al. 2000' },
    citation: 'Van der Knijff, Jones, Montanarella 2000, EUR 19044 EN',
    formula: 'C = exp(−α·NDVI/(β − NDVI)), α = 2, β = 1',
    unit: '1',
    validRange: { zh: 'NDVI −1–1；欧洲', en: 'NDVI −1–1; Europe' },
    inputs: [{ name: 'ndvi', unit: '1', meaning: { zh: '归一化植被指数', en: 'NDVI' } }],
    confidence: 'recalled',
    defaults: { alpha: 2, beta: 1 },
    parameters: {
      alpha: { unit: '1', meaning: { zh: '形状参数 α', en: 'shape α' }, confidence: 'recalled' },
      beta: { unit: '1', meaning: { zh: '形状参数 β', en: 'shape β' }, confidence: 'recalled' },
    },
  },
  ({ alpha, beta }) =>
    (ndvi: number) =>
      coverManagementVanDerKnijff2000(ndvi, alpha, beta),
);
