import type { LandUseCrosswalk } from './land-use-crosswalk.ts';

/** China Land Cover Dataset, 30 m, yearly. It does not tell paddy from dry cropland, nor bare soil from sand and rock. */
export const clcdCrosswalk: LandUseCrosswalk = {
  id: 'clcd',
  name: { zh: '中国年度土地覆盖数据集 CLCD', en: 'China Land Cover Dataset (CLCD)' },
  source: 'Yang & Huang 2021, Earth System Science Data 13: 3907–3925',
  confidence: 'design',
  validFrom: null,
  validTo: null,
  rows: [
    { from: '1', name: { zh: '农田', en: 'cropland' }, to: 13, alternatives: [11, 12] },
    { from: '2', name: { zh: '森林', en: 'forest' }, to: 31, alternatives: [21, 33] },
    { from: '3', name: { zh: '灌木', en: 'shrub' }, to: 32, alternatives: [22] },
    { from: '4', name: { zh: '草地', en: 'grassland' }, to: 43, alternatives: [41, 42] },
    { from: '5', name: { zh: '水体', en: 'water' }, to: 71, alternatives: [] },
    { from: '6', name: { zh: '冰雪', en: 'snow and ice' }, to: 73, alternatives: [] },
    { from: '7', name: { zh: '裸地', en: 'barren' }, to: 83, alternatives: [81, 82, 84] },
    { from: '8', name: { zh: '不透水面', en: 'impervious' }, to: 51, alternatives: [52, 54, 62] },
    { from: '9', name: { zh: '湿地', en: 'wetland' }, to: 72, alternatives: [] },
  ],
};
