/** Settings of a run file by dotted path, with their values; `undefined` leaves the setting out. */
export type Settings = Readonly<Record<string, unknown>>;

/** Settings by dotted path as the nested content of a run file; later ones go over earlier ones. */
export function nested(...layers: readonly Settings[]): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const [path, value] of layers.flatMap((layer) => Object.entries(layer))) {
    const keys = path.split('.');
    const last = keys.pop()!;
    let place = root;
    for (const key of keys) place = (place[key] ??= {}) as Record<string, unknown>;
    if (value === undefined) delete place[last];
    else place[last] = structuredClone(value);
  }
  return root;
}

/** How one setting is turned, and what must come of it. */
export interface Knob {
  /** Name of the setting, as `settingNames()` lists it. */
  readonly at: string;
  /** Run file in which it is turned: the common one with these changes. */
  readonly on?: Settings;
  /** The turn. */
  readonly to: Settings;
  /** `plan`: the planned work differs. `place`: only where files lie. Anything else: refused with this code. */
  readonly gives?: string;
}

/** A CSLE run that uses as many settings as fit together. */
export const commonRun: Settings = {
  shuibao: 1,
  name: '微型区',
  year: 2024,
  'grid.tileSize': 32,
  'inputs.elevation.file': 'dem.tif',
  'inputs.landUse.file': 'land-use.tif',
  'inputs.rain': { kind: 'daily-raster', files: [{ file: 'daily.tif', year: 2024 }] },
  'inputs.soil': {
    kind: 'texture-rasters',
    sand: { file: 'sand.tif' },
    silt: { file: 'silt.tif' },
    clay: { file: 'clay.tif' },
    organicCarbon: { file: 'organic.tif' },
  },
  'inputs.vegetationCover': { file: 'cover.tif' },
  'inputs.understoreyCover': { file: 'understorey.tif' },
  'inputs.engineeringMeasures': { kind: 'polygons', file: 'measures.geojson', field: 'code' },
  'inputs.rotationZones': { kind: 'polygons', file: 'rotation.geojson', field: 'code' },
  'inputs.windErosion.file': 'wind.tif',
  'classes.tolerance': 1000,
  'statistics.zones': [
    { id: 'county', file: 'counties.geojson', codeField: 'code', nameField: 'name' },
    { id: 'township', file: 'townships.geojson', codeField: 'code' },
  ],
  'statistics.landAreas.file': 'areas.csv',
  'statistics.targets': 'targets.csv',
};

const rusle: Settings = {
  model: 'RUSLE',
  'inputs.vegetationCover': undefined,
  'inputs.understoreyCover': undefined,
  'inputs.engineeringMeasures': undefined,
  'inputs.rotationZones': undefined,
  'inputs.coverManagement': { file: 'c.tif' },
  'inputs.supportPractice': { file: 'p.tif' },
};
const rusleCover: Settings = {
  ...rusle,
  'inputs.coverManagement': undefined,
  'inputs.vegetationCover': { file: 'cover.tif' },
  'methods.coverManagement': 'cai2000',
};
const rusleTables: Settings = {
  ...rusle,
  'inputs.coverManagement': undefined,
  'inputs.supportPractice': undefined,
  'parameters.coverManagement': { 11: 0.2, 31: 0.01 },
  'parameters.supportPractice': { 11: 0.5, 31: 1, 41: 1 },
};
const ndvi: Settings = { 'inputs.vegetationCover': { file: 'cover.tif', content: 'ndvi', scale: 0.01 } };
const constants: Settings = {
  'methods.biologicalPractice': 'constants',
  'inputs.vegetationCover': undefined,
  'inputs.understoreyCover': undefined,
};
const stations: Settings = {
  'inputs.rain': { kind: 'daily-stations', file: 'rain.csv', stations: 'stations.csv', years: [2023, 2024] },
};
const erosivity: Settings = { 'inputs.rain': { kind: 'erosivity-raster', file: 'erosivity.tif' } };
const readySoil: Settings = { 'inputs.soil': { kind: 'erodibility-raster', file: 'erodibility.tif' } };
const soilClasses: Settings = {
  'inputs.soil': { kind: 'erodibility-by-class', file: 'soil-class.tif', values: { 1: 0.03, 2: 0.04, 3: 0.05 } },
};
const nomograph: Settings = {
  'methods.soilErodibility': 'nomograph-wischmeier1971',
  'inputs.soil': {
    kind: 'texture-rasters',
    sand: { file: 'sand.tif' },
    silt: { file: 'silt.tif' },
    clay: { file: 'clay.tif' },
    organicMatter: { file: 'organic.tif' },
    structure: 2,
    permeability: 3,
  },
};
const measureCodes: Settings = { 'inputs.engineeringMeasures': { kind: 'raster', file: 'measures.tif' } };
const rotationCodes: Settings = { 'inputs.rotationZones': { kind: 'raster', file: 'rotation.tif' } };
const zoneRaster: Settings = { 'statistics.zones': [{ kind: 'raster', id: 'county', file: 'zones.tif' }] };
const length: Settings = { 'methods.slopeLength.method': 'rusle-wischmeier-smith1978' };
const mapped: Settings = { 'grid.extent': { west: 400_010, south: 3_799_710, east: 400_390, north: 3_799_990 } };

