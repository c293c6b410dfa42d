import { z } from 'zod';

/**
 * The run file: everything that determines a year, in one YAML file. Unknown names are errors; every setting either
 * changes the run or is refused. Paths are relative to the run file.
 */

const path = z.string().min(1);
const numberByCode = z.record(z.string(), z.number().min(0));

/** What a raster input may state about itself when the file does not, or states it wrongly. */
const raster = z.strictObject({
  file: path,
  band: z.int().min(1).default(1),
  /** Coordinate system, where the file has none or a wrong one. */
  crs: z.string().optional(),
  /** Value that means "no data", where the file does not say. */
  nodata: z.number().optional(),
});

const elevation = raster.extend({ unit: z.enum(['metre', 'decimetre', 'foot']).default('metre') });

const landUse = raster.extend({
  scheme: z.enum(['monitoring', 'gbt21010', 'clcd', 'esa-worldcover', 'globeland30']).default('monitoring'),
  /** Code in the file → code of the monitoring classification; wins over the scheme. */
  crosswalk: z.record(z.string(), z.int()).default({}),
});

const rainFile = z.strictObject({
  file: path,
  year: z.int().min(1900).max(2200),
  crs: z.string().optional(),
  nodata: z.number().optional(),
});
const rainUnit = z.enum(['millimetre', 'tenth-millimetre']).default('millimetre');
const rainRaster = { files: z.array(rainFile).min(1), unit: rainUnit };

const rain = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('daily-raster'), ...rainRaster }),
  z.strictObject({ kind: z.literal('monthly-raster'), ...rainRaster }),
  z.strictObject({ kind: z.literal('annual-raster'), ...rainRaster }),
  z.strictObject({
    kind: z.literal('daily-stations'),
    /** Table with one row per station and day. */
    file: path,
    /** Table with the place of each station. */
    stations: path,
    encoding: z.enum(['auto', 'utf-8', 'gbk']).default('auto'),
    unit: rainUnit,
    years: z.array(z.int().min(1900).max(2200)).min(1),
    /** Side of the cells on which station erosivity is interpolated by inverse distance. */
    interpolationCellMetres: z.number().positive().default(1000),
  }),
  z.strictObject({
    kind: z.literal('erosivity-raster'),
    ...raster.shape,
    /** One annual band, or 24 half-month bands. */
    bands: z.enum(['annual', 'half-month']).default('annual'),
    unit: z.enum(['SI', 'US']).default('SI'),
  }),
]);

const soil = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('texture-rasters'),
    sand: raster,
    silt: raster,
    clay: raster,
    organicCarbon: raster.optional(),
    organicMatter: raster.optional(),
    /** Codes of soil structure and permeability for the nomograph. */
    structure: z.int().min(1).max(4).optional(),
    permeability: z.int().min(1).max(6).optional(),
  }),
  z.strictObject({
    kind: z.literal('erodibility-raster'),
    ...raster.shape,
    unit: z.enum(['SI', 'US']).default('SI'),
  }),
  z.strictObject({
    kind: z.literal('erodibility-by-class'),
    ...raster.shape,
    unit: z.enum(['SI', 'US']).default('SI'),
    values: numberByCode,
  }),
]);

const cover = z.strictObject({
  file: path,
  crs: z.string().optional(),
  nodata: z.number().optional(),
  content: z.enum(['cover-fraction', 'cover-percent', 'ndvi']).default('cover-percent'),
  /** Factor from stored numbers to NDVI, such as 0.0001. */
  scale: z.number().positive().optional(),
  ndviSoil: z.number().optional(),
  ndviVegetation: z.number().optional(),
});

const share = raster.extend({ content: z.enum(['cover-fraction', 'cover-percent']).default('cover-percent') });
const encoding = z.enum(['auto', 'utf-8', 'gbk', 'big5']).default('auto');

const codes = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('raster'), ...raster.shape }),
  z.strictObject({
    kind: z.literal('polygons'),
    file: path,
    layer: z.string().optional(),
    field: z.string().min(1),
    encoding,
  }),
]);

const zoneSetId = z.string().regex(/^[a-z][a-z0-9-]*$/);

const zoneRaster = raster.extend({
  kind: z.literal('raster'),
  id: zoneSetId,
  name: z.string().optional(),
  /** Names of the zones by their number in the raster. */
  names: z.record(z.string(), z.string()).default({}),
});

const zonePolygons = z.strictObject({
  kind: z.literal('polygons').optional(),
  id: zoneSetId,
  name: z.string().optional(),
  file: path,
  layer: z.string().optional(),
  codeField: z.string().min(1),
  nameField: z.string().min(1).optional(),
  /** Zone set whose zones these divide, and the field that names the parent's code. */
  parent: z.string().optional(),
  parentField: z.string().optional(),
  encoding,
});

const zoneSet = z.discriminatedUnion('kind', [zonePolygons, zoneRaster]);

/** The same year with other measures: what is stated here takes the place of the run's own, all else stays. */
const scenario = z.strictObject({
  /** Part of file names. */
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/)
    .max(40),
  /** What tables call it. */
  name: z.string().min(1).optional(),
  inputs: z
    .strictObject({
      vegetationCover: cover.optional(),
      understoreyCover: share.optional(),
      engineeringMeasures: codes.optional(),
      rotationZones: codes.optional(),
    })
    .prefault({}),
  /** Values laid over the run's own, code by code. */
  parameters: z
    .strictObject({
      biologicalPractice: numberByCode.default({}),
      engineeringPractice: numberByCode.default({}),
      tillagePractice: numberByCode.default({}),
      understoreyCover: z.number().min(0).max(1).optional(),
    })
    .prefault({}),
});

