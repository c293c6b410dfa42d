import { cellFactorMethod } from './factor-method.ts';

/**
 * C = 0.4149 − 0.0052·c, not below 0 (from c = 79.788 %).
 * @param julyCoverPercent c, vegetation cover in July, percent; NaN gives NaN
 */
export function coverManagementBu(julyCoverPercent: number): number {
  return Math.max(0, 0.4149 - 0.0052 * julyCoverPercent);
}

/** Cover-management factor from the cover of July, a straight line. 卜兆宏等 1993, as quoted in ChinaXiv-201811.00038. */
export const bu1993 = cellFactorMethod(
  {
    id: 'bu1993-linear',
    version: 1,
    factor: 'coverManagement',
    name: { zh: '卜兆宏线性公式', en: 'linear in July cover, Bu et al.' },
    citation: '卜兆宏等 1993; ChinaXiv-201811.00038',
    formula: 'C = 0.4149 − 0.0052·c',
    unit: '1',
    validRange: { zh: '7 月盖度 0–100 %', en: 'July cover 0–100 %' },
    inputs: [
      { name: 'julyCoverPercent', unit: '%', meaning: { zh: '7 月植被覆盖度', en: 'vegetation cover in July' } },
    ],
    confidence: 'seen',
    defaults: {},
    parameters: {},
  },
  () => coverManagementBu,
);