/** What every raster input says about its file. */
const raster = (at: string, file: string, on: Settings = {}, path = at): Knob[] => [
  { at: `${at}.file`, on, to: { [`${path}.file`]: file.replace('.', '-b.') } },
  { at: `${at}.band`, on, to: { [`${path}.band`]: 2 } },
  ...placed(at, on, path),
];
const placed = (at: string, on: Settings = {}, path = at): Knob[] => [
  { at: `${at}.crs`, on, to: { [`${path}.crs`]: 'EPSG:4545' } },
  { at: `${at}.nodata`, on, to: { [`${path}.nodata`]: 7 } },
];

const rainFiles = (kind: string, file: string): Knob[] => {
  const at = `inputs.rain<${kind}-raster>`;
  const files = [
    { file: `${file}.tif`, year: 2024 },
    { file: `${file}-b.tif`, year: 2020 },
  ];
  const on: Settings = { 'inputs.rain': { kind: `${kind}-raster`, files } };
  const second = 'inputs.rain.files.1';
  return [
    { at: `${at}.kind`, on, to: { ...erosivity } },
    { at: `${at}.files[].file`, on, to: { [`${second}.file`]: `${file}.tif` } },
    { at: `${at}.files[].year`, on, to: { [`${second}.year`]: 2021 } },
    { at: `${at}.files[].crs`, on, to: { 'inputs.rain.files.0.crs': 'EPSG:4545', [`${second}.crs`]: 'EPSG:4545' } },
    { at: `${at}.files[].crs`, on, to: { [`${second}.crs`]: 'EPSG:4545' }, gives: 'rain-systems-differ' },
    { at: `${at}.files[].nodata`, on, to: { [`${second}.nodata`]: 7 } },
    { at: `${at}.unit`, on, to: { 'inputs.rain.unit': 'tenth-millimetre' } },
  ];
};

const coded = (name: string, file: string, codes: Settings): Knob[] => [
  { at: `inputs.${name}<raster>.kind`, on: codes, to: { [`inputs.${name}`]: commonRun[`inputs.${name}`] } },
  ...raster(`inputs.${name}<raster>`, `${file}.tif`, codes, `inputs.${name}`),
  { at: `inputs.${name}<polygons>.kind`, to: codes },
  { at: `inputs.${name}<polygons>.file`, to: { [`inputs.${name}.file`]: `${file}-b.geojson` } },
  { at: `inputs.${name}<polygons>.layer`, to: { [`inputs.${name}.layer`]: 'other' } },
  { at: `inputs.${name}<polygons>.field`, to: { [`inputs.${name}.field`]: 'name' } },
  { at: `inputs.${name}<polygons>.encoding`, to: { [`inputs.${name}.encoding`]: 'gbk' } },
];

const zone = (name: string, value: unknown): Knob => ({
  at: `statistics.zones[]<polygons>.${name}`,
  to: { [`statistics.zones.1.${name}`]: value },
});
const zoneCells = (name: string, value: unknown): Knob => ({
  at: `statistics.zones[]<raster>.${name}`,
  on: zoneRaster,
  to: { [`statistics.zones.0.${name}`]: value },
});

