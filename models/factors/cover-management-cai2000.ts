import { cellFactorMethod } from './factor-method.ts';

/**
 * C = 1 (f = 0), 0.6508 − 0.3436·log10 f (0 < f < 78.3), 0 (f ≥ 78.3); held within 0–1, which matters below f = 0.0963 %.
 * @param coverPercent f, vegetation cover, percent; NaN gives NaN
 */
export function coverManagementCai2000(coverPercent: number): number {
  if (coverPercent <= 0) return 1;
  if (coverPercent >= 78.3) return 0;
  return Math.min(1, 0.6508 - 0.3436 * Math.log10(coverPercent));
}

/**
 * Cover-management factor from vegetation cover.
 * 蔡崇法, 丁树文, 史志华等 2000. 应用USLE模型与地理信息系统IDRISI预测小流域土壤侵蚀量的研究. 水土保持学报 14(2): 19–24.
 */
export const cai2000 = cellFactorMethod(
  {
    id: 'cai2000',
    version: 1,
    factor: 'coverManagement',
    name: { zh: '蔡崇法(2000)盖度公式', en: 'cover, Cai et al. 2000' },
    citation: '蔡崇法等 2000, 水土保持学报 14(2): 19–24',
    formula: 'C = 1 (f=0); 0.6508 − 0.3436·lg f (0<f<78.3 %); 0 (f≥78.3 %)',
    unit: '1',
    validRange: { zh: '盖度 0–100 %', en: 'cover 0–100 %' },
    inputs: [{ name: 'coverPercent', unit: '%', meaning: { zh: '植被覆盖度', en: 'vegetation cover' } }],
    confidence: 'seen',
    defaults: {},
    parameters: {},
  },
  () => coverManagementCai2000,
);
