import type { Text } from '../messages/text.ts';
import type { LayerId, LayerSpec, UnitSpelling } from './layer-spec.ts';

const text = (zh: string, en: string): Text => ({ zh, en });
const unit = (id: string, zh: string, en: string, factor: number, add?: number): UnitSpelling => ({
  id,
  name: { zh, en },
  factor,
  ...(add === undefined ? {} : { add }),
});

const none = text('', '');
const millimetres = text('mm', 'mm');
const rainUnits = [unit('millimetre', 'mm', 'mm', 1), unit('tenth-millimetre', '0.1 mm', '0.1 mm', 0.1)];
const coverUnits = [
  unit('cover-percent', '百分数 0–100', 'percent 0–100', 0.01),
  unit('cover-fraction', '小数 0–1', 'fraction 0–1', 1),
  unit('ndvi', 'NDVI', 'NDVI', 1),
];

type Defaults = 'resampling' | 'zeroIsValue' | 'needsFullCover' | 'kind' | 'unit';
const continuous = (
  id: LayerId,
  name: Text,
  spec: Omit<LayerSpec, 'id' | 'name' | Defaults> & Partial<Pick<LayerSpec, Defaults>>,
): LayerSpec => ({
  id,
  name,
  kind: 'continuous',
  unit: none,
  resampling: 'bilinear',
  zeroIsValue: true,
  needsFullCover: true,
  ...spec,
});

const polygons = (id: LayerId, zh: string, en: string, needsFullCover = false): LayerSpec => ({
  id,
  name: text(zh, en),
  kind: 'vector',
  unit: none,
  resampling: 'none',
  zeroIsValue: true,
  needsFullCover,
});

const table = (id: LayerId, zh: string, en: string, keyFields?: readonly string[]): LayerSpec => ({
  id,
  name: text(zh, en),
  kind: 'table',
  unit: none,
  resampling: 'none',
  zeroIsValue: true,
  needsFullCover: false,
  ...(keyFields ? { keyFields } : {}),
});

const texture = (id: LayerId, zh: string, en: string, median: readonly [number, number]): LayerSpec =>
  continuous(id, text(zh, en), { unit: text('%', '%'), possible: [0, 100], usualMedian: median });

const erodibilityUnit = text('t·hm²·h/(hm²·MJ·mm)', 't·ha·h/(ha·MJ·mm)');
const erosivityUnit = text('MJ·mm/(hm²·h·a)', 'MJ·mm/(ha·h·a)');
const modulusUnit = text('t/(km²·a)', 't/(km²·a)');