/** Every setting of the run file with a turn of it. */
const runKnobs: readonly Knob[] = [
  { at: 'shuibao', to: { shuibao: 2 }, gives: 'run-file-wrong-setting' },
  { at: 'name', to: { name: '另一名称' } },
  { at: 'year', to: { year: 2023, 'inputs.rain.files.0.year': 2023 } },
  { at: 'year', to: { year: 2023 }, gives: 'rain-year-absent' },
  { at: 'region', to: { region: '陇中' } },
  { at: 'model', to: rusle },
  { at: 'model', to: { model: 'RUSLE' }, gives: 'setting-idle' },
  { at: 'workspace', to: { workspace: 'elsewhere' }, gives: 'place' },
  { at: 'results', to: { results: 'elsewhere' }, gives: 'place' },

  { at: 'grid.crs', to: { 'grid.crs': 'EPSG:4545', 'grid.cellSizeMetres': 10, ...mapped } },
  { at: 'grid.crs', to: { 'grid.crs': 'EPSG:4545' }, gives: 'grid-incomplete' },
  { at: 'grid.crs', to: { 'grid.crs': 'EPSG:4490' }, gives: 'grid-geographic' },
  { at: 'grid.cellSizeMetres', to: { 'grid.cellSizeMetres': 20 } },
  ...['west', 'south', 'east', 'north'].map((edge, at) => ({
    at: `grid.extent.${edge}`,
    on: mapped,
    to: { [`grid.extent.${edge}`]: [400_000, 3_799_700, 400_400, 3_800_000][at] },
  })),
  { at: 'grid.extent.west', on: mapped, to: { 'grid.extent.west': 500_000 }, gives: 'grid-extent-empty' },
  { at: 'grid.tileSize', to: { 'grid.tileSize': 16 } },

  ...raster('inputs.elevation', 'dem.tif'),
  { at: 'inputs.elevation.unit', to: { 'inputs.elevation.unit': 'foot' } },
  ...raster('inputs.landUse', 'land-use.tif'),
  { at: 'inputs.landUse.scheme', to: { 'inputs.landUse.scheme': 'clcd' } },
  { at: 'inputs.landUse.crosswalk', to: { 'inputs.landUse.crosswalk': { 11: 12 } } },
  { at: 'inputs.landUse.crosswalk', to: { 'inputs.landUse.crosswalk': { 11: 10 } }, gives: 'crosswalk-target-unknown' },
  { at: 'inputs.landUse.crosswalk', to: { 'inputs.landUse.crosswalk': { 耕地: 11 } }, gives: 'parameter-code-unknown' },

  ...rainFiles('daily', 'daily'),
  ...rainFiles('monthly', 'monthly'),
  ...rainFiles('annual', 'annual'),
  { at: 'inputs.rain<daily-stations>.kind', on: stations, to: erosivity },
  { at: 'inputs.rain<daily-stations>.file', on: stations, to: { 'inputs.rain.file': 'rain-b.csv' } },
  { at: 'inputs.rain<daily-stations>.stations', on: stations, to: { 'inputs.rain.stations': 'stations-b.csv' } },
  { at: 'inputs.rain<daily-stations>.encoding', on: stations, to: { 'inputs.rain.encoding': 'gbk' } },
  { at: 'inputs.rain<daily-stations>.unit', on: stations, to: { 'inputs.rain.unit': 'tenth-millimetre' } },
  { at: 'inputs.rain<daily-stations>.years', on: stations, to: { 'inputs.rain.years': [2022, 2023, 2024] } },
  {
    at: 'inputs.rain<daily-stations>.years',
    on: stations,
    to: { 'inputs.rain.years': [2024, 2024] },
    gives: 'rain-years-repeated',
  },
  {
    at: 'inputs.rain<daily-stations>.interpolationCellMetres',
    on: stations,
    to: { 'inputs.rain.interpolationCellMetres': 500 },
  },
  { at: 'inputs.rain<erosivity-raster>.kind', on: erosivity, to: stations },
  ...raster('inputs.rain<erosivity-raster>', 'erosivity.tif', erosivity, 'inputs.rain'),
  { at: 'inputs.rain<erosivity-raster>.bands', on: erosivity, to: { 'inputs.rain.bands': 'half-month' } },
  {
    at: 'inputs.rain<erosivity-raster>.band',
    on: erosivity,
    to: { 'inputs.rain.bands': 'half-month', 'inputs.rain.band': 2 },
    gives: 'setting-idle',
  },
  { at: 'inputs.rain<erosivity-raster>.unit', on: erosivity, to: { 'inputs.rain.unit': 'US' } },

  { at: 'inputs.soil<texture-rasters>.kind', to: readySoil },
  ...['sand', 'silt', 'clay'].flatMap((name) =>
    raster(`inputs.soil<texture-rasters>.${name}`, `${name}.tif`, {}, `inputs.soil.${name}`).filter(
      // Clay is the same in both editions and bands: the number of the band alone must count.
      ({ at }) => !(name === 'clay' && at.endsWith('.file')),
    ),
  ),
  { at: 'inputs.soil<texture-rasters>.clay.file', to: { 'inputs.soil.clay.file': 'silt.tif' } },
  ...raster('inputs.soil<texture-rasters>.organicCarbon', 'organic.tif', {}, 'inputs.soil.organicCarbon'),
  {
    at: 'inputs.soil<texture-rasters>.organicCarbon.file',
    to: { 'inputs.soil.organicCarbon': undefined },
    gives: 'soil-input-missing',
  },
  ...raster('inputs.soil<texture-rasters>.organicMatter', 'organic.tif', nomograph, 'inputs.soil.organicMatter'),
  {
    at: 'inputs.soil<texture-rasters>.organicMatter.file',
    to: { 'inputs.soil.organicMatter': { file: 'organic.tif' } },
    gives: 'setting-idle',
  },
  { at: 'inputs.soil<texture-rasters>.structure', on: nomograph, to: { 'inputs.soil.structure': 3 } },
  { at: 'inputs.soil<texture-rasters>.structure', to: { 'inputs.soil.structure': 3 }, gives: 'setting-idle' },
  { at: 'inputs.soil<texture-rasters>.permeability', on: nomograph, to: { 'inputs.soil.permeability': 4 } },
  {
    at: 'inputs.soil<texture-rasters>.permeability',
    on: nomograph,
    to: { 'inputs.soil.permeability': undefined },
    gives: 'soil-input-missing',
  },
  { at: 'inputs.soil<erodibility-raster>.kind', on: readySoil, to: soilClasses },
  ...raster('inputs.soil<erodibility-raster>', 'erodibility.tif', readySoil, 'inputs.soil'),
  { at: 'inputs.soil<erodibility-raster>.unit', on: readySoil, to: { 'inputs.soil.unit': 'US' } },
  { at: 'inputs.soil<erodibility-by-class>.kind', on: soilClasses, to: readySoil },
  ...raster('inputs.soil<erodibility-by-class>', 'soil-class.tif', soilClasses, 'inputs.soil'),
  { at: 'inputs.soil<erodibility-by-class>.unit', on: soilClasses, to: { 'inputs.soil.unit': 'US' } },
  { at: 'inputs.soil<erodibility-by-class>.values', on: soilClasses, to: { 'inputs.soil.values': { 1: 0.031 } } },

  { at: 'inputs.vegetationCover.file', to: { 'inputs.vegetationCover.file': 'cover-b.tif' } },
  ...placed('inputs.vegetationCover'),
  { at: 'inputs.vegetationCover.content', to: { 'inputs.vegetationCover.content': 'ndvi' } },
  { at: 'inputs.vegetationCover.scale', on: ndvi, to: { 'inputs.vegetationCover.scale': 0.0001 } },
  { at: 'inputs.vegetationCover.scale', to: { 'inputs.vegetationCover.scale': 0.1 } },
  { at: 'inputs.vegetationCover.ndviSoil', on: ndvi, to: { 'inputs.vegetationCover.ndviSoil': 0.1 } },
  {
    at: 'inputs.vegetationCover.ndviSoil',
    to: { 'inputs.vegetationCover.ndviSoil': 0.1 },
    gives: 'setting-idle',
  },
  { at: 'inputs.vegetationCover.ndviVegetation', on: ndvi, to: { 'inputs.vegetationCover.ndviVegetation': 0.8 } },
  {
    at: 'inputs.vegetationCover.file',
    on: rusle,
    to: { 'inputs.vegetationCover': { file: 'cover.tif' } },
    gives: 'setting-idle',
  },
  ...raster('inputs.understoreyCover', 'understorey.tif'),
  { at: 'inputs.understoreyCover.content', to: { 'inputs.understoreyCover.content': 'cover-fraction' } },
  ...coded('engineeringMeasures', 'measures', measureCodes),
  ...coded('rotationZones', 'rotation', rotationCodes),
  ...raster('inputs.windErosion', 'wind.tif'),
  ...raster('inputs.tolerance', 'tolerance.tif', {
    'classes.tolerance': undefined,
    'inputs.tolerance': { file: 'tolerance.tif' },
  }),
  ...raster('inputs.coverManagement', 'c.tif', rusle),
  ...raster('inputs.supportPractice', 'p.tif', rusle),

  { at: 'methods.rainfallErosivity', to: { 'methods.rainfallErosivity': 'zhang2002-daily' } },
  { at: 'methods.rainfallErosivity', to: { 'methods.rainfallErosivity': 'ready' }, gives: 'method-unfit' },
  { at: 'methods.erosivityMode', on: stations, to: { 'methods.erosivityMode': 'singleYear' } },
  { at: 'methods.erosivityMode', on: erosivity, to: { 'methods.erosivityMode': 'singleYear' }, gives: 'setting-idle' },
  { at: 'methods.soilErodibility', to: { 'methods.soilErodibility': 'epic-williams1990' } },
  {
    at: 'methods.soilErodibility',
    on: readySoil,
    to: { 'methods.soilErodibility': 'epic-williams1990' },
    gives: 'setting-idle',
  },
  { at: 'methods.slopeSteepness.method', to: { 'methods.slopeSteepness.method': 'nearing1997' } },
  { at: 'methods.slopeSteepness.steepCoefficient', to: { 'methods.slopeSteepness.steepCoefficient': 21.9 } },
  {
    at: 'methods.slopeSteepness.steepCoefficient',
    to: { 'methods.slopeSteepness': { method: 'nearing1997', steepCoefficient: 21.9 } },
    gives: 'method-setting-unknown',
  },
  { at: 'methods.slopeSteepness.maxSlopeDegrees', to: { 'methods.slopeSteepness.maxSlopeDegrees': 30 } },
  { at: 'methods.slopeLength.method', to: length },
  { at: 'methods.slopeLength.exponent', to: { 'methods.slopeLength.exponent': 'mccool1989' } },
  {
    at: 'methods.slopeLength.rillSusceptibility',
    on: { 'methods.slopeLength.exponent': 'mccool1989' },
    to: { 'methods.slopeLength.rillSusceptibility': 0.5 },
  },
  {
    at: 'methods.slopeLength.rillSusceptibility',
    to: { 'methods.slopeLength.rillSusceptibility': 0.5 },
    gives: 'setting-idle',
  },
  { at: 'methods.slopeLength.variant', to: { 'methods.slopeLength.variant': 'ls-tool' } },
  { at: 'methods.slopeLength.cutOffGentle', to: { 'methods.slopeLength.cutOffGentle': 0.6 } },
  { at: 'methods.slopeLength.cutOffSteep', to: { 'methods.slopeLength.cutOffSteep': 0.4 } },
  {
    at: 'methods.slopeLength.channelThresholdSquareKilometres',
    to: { 'methods.slopeLength.channelThresholdSquareKilometres': 1 },
  },
  { at: 'methods.slopeLength.maxSlopeLengthMetres', to: { 'methods.slopeLength.maxSlopeLengthMetres': 300 } },
  ...['variant: ls-tool', 'cutOffGentle: 0.6', 'maxSlopeLengthMetres: 300'].map((setting): Knob => {
    const [name, value] = setting.split(': ') as [string, string];
    const at = `methods.slopeLength.${name}`;
    return { at, on: rusle, to: { [at]: Number(value) || value }, gives: 'setting-idle' };
  }),
  { at: 'methods.biologicalPractice', to: constants },
  { at: 'methods.coverManagement', on: rusleCover, to: { 'methods.coverManagement': 'bu1993-linear' } },
  {
    at: 'methods.coverManagement',
    on: rusleCover,
    to: { 'methods.coverManagement': 'van-der-knijff2000' },
    gives: 'method-unfit',
  },
  {
    at: 'methods.supportPractice',
    on: { ...rusle, 'inputs.supportPractice': undefined },
    to: { 'methods.supportPractice': 'wenner1980' },
  },
  { at: 'methods.supportPractice', on: rusle, to: { 'methods.supportPractice': 'wenner1980' }, gives: 'setting-idle' },

  { at: 'parameters.biologicalPractice', to: { 'parameters.biologicalPractice': { 81: 0.5 } } },
  {
    at: 'parameters.biologicalPractice',
    on: rusle,
    to: { 'parameters.biologicalPractice': { 81: 0.5 } },
    gives: 'setting-idle',
  },
  { at: 'parameters.coverManagement', on: rusleTables, to: { 'parameters.coverManagement': { 11: 0.3 } } },
  { at: 'parameters.supportPractice', on: rusleTables, to: { 'parameters.supportPractice': { 11: 0.6 } } },
  { at: 'parameters.engineeringPractice', to: { 'parameters.engineeringPractice': { '020101': 0.1 } } },
  { at: 'parameters.tillagePractice', to: { 'parameters.tillagePractice': { huanghuaihai: 0.4 } } },
  {
    at: 'parameters.tillagePractice',
    to: { 'parameters.tillagePractice': { huanghuaihia: 0.4 } },
    gives: 'parameter-code-unknown',
  },
  {
    at: 'parameters.assumeTillageOne',
    to: { 'inputs.rotationZones': undefined, 'parameters.assumeTillageOne': true },
  },
  { at: 'parameters.assumeTillageOne', to: { 'inputs.rotationZones': undefined }, gives: 'tillage-missing' },
  { at: 'parameters.assumeTillageOne', to: { 'parameters.assumeTillageOne': true }, gives: 'setting-idle' },
  {
    at: 'parameters.understoreyCover',
    on: { 'inputs.understoreyCover': undefined },
    to: { 'parameters.understoreyCover': 0.3 },
  },
  { at: 'parameters.understoreyCover', to: { 'parameters.understoreyCover': 0.3 }, gives: 'setting-idle' },

  { at: 'classes.standard', to: { 'classes.standard': 'SL190-1996' }, gives: 'run-file-wrong-setting' },
  { at: 'classes.tolerance', to: { 'classes.tolerance': 500 } },
  {
    at: 'classes.toleranceRegion',
    to: { 'classes.tolerance': undefined, 'classes.toleranceRegion': 'nanfang-hongrang' },
  },
  {
    at: 'classes.toleranceRegion',
    to: { 'classes.toleranceRegion': 'nanfang-hongrang' },
    gives: 'tolerance-undecided',
  },

  { at: 'statistics.zones[]<polygons>.kind', to: zoneRaster },
  zone('id', 'watershed'),
  zone('name', '乡'),
  zone('file', 'counties-b.geojson'),
  zone('layer', 'other'),
  zone('codeField', 'name'),
  zone('nameField', 'name'),
  zone('parent', 'county'),
  zone('parentField', 'parent'),
  zone('encoding', 'gbk'),
  ...raster('statistics.zones[]<raster>', 'zones.tif', zoneRaster, 'statistics.zones.0'),
  { at: 'statistics.zones[]<raster>.kind', on: zoneRaster, to: { 'statistics.zones': commonRun['statistics.zones'] } },
  zoneCells('id', 'watershed'),
  zoneCells('name', '区'),
  zoneCells('names', { 1: '安定区' }),
  { at: 'statistics.landAreas.file', to: { 'statistics.landAreas.file': 'areas-b.csv' } },
  { at: 'statistics.landAreas.rule', to: { 'statistics.landAreas.rule': 'residual-micro' } },
  { at: 'statistics.targets', to: { 'statistics.targets': 'targets-b.csv' } },

  { at: 'outputs.factors', to: { 'outputs.factors': ['R', 'K'] } },
  { at: 'outputs.factors', to: { 'outputs.factors': ['C'] }, gives: 'setting-idle' },
  { at: 'outputs.factors', to: { 'outputs.factors': ['R', 'R'] }, gives: 'setting-idle' },
  { at: 'outputs.terrain', to: { 'outputs.terrain': ['flowDirection', 'edgeContamination'] } },
  { at: 'outputs.terrain', to: { 'outputs.terrain': ['slopeLength', 'slopeLength'] }, gives: 'setting-idle' },
  { at: 'outputs.compression', to: { 'outputs.compression': 'zstd' } },
  { at: 'outputs.language', to: { 'outputs.language': 'en' } },
  { at: 'outputs.tables', to: { 'outputs.tables': ['csv'] } },
  { at: 'outputs.map', to: { 'outputs.map': false } },
  { at: 'outputs.chart', to: { 'outputs.chart': false } },
];