export const runFileSchema = z.strictObject({
  shuibao: z.literal(1),
  name: z.string().min(1),
  year: z.int().min(1900).max(2200),
  region: z.string().default(''),
  model: z.enum(['CSLE', 'RUSLE']).default('CSLE'),
  workspace: path.default('.shuibao'),
  results: path.optional(),
  grid: z
    .strictObject({
      crs: z.string().optional(),
      cellSizeMetres: z.number().positive().max(10_000).optional(),
      extent: z.strictObject({ west: z.number(), south: z.number(), east: z.number(), north: z.number() }).optional(),
      /** Left out: by the size of the grid, see `tileSizeOf`. */
      tileSize: z.int().min(16).max(8192).optional(),
    })
    .prefault({}),
  inputs: z.strictObject({
    elevation,
    landUse,
    rain,
    soil,
    vegetationCover: cover.optional(),
    understoreyCover: share.optional(),
    engineeringMeasures: codes.optional(),
    rotationZones: codes.optional(),
    windErosion: raster.optional(),
    tolerance: raster.optional(),
    coverManagement: raster.optional(),
    supportPractice: raster.optional(),
  }),
  methods: z
    .strictObject({
      rainfallErosivity: z.string().optional(),
      erosivityMode: z.enum(['singleYear', 'multiYearMean']).optional(),
      soilErodibility: z.string().optional(),
      slopeSteepness: z
        .strictObject({
          method: z.string().optional(),
          /** Coefficient of the steep branch of the CSLE, 21.9 or 21.91. */
          steepCoefficient: z.number().positive().optional(),
          maxSlopeDegrees: z.number().positive().max(90).optional(),
        })
        .prefault({}),
      slopeLength: z
        .strictObject({
          method: z.string().optional(),
          /** Where the exponent m comes from, and r of the McCool form. */
          exponent: z.string().optional(),
          rillSusceptibility: z.number().positive().optional(),
          variant: z.enum(['aml', 'ls-tool']).default('aml'),
          cutOffGentle: z.number().min(0).max(1).default(0.7),
          cutOffSteep: z.number().min(0).max(1).default(0.5),
          channelThresholdSquareKilometres: z.number().positive().default(0.1),
          maxSlopeLengthMetres: z.number().positive().optional(),
        })
        .prefault({}),
      biologicalPractice: z.enum(['half-month', 'constants']).default('half-month'),
      coverManagement: z.string().optional(),
      supportPractice: z.string().optional(),
    })
    .prefault({}),
  parameters: z
    .strictObject({
      /** B of land-use codes whose official value is open or replaced. */
      biologicalPractice: numberByCode.default({}),
      coverManagement: numberByCode.default({}),
      supportPractice: numberByCode.default({}),
      engineeringPractice: numberByCode.default({}),
      /** T by code of the rotation zone or tillage measure. */
      tillagePractice: numberByCode.default({}),
      /** Accept T = 1 on all cropland where no rotation zones are given. */
      assumeTillageOne: z.boolean().default(false),
      /** One understorey cover for all forest where no raster is given, fraction. */
      understoreyCover: z.number().min(0).max(1).optional(),
    })
    .prefault({}),
  classes: z
    .strictObject({
      standard: z.literal('SL190-2007').default('SL190-2007'),
      /** Tolerable soil loss, t/(km²·a), where no tolerance raster is given. */
      tolerance: z.number().positive().max(2500).optional(),
      /** Region whose official tolerance holds, such as xibei-huangtu. */
      toleranceRegion: z.string().optional(),
    })
    .prefault({}),
  statistics: z.strictObject({
    zones: z.array(zoneSet).min(1).max(6),
    landAreas: z
      .strictObject({ file: path, rule: z.enum(['scale', 'residual-micro', 'pixels']).default('scale') })
      .optional(),
    targets: path.optional(),
  }),
  scenarios: z.array(scenario).max(16).default([]),
  outputs: z
    .strictObject({
      factors: z.array(z.enum(['R', 'K', 'L', 'S', 'B', 'E', 'T', 'C', 'P', 'slope'])).default([]),
      /** Layers between elevation and L. */
      terrain: z
        .array(z.enum(['filledElevation', 'flowDirection', 'flowAccumulation', 'slopeLength', 'edgeContamination']))
        .default([]),
      /** Compression of the rasters handed over; every GIS of the last ten years reads `deflate`. */
      compression: z.enum(['deflate', 'zstd']).default('deflate'),
      /** Language of tables, figures and summary. */
      language: z.enum(['zh', 'en']).default('zh'),
      tables: z.array(z.enum(['csv', 'xlsx'])).default(['csv', 'xlsx']),
      map: z.boolean().default(true),
      chart: z.boolean().default(true),
    })
    .prefault({}),
});

export type RunFile = z.output<typeof runFileSchema>;
export type RasterInput = z.output<typeof raster>;
export type CodesInput = z.output<typeof codes>;
export type ScenarioInput = z.output<typeof scenario>;
export type TerrainOutput = RunFile['outputs']['terrain'][number];
export type ZoneSetInput = z.output<typeof zoneSet>;
