import type { CodedRow, Confidence } from './confidence.ts';

const row = (code: string, value: number, zh: string, en: string): CodedRow<number> => ({
  code,
  value,
  name: { zh, en },
  source: '郭乾坤等 2013; 第一次全国水利普查水土保持情况普查',
  confidence: 'uncertain',
  validFrom: null,
  validTo: null,
});

/** T of tillage measures (耕作措施). Codes and values are recalled and must be checked against the yearly guide. */
export const tillageMeasures: readonly CodedRow<number>[] = [
  row('0301', 0.431, '等高耕作', 'contour tillage'),
  row('0302', 0.425, '等高沟垄种植', 'contour ridge planting'),
  row('0303', 0.152, '垄作区田', 'tied ridges'),
  row('0304', 0.499, '掏钵（穴状）种植', 'pit planting'),
  row('0305', 0.213, '抗旱丰产沟', 'drought-resistant furrows'),
  row('0306', 0.425, '休闲地水平犁沟', 'contour furrows on fallow'),
  row('0307', 0.499, '中耕培垄', 'ridging between rows'),
  row('0308', 0.225, '草田轮作', 'grass–crop rotation'),
  row('0309', 0.225, '间作与套种', 'intercropping'),
  row('0310', 0.225, '横坡带状间作', 'contour strip cropping'),
  row('0311', 0.225, '休闲地绿肥', 'green manure on fallow'),
  row('0312', 0.212, '留茬少耕', 'reduced tillage with stubble'),
  row('0313', 0.136, '免耕', 'no tillage'),
];

const zone = (code: string, value: number, zh: string, en: string, confidence: Confidence): CodedRow<number> => ({
  code,
  value,
  name: { zh, en },
  source: confidence === 'seen' ? '常梦迪等 2021, ChinaXiv-202108.00091' : '轮作区 T 值表（转述）',
  confidence,
  validFrom: null,
  validTo: null,
});

/**
 * T of rotation zones (轮作区). The codes are this product's; only the zone of northern Xinjiang has a value read in a source.
 * Cropland without T stops a run unless T = 1 is asked for by name.
 */
export const rotationZones: readonly CodedRow<number>[] = [
  zone('qingzang', 0.272, '青藏高原区', 'Qinghai–Tibet', 'uncertain'),
  zone('beibu-zhonggaoyuan', 0.488, '北部中高原区', 'northern middle plateau', 'uncertain'),
  zone('beibu-digaoyuan', 0.417, '北部低高原区', 'northern low plateau', 'uncertain'),
  zone('dongbei', 0.331, '东北区', 'north-east', 'uncertain'),
  zone('xibei-guangai', 0.281, '西北灌溉区', 'irrigated north-west', 'uncertain'),
  zone('huanghuaihai', 0.397, '黄淮海区', 'Huang–Huai–Hai', 'uncertain'),
  zone(
    'beijiang-guangai-yishu-tianxian',
    0.281,
    '北疆灌溉一熟填闲区',
    'irrigated single crop, northern Xinjiang',
    'seen',
  ),
];