/** What a scenario may state. */
const scenarioSections = [
  'inputs.vegetationCover',
  'inputs.understoreyCover',
  'inputs.engineeringMeasures',
  'inputs.rotationZones',
  'parameters.biologicalPractice',
  'parameters.engineeringPractice',
  'parameters.tillagePractice',
  'parameters.understoreyCover',
];

const sectionOf = (path: string): string | undefined =>
  scenarioSections.find((section) => path.startsWith(section) && /^([.<]|$)/.test(path.slice(section.length)));

/** A scenario that states a section as a run would, and one value more so that it is never empty. */
function scenarioWith(section: string, run: Record<string, unknown>): unknown {
  const [group, name] = section.split('.') as [string, string];
  const value = (run[group] as Record<string, unknown> | undefined)?.[name];
  const scenario = nested({ id: 'other', 'parameters.engineeringPractice': { '020102': 0.7 } });
  return value === undefined ? scenario : { ...scenario, [group]: { ...(scenario[group] as object), [name]: value } };
}

/** The knobs of a run that a scenario has too: turning one in a scenario changes the work as well. */
const scenarioKnobs = runKnobs.flatMap(({ at, on = {}, to, gives }): Knob[] => {
  const section = sectionOf(at);
  if (section === undefined || gives !== undefined || on.model === 'RUSLE') return [];
  const elsewhere = Object.fromEntries(Object.entries(on).filter(([path]) => sectionOf(path) !== section));
  return [
    {
      at: `scenarios[].${at}`,
      on: { ...elsewhere, scenarios: [scenarioWith(section, nested(commonRun, on))] },
      to: { scenarios: [scenarioWith(section, nested(commonRun, on, to))] },
    },
  ];
});

