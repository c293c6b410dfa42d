import type { LandUseCrosswalk } from './land-use-crosswalk.ts';

/** ESA WorldCover, 10 m, 2020 and 2021. */
export const worldCoverCrosswalk: LandUseCrosswalk = {
  id: 'esa-worldcover',
  name: { zh: 'ESA WorldCover 土地覆盖', en: 'ESA WorldCover' },
  source: 'ESA WorldCover Product User Manual v2.0',
  confidence: 'design',
  validFrom: null,
  validTo: null,
  rows: [
    { from: '10', name: { zh: '乔木', en: 'tree cover' }, to: 31, alternatives: [21, 33] },
    { from: '20', name: { zh: '灌木', en: 'shrubland' }, to: 32, alternatives: [22] },
    { from: '30', name: { zh: '草地', en: 'grassland' }, to: 43, alternatives: [41, 42] },
    { from: '40', name: { zh: '耕地', en: 'cropland' }, to: 13, alternatives: [11, 12] },
    { from: '50', name: { zh: '建成区', en: 'built-up' }, to: 51, alternatives: [52, 54, 62] },
    { from: '60', name: { zh: '裸地与稀疏植被', en: 'bare or sparse vegetation' }, to: 83, alternatives: [81, 82, 84] },
    { from: '70', name: { zh: '冰雪', en: 'snow and ice' }, to: 73, alternatives: [] },
    { from: '80', name: { zh: '永久水体', en: 'permanent water' }, to: 71, alternatives: [] },
    { from: '90', name: { zh: '草本湿地', en: 'herbaceous wetland' }, to: 72, alternatives: [] },
    { from: '95', name: { zh: '红树林', en: 'mangroves' }, to: 31, alternatives: [72] },
    { from: '100', name: { zh: '苔藓与地衣', en: 'moss and lichen' }, to: 43, alternatives: [84] },
  ],
};
