import type { CodedRow, Confidence } from './confidence.ts';

const row = (
  code: string,
  value: number,
  zh: string,
  en: string,
  confidence: Confidence,
  source = 'SL 190-2007 土壤侵蚀分类分级标准',
): CodedRow<number> => ({ code, value, name: { zh, en }, source, confidence, validFrom: null, validTo: null });

/** Tolerable soil loss of the water-erosion regions of SL 190-2007, t/(km²·a). Codes are this product's. */
export const toleranceByErosionRegion: readonly CodedRow<number>[] = [
  row('xibei-huangtu', 1000, '西北黄土高原区', 'Loess Plateau', 'seen'),
  row('dongbei-heitu', 200, '东北黑土区', 'north-east black soil', 'seen'),
  row('beifang-tushi', 200, '北方土石山区', 'rocky mountains of the north', 'seen'),
  row('nanfang-hongrang', 500, '南方红壤丘陵区', 'red soil hills of the south', 'seen'),
  row('xinan-tushi', 500, '西南土石山区', 'rocky mountains of the south-west', 'seen'),
];

const zoning = '全国水土保持区划';

/**
 * Tolerable soil loss of the eight zones of soil and water conservation, t/(km²·a). Counties can straddle zones: a table by
 * county or a raster goes before this one.
 */
export const toleranceByConservationZone: readonly CodedRow<number>[] = [
  row('dongbei-heitu', 200, '东北黑土区', 'north-east black soil', 'recalled', zoning),
  row('beifang-fengsha', 200, '北方风沙区', 'wind and sand of the north', 'uncertain', zoning),
  row('beifang-tushi', 200, '北方土石山区', 'rocky mountains of the north', 'recalled', zoning),
  row('xibei-huangtu', 1000, '西北黄土高原区', 'Loess Plateau', 'recalled', zoning),
  row('nanfang-hongrang', 500, '南方红壤区', 'red soil of the south', 'seen', zoning),
  row('xinan-zisetu', 500, '西南紫色土区', 'purple soil of the south-west', 'seen', zoning),
  row('xinan-yanrong', 500, '西南岩溶区', 'karst of the south-west', 'seen', zoning),
  row('qingzang', 500, '青藏高原区', 'Qinghai–Tibet Plateau', 'uncertain', zoning),
];