const terraces = { id: 'terraces', parameters: { engineeringPractice: { '020101': 0.1 } } };

/** Every setting, turned in every way that matters. */
export const knobs: readonly Knob[] = [
  ...runKnobs,
  ...scenarioKnobs,
  { at: 'scenarios[].id', on: { scenarios: [terraces] }, to: { scenarios: [{ ...terraces, id: 'strips' }] } },
  { at: 'scenarios[].name', on: { scenarios: [terraces] }, to: { scenarios: [{ ...terraces, name: '坡改梯' }] } },
  { at: 'scenarios[].id', to: { scenarios: [terraces, terraces] }, gives: 'scenario-id-twice' },
  { at: 'scenarios[].id', to: { scenarios: [{ id: 'nothing', parameters: {} }] }, gives: 'scenario-empty' },
  { at: 'scenarios[].id', to: { scenarios: [{ ...terraces, id: '../up' }] }, gives: 'run-file-wrong-setting' },
  { at: 'scenarios[].id', on: rusle, to: { scenarios: [terraces] }, gives: 'setting-idle' },
  {
    at: 'scenarios[].parameters.tillagePractice',
    to: { scenarios: [{ id: 'other', parameters: { tillagePractice: { huanghuaihia: 0.4 } } }] },
    gives: 'parameter-code-unknown',
  },
  {
    at: 'scenarios[].parameters.understoreyCover',
    to: { scenarios: [{ id: 'other', parameters: { understoreyCover: 0.4 } }] },
    gives: 'setting-idle',
  },
  {
    at: 'scenarios[].inputs.rotationZones<polygons>.field',
    to: {
      scenarios: [
        { id: 'other', inputs: { rotationZones: { kind: 'polygons', file: 'rotation.geojson', feld: 'code' } } },
      ],
    },
    gives: 'run-file-unknown-setting',
  },
];
