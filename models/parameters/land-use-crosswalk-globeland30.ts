import type { LandUseCrosswalk } from './land-use-crosswalk.ts';

/** GlobeLand30, 30 m, 2000, 2010 and 2020. */
export const globeLand30Crosswalk: LandUseCrosswalk = {
  id: 'globeland30',
  name: { zh: 'GlobeLand30 全球地表覆盖', en: 'GlobeLand30' },
  source: 'Chen et al. 2015, ISPRS Journal of Photogrammetry and Remote Sensing 103: 7–27',
  confidence: 'design',
  validFrom: null,
  validTo: null,
  rows: [
    { from: '10', name: { zh: '耕地', en: 'cultivated land' }, to: 13, alternatives: [11, 12] },
    { from: '20', name: { zh: '森林', en: 'forest' }, to: 31, alternatives: [21, 33] },
    { from: '30', name: { zh: '草地', en: 'grassland' }, to: 43, alternatives: [41, 42] },
    { from: '40', name: { zh: '灌木地', en: 'shrubland' }, to: 32, alternatives: [22] },
    { from: '50', name: { zh: '湿地', en: 'wetland' }, to: 72, alternatives: [] },
    { from: '60', name: { zh: '水体', en: 'water' }, to: 71, alternatives: [] },
    { from: '70', name: { zh: '苔原', en: 'tundra' }, to: 43, alternatives: [84] },
    { from: '80', name: { zh: '人造地表', en: 'artificial surfaces' }, to: 51, alternatives: [52, 54, 62] },
    { from: '90', name: { zh: '裸地', en: 'bare land' }, to: 83, alternatives: [81, 82, 84] },
    { from: '100', name: { zh: '冰川和永久积雪', en: 'snow and ice' }, to: 73, alternatives: [] },
  ],
};