/** Meaning, unit, range and resampling of every input layer. */
export const layers: Readonly<Record<LayerId, LayerSpec>> = {
  elevation: continuous('elevation', text('高程', 'elevation'), {
    unit: text('m', 'm'),
    // From the Turpan depression to Mount Qomolangma.
    possible: [-160, 8900],
    spellings: [
      unit('metre', '米', 'metres', 1),
      unit('decimetre', '分米', 'decimetres', 0.1),
      unit('foot', '英尺', 'feet', 0.3048),
    ],
  }),
  landUse: {
    id: 'landUse',
    name: text('土地利用', 'land use'),
    kind: 'class',
    unit: none,
    resampling: 'nearest',
    zeroIsValue: false,
    needsFullCover: true,
  },
  dailyRain: continuous('dailyRain', text('逐日降雨', 'daily rain'), {
    unit: millimetres,
    possible: [0, 1900],
    spellings: rainUnits,
    bands: 'days',
  }),
  monthlyRain: continuous('monthlyRain', text('逐月降雨', 'monthly rain'), {
    unit: millimetres,
    possible: [0, 4500],
    spellings: rainUnits,
    bands: 12,
  }),
  annualRain: continuous('annualRain', text('年降雨', 'annual rain'), {
    unit: millimetres,
    possible: [0, 9000],
    usualMedian: [5, 6000],
    spellings: rainUnits,
    bands: 1,
  }),
  rainfallErosivity: continuous('rainfallErosivity', text('降雨侵蚀力因子 R', 'rainfall erosivity R'), {
    unit: erosivityUnit,
    possible: [0, 50000],
    spellings: [unit('SI', '国际制', 'SI', 1), unit('US', '美制', 'US units', 17.02)],
    bands: [1, 24],
  }),
  stationRain: { ...table('stationRain', '雨量站逐日降雨', 'daily rain of stations'), spellings: rainUnits },
  stationPlaces: table('stationPlaces', '雨量站位置', 'places of stations'),
  sand: texture('sand', '砂粒含量', 'sand content', [3, 97]),
  silt: texture('silt', '粉粒含量', 'silt content', [1, 90]),
  clay: texture('clay', '黏粒含量', 'clay content', [1, 85]),
  organicCarbon: continuous('organicCarbon', text('有机碳含量', 'organic carbon'), {
    unit: text('%', '%'),
    possible: [0, 60],
    usualMedian: [0.05, 15],
  }),
  organicMatter: continuous('organicMatter', text('有机质含量', 'organic matter'), {
    unit: text('%', '%'),
    possible: [0, 100],
    usualMedian: [0.05, 25],
  }),
  soilErodibility: continuous('soilErodibility', text('土壤可蚀性因子 K', 'soil erodibility K'), {
    unit: erodibilityUnit,
    // The nomograph and EPIC forms stay below 0.1 in SI units.
    possible: [0, 0.15],
    usualMedian: [0.0005, 0.1],
    spellings: [unit('SI', '国际制', 'SI', 1), unit('US', '美制', 'US units', 0.1317)],
  }),
  soilClass: {
    id: 'soilClass',
    name: text('土壤类型', 'soil classes'),
    kind: 'class',
    unit: none,
    resampling: 'nearest',
    zeroIsValue: false,
    needsFullCover: true,
  },
  vegetationCover: continuous('vegetationCover', text('24 个半月植被覆盖度', 'vegetation cover of 24 half-months'), {
    unit: text('小数', 'fraction'),
    possible: [0, 1],
    spellings: coverUnits,
    bands: 24,
  }),
  understoreyCover: continuous('understoreyCover', text('林下盖度', 'understorey cover'), {
    unit: text('小数', 'fraction'),
    possible: [0, 1],
    spellings: coverUnits,
    needsFullCover: false,
  }),
  engineeringMeasures: { ...polygons('engineeringMeasures', '工程措施', 'engineering measures'), alsoKinds: ['class'] },
  rotationZones: { ...polygons('rotationZones', '轮作区', 'rotation zones'), alsoKinds: ['class'] },
  tillageMeasures: { ...polygons('tillageMeasures', '耕作措施', 'tillage measures'), alsoKinds: ['class'] },
  tolerance: continuous('tolerance', text('容许土壤流失量', 'tolerable soil loss'), {
    unit: modulusUnit,
    possible: [50, 2000],
    resampling: 'nearest',
  }),
  windErosionModulus: continuous('windErosionModulus', text('风力侵蚀模数', 'wind erosion modulus'), {
    unit: modulusUnit,
    possible: [0, 100000],
    needsFullCover: false,
  }),
  coverManagement: continuous('coverManagement', text('覆盖与管理因子 C', 'cover-management factor C'), {
    possible: [0, 1.5],
  }),
  supportPractice: continuous('supportPractice', text('水土保持措施因子 P', 'support-practice factor P'), {
    possible: [0, 1],
  }),
  slope: continuous('slope', text('坡度', 'slope'), {
    unit: text('°', '°'),
    possible: [0, 90],
    usualMedian: [0, 45],
    spellings: [unit('degree', '度', 'degrees', 1), unit('percent', '百分数', 'percent', 1)],
  }),
  county: polygons('county', '县级行政区', 'counties'),
  township: polygons('township', '乡镇', 'townships'),
  watershed: polygons('watershed', '流域', 'watersheds'),
  zoneRaster: {
    id: 'zoneRaster',
    name: text('统计分区栅格', 'zone raster'),
    kind: 'class',
    unit: none,
    resampling: 'nearest',
    zeroIsValue: true,
    needsFullCover: true,
  },
  zones: polygons('zones', '统计分区', 'zones'),
  landAreas: table('landAreas', '控制面积表', 'official land areas'),
  targets: table('targets', '水土保持率目标表', 'rate targets'),
  projectBoundaries: polygons('projectBoundaries', '水土流失防治责任范围', 'approved project boundaries'),
};
